"""The list of keys in the admin: to be read, by those who look after the site, and never the place of a private key."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from certification.choices import KeyPurpose
from certification.keys.choosing import active_key
from certification.models import SigningKey
from learning.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir", "academy")]
ADDRESS = "/admin/signing-keys/"
QUERIES = 7


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("krit"))
    return client


def test_a_key_is_shown_with_its_signer_and_without_its_place(office: Client) -> None:
    key = active_key(KeyPurpose.DOCUMENT)
    assert key
    page = office.get(ADDRESS).content.decode()
    for words in (key.name, key.kid, key.get_purpose_display(), gettext("For trying out only"), "2592"):
        assert words in page
    assert key.location not in page


def test_the_reason_of_a_revoked_key_is_shown(office: Client) -> None:
    from certification.keys.changing import revoke_key

    key = active_key(KeyPurpose.BADGE)
    assert key
    revoke_key(key, reason="แฟ้มกุญแจถูกคัดลอกไป")
    assert "แฟ้มกุญแจถูกคัดลอกไป" in office.get(ADDRESS).content.decode()


def test_nothing_can_be_changed_here(office: Client) -> None:
    assert office.post(ADDRESS, {"name": "x"}).status_code == 405
    assert "/admin/signing-keys/add" not in office.get(ADDRESS).content.decode()


def test_only_who_may_see_keys_sees_them(client: Client) -> None:
    wipa = User.objects.create_user("wipa")
    wipa.user_permissions.add(Permission.objects.get(codename="access_admin"))
    active_key(KeyPurpose.BADGE)
    client.force_login(wipa)
    assert client.get(ADDRESS).status_code == 302
    assert ADDRESS not in client.get("/admin/").content.decode()
    wipa.user_permissions.add(Permission.objects.get(codename="view_signingkey"))
    client.force_login(User.objects.get(pk=wipa.pk))
    assert client.get(ADDRESS).status_code == 200
    assert ADDRESS in client.get("/admin/").content.decode()


def test_thirty_keys_cost_as_many_queries_as_one(
    office: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def keep(count: int) -> None:
        SigningKey.objects.bulk_create(
            SigningKey(kid=f"{number:043d}", purpose="badge", state="retired", name="ก", location="x", public_jwk={})
            for number in range(SigningKey.objects.count(), count)
        )

    office.get(ADDRESS)  # what Wagtail keeps in the cache is there from now on
    for count in (1, 30):
        keep(count)
        with django_assert_num_queries(QUERIES):
            office.get(ADDRESS)
