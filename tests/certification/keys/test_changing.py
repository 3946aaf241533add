"""The life of a key: added, followed by another, retired, revoked; and everything that is refused on the way."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site

from certification.choices import KeyPurpose, KeyState
from certification.keys.changing import KeyRefused, add_key, retire_key, revoke_key, rotate_key
from certification.models import SigningKey
from tests.certification.keys.given import (
    OVER,
    TO_COME,
    Authority,
    certificate,
    ed25519,
    p256,
    put,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]
WIPA = "นางสาววิภา ใฝ่เรียน"


def badge_file(name: str) -> str:
    return put(Path(site.CERTIFICATE_KEYS_DIR), name, ed25519.Ed25519PrivateKey.generate())


def add_badge(name: str) -> SigningKey:
    return add_key(KeyPurpose.BADGE, badge_file(name), name=WIPA)


def rotate_badge(name: str) -> SigningKey:
    return rotate_key(KeyPurpose.BADGE, badge_file(name), name=WIPA)


def states() -> list[tuple[str, str]]:
    return list(SigningKey.objects.order_by("pk").values_list("location", "state"))


def test_a_key_of_an_authority_is_taken_into_use_with_its_chain(keys_dir: Path) -> None:
    key, authority = p256(), Authority.named("กรมส่งเสริมสหกรณ์")
    added = add_key(
        KeyPurpose.DOCUMENT, put(keys_dir, "wipa.pem", key), name=f" {WIPA} ", chain=authority.chain_for(key)
    )
    added.refresh_from_db()
    assert (added.state, added.name, added.location, added.is_test) == (KeyState.ACTIVE, WIPA, "wipa.pem", False)
    assert len(added.kid) == 43


def test_a_second_active_key_is_refused_and_the_way_is_told() -> None:
    add_badge("1.pem")
    with pytest.raises(KeyRefused, match=r"has an active key already.*certificate_keys rotate"):
        add_badge("2.pem")
    assert states() == [("1.pem", "active")]


def test_rotating_retires_the_old_key_and_takes_the_new_one_into_use_at_once() -> None:
    old = add_badge("1.pem")
    new = rotate_badge("2.pem")
    old.refresh_from_db()
    assert states() == [("1.pem", "retired"), ("2.pem", "active")]
    assert old.retired_at is not None
    assert new.created_at > old.created_at


def test_a_rotation_that_fails_leaves_the_old_key_active() -> None:
    add_badge("1.pem")
    with pytest.raises(KeyRefused, match="known already"):
        rotate_key(KeyPurpose.BADGE, "1.pem", name=WIPA)
    assert states() == [("1.pem", "active")]


def test_a_row_that_the_database_turns_away_leaves_the_old_key_active(monkeypatch: pytest.MonkeyPatch) -> None:
    add_badge("1.pem")
    monkeypatch.setattr("certification.keys.changing.retire_key", lambda key: key)
    with pytest.raises(KeyRefused, match="taken into use at this moment; nothing was changed"):
        rotate_badge("2.pem")
    assert states() == [("1.pem", "active")]


def test_a_new_key_that_cannot_be_kept_takes_the_retirement_of_the_old_one_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(key: SigningKey) -> SigningKey:
        assert states() == [("1.pem", "retired")]
        raise KeyRefused("The database is gone.")

    add_badge("1.pem")
    monkeypatch.setattr("certification.keys.changing._saved", refuse)
    with pytest.raises(KeyRefused, match="database is gone"):
        rotate_badge("2.pem")
    assert states() == [("1.pem", "active")]


def test_there_is_nothing_to_rotate_before_the_first_key() -> None:
    with pytest.raises(KeyRefused, match="no active key to follow"):
        rotate_badge("1.pem")


def test_a_retired_key_can_still_be_revoked_and_a_revoked_one_stays_so() -> None:
    key = add_badge("1.pem")
    retire_key(key)
    revoke_key(key, reason="The file was copied by a stranger.")
    key.refresh_from_db()
    assert (key.state, key.reason) == (KeyState.REVOKED, "The file was copied by a stranger.")
    assert key.revoked_at is not None
    for verb in (lambda: retire_key(key), lambda: revoke_key(key, reason="Again.")):
        with pytest.raises(KeyRefused, match="is revoked and cannot become"):
            verb()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_key_is_not_revoked_without_a_reason(reason: str) -> None:
    key = add_badge("1.pem")
    with pytest.raises(KeyRefused, match="with a reason"):
        revoke_key(key, reason=reason)
    assert states() == [("1.pem", "active")]


def test_the_state_in_the_database_decides_and_not_a_row_read_before() -> None:
    key = add_badge("1.pem")
    before = SigningKey.objects.get()
    revoke_key(key, reason="Stolen.")
    with pytest.raises(KeyRefused, match="is revoked"):
        retire_key(before)


def test_a_key_of_another_curve_is_refused(keys_dir: Path) -> None:
    with pytest.raises(KeyRefused, match=r"badge needs a key of Ed25519; this one is of P-256"):
        add_key(KeyPurpose.BADGE, put(keys_dir, "p.pem", p256()), name=WIPA)
    with pytest.raises(KeyRefused, match=r"offline needs a key of P-256; this one is of Ed25519"):
        add_key(KeyPurpose.OFFLINE, badge_file("e.pem"), name=WIPA)


def test_a_key_has_one_purpose(keys_dir: Path) -> None:
    key, authority = p256(), Authority.named("กรม")
    location = put(keys_dir, "p.pem", key)
    add_key(KeyPurpose.DOCUMENT, location, name=WIPA, chain=authority.chain_for(key))
    with pytest.raises(KeyRefused, match="known already: document, active"):
        add_key(KeyPurpose.OFFLINE, location, name=WIPA)


def test_a_signer_has_a_name() -> None:
    with pytest.raises(KeyRefused, match="needs the name of its signer"):
        add_key(KeyPurpose.BADGE, badge_file("e.pem"), name=" ")


def test_what_is_wrong_with_a_file_is_said_as_it_is(keys_dir: Path) -> None:
    with pytest.raises(KeyRefused, match=r"none\.pem is not there"):
        add_key(KeyPurpose.BADGE, "none.pem", name=WIPA)


def test_only_signatures_in_a_pdf_take_a_chain(keys_dir: Path) -> None:
    key, authority = p256(), Authority.named("กรม")
    location = put(keys_dir, "p.pem", key)
    with pytest.raises(KeyRefused, match=r"document needs the X\.509 certificates"):
        add_key(KeyPurpose.DOCUMENT, location, name=WIPA)
    with pytest.raises(KeyRefused, match="offline takes no certificates"):
        add_key(KeyPurpose.OFFLINE, location, name=WIPA, chain=authority.chain_for(key))


def wrong_chains(key: Any) -> dict[str, str]:
    """Chains that do not do for a key, by the sentence that each is answered with."""
    one, other = Authority.named("หนึ่ง"), Authority.named("สอง")
    leaf_as_ca = p256()
    leaf = certificate("ผู้ลงนามอื่น", leaf_as_ca, "หนึ่ง", one.key, ca=False)
    return {
        "is about another key": one.chain_for(p256()),
        "Put the certificate of this key first": one.root() + one.chain_for(key),
        "“สอง” did not issue": certificate(WIPA, key, "หนึ่ง", one.key) + other.root(),
        "does not end in a root": certificate(WIPA, key, "หนึ่ง", one.key),
        "no certificate of an authority": certificate(WIPA, key, "ผู้ลงนามอื่น", leaf_as_ca) + leaf + one.root(),
        "does not allow signatures": one.chain_for(key, usage={"key_agreement": True}),
        "expired at 2025-01-01": one.chain_for(key, days=OVER),
        "is not valid before 2040-01-01": one.chain_for(key, days=TO_COME),
        "no certificate in PEM": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    }


WRONG = tuple(wrong_chains(p256()))


@pytest.mark.parametrize("sentence", WRONG)
def test_a_chain_that_does_not_do_is_refused(keys_dir: Path, sentence: str) -> None:
    key = p256()
    with pytest.raises(KeyRefused, match=sentence):
        add_key(KeyPurpose.DOCUMENT, put(keys_dir, "p.pem", key), name=WIPA, chain=wrong_chains(key)[sentence])
    assert states() == []


def test_a_certificate_that_issued_itself_does_for_a_small_office(keys_dir: Path) -> None:
    key = p256()
    alone = certificate(WIPA, key, WIPA, key, ca=None)
    assert add_key(KeyPurpose.DOCUMENT, put(keys_dir, "p.pem", key), name=WIPA, chain=alone).pk
