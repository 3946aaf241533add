"""Which key signs, which have signed, and the test authority that comes by itself."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from certification.choices import KeyPurpose
from certification.keys.changing import retire_key, revoke_key
from certification.keys.choosing import active_key, keys_of, trusted_keys
from certification.models import SigningKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]


def test_the_test_authority_makes_the_three_keys_that_a_certificate_needs() -> None:
    made = {purpose: active_key(purpose) for purpose in KeyPurpose}
    curves = {purpose: key and key.public_jwk["crv"] for purpose, key in made.items()}
    assert curves == {
        KeyPurpose.DOCUMENT: "P-256",
        KeyPurpose.APPROVAL: None,
        KeyPurpose.BADGE: "Ed25519",
        KeyPurpose.OFFLINE: "P-256",
    }
    assert all(key.is_test for key in SigningKey.objects.all())


def test_nothing_is_made_where_no_test_authority_is_wanted(settings: Any, keys_dir: Path) -> None:
    settings.CERTIFICATE_TEST_AUTHORITY = False
    assert [active_key(purpose) for purpose in KeyPurpose] == [None] * 4
    assert list(keys_dir.iterdir()) == []


def test_a_key_that_is_there_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = active_key(KeyPurpose.BADGE)
    with django_assert_num_queries(1):
        assert active_key(KeyPurpose.BADGE) == first


def test_an_emptied_database_finds_the_same_keys_in_the_files() -> None:
    before = active_key(KeyPurpose.DOCUMENT)
    assert before is not None
    SigningKey.objects.all().delete()
    after = active_key(KeyPurpose.DOCUMENT)
    assert after is not None
    assert (after.kid, after.chain) == (before.kid, before.chain)


def test_a_key_that_was_retired_by_a_person_is_not_made_anew() -> None:
    key = active_key(KeyPurpose.BADGE)
    assert key is not None
    retire_key(key)
    assert active_key(KeyPurpose.BADGE) is None


def test_a_test_key_never_follows_a_key_of_people() -> None:
    from tests.certification.keys.test_changing import add_badge

    retire_key(add_badge("own.pem"))
    assert active_key(KeyPurpose.BADGE) is None


def test_a_second_machine_without_the_files_leaves_the_row_of_the_first(settings: Any, tmp_path: Path) -> None:
    from certification.keys import authority

    first = active_key(KeyPurpose.OFFLINE)
    settings.CERTIFICATE_KEYS_DIR = tmp_path / "other"
    authority.take_in(KeyPurpose.OFFLINE)
    assert list(keys_of(KeyPurpose.OFFLINE)) == [first]


def test_the_active_key_comes_first_and_a_revoked_one_is_not_trusted() -> None:
    from tests.certification.keys.test_changing import add_badge, rotate_badge

    oldest, middle, newest = add_badge("1.pem"), rotate_badge("2.pem"), rotate_badge("3.pem")
    revoke_key(oldest, reason="The laptop was stolen.")
    assert list(keys_of(KeyPurpose.BADGE)) == [newest, middle, oldest]
    assert list(trusted_keys(KeyPurpose.BADGE)) == [newest, middle]
