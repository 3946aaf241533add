"""The page, its keys and its worker: the same for everybody, and cheap."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from certification.choices import CertificateState, KeyPurpose, KeyState
from certification.keys.choosing import active_key
from certification.models import Certificate, SigningKey
from tests.certification.conftest import Issue
from tests.certification.offline.texts import key_of

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_the_page_names_nobody_and_is_not_indexed(client: Client, django_user_model: Any) -> None:
    before = client.get("/v/offline/").content.decode()
    client.force_login(django_user_model.objects.create_user("malee", first_name="มาลี", last_name="ใจดี"))
    response = client.get("/v/offline/")
    after = response.content.decode()
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert TOKEN.sub("", after) == TOKEN.sub("", before)
    assert "มาลี" not in after


def test_its_address_is_not_taken_for_a_code(client: Client) -> None:
    assert reverse("certification:offline") == "/v/offline/"
    assert client.get("/v/offline/").templates[0].name == "certification/offline.html"


def test_the_worker_stands_in_front_of_this_page_alone(client: Client) -> None:
    response = client.get("/v/offline/sw.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Service-Worker-Allowed" not in response
    assert "no-store" in response["Cache-Control"]
    assert "cms/keeping/worker" in response.content.decode()


def test_a_device_can_keep_this_page_and_no_other_as_an_icon(client: Client) -> None:
    response = client.get("/v/offline/app.webmanifest")
    said = response.json()
    assert response["Content-Type"] == "application/manifest+json"
    assert (said["id"], said["start_url"], said["scope"], said["display"]) == (*["/v/offline/"] * 3, "standalone")
    assert len(said["short_name"]) <= 20
    assert [(icon["sizes"], icon["purpose"]) for icon in said["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for icon in said["icons"]:
        found = finders.find(icon["src"].removeprefix(settings.STATIC_URL))
        assert found is not None
        with Image.open(found) as picture:
            assert (icon["type"], icon["sizes"]) == ("image/png", "x".join(map(str, picture.size)))
    assert '<link rel="manifest" href="/v/offline/app.webmanifest">' in client.get("/v/offline/").content.decode()
    assert 'rel="manifest"' not in client.get("/v/").content.decode()


def test_keys_of_every_state_go_along_and_no_private_word(client: Client) -> None:
    ours = active_key(KeyPurpose.OFFLINE)
    assert ours is not None
    retired, revoked = key_of("before", KeyState.RETIRED), key_of("stolen", KeyState.REVOKED)
    revoked.revoked_at = NOW
    SigningKey.objects.bulk_create([retired, revoked])
    active_key(KeyPurpose.BADGE)
    with time_machine.travel(NOW, tick=False):
        response = client.get("/v/offline/keys.json")
    said = response.json()
    assert (said["made_at"], said["ended"]) == ("2026-11-23T02:00:00+00:00", {})
    assert {(key["kid"], key["state"], key["is_test"], key["revoked_at"]) for key in said["keys"]} == {
        (ours.kid, "active", True, None),
        (retired.kid, "retired", False, None),
        (revoked.kid, "revoked", False, "2026-11-23T02:00:00+00:00"),
    }
    assert {name for key in said["keys"] for name in key} == {
        *("kty", "crv", "x", "y", "kid", "mark", "name", "state", "revoked_at", "is_test"),
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_keys_take_two_queries_however_many_have_ended(
    client: Client, issue: Issue, count: int, django_assert_num_queries: Any
) -> None:
    active_key(KeyPurpose.OFFLINE)
    for _certificate in range(count):
        issue()
    Certificate.objects.update(state=CertificateState.REVOKED, ended_at=timezone.now(), reason="ทดสอบ")
    with django_assert_num_queries(2):
        said = client.get("/v/offline/keys.json").json()
    places = [place for places in said["ended"].values() for place in places]
    assert (len(places), places) == (count, sorted(places))


@pytest.mark.parametrize(
    "address", ["/v/offline/", "/v/offline/keys.json", "/v/offline/sw.js", "/v/offline/app.webmanifest"]
)
def test_nothing_is_written_here(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
