"""/status/1 for every program of the world: the kept bytes, fresh, and never one that is out of date."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from certification.choices import KeyPurpose
from certification.flows import revoke
from certification.keys.changing import revoke_key, rotate_key
from certification.keys.choosing import active_key
from certification.models import StatusList
from certification.status import read_list
from learning.people.models import User
from tests.certification.conftest import Issue
from tests.certification.keys.given import ed25519, keys_dir, put

__all__ = ["keys_dir"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]


def test_the_kept_bytes_are_served_to_every_site(issue: Issue, client: Client) -> None:
    issue()
    response = client.get("/status/1")
    assert response.content.decode() == StatusList.objects.get().credential
    assert (response.status_code, response["Content-Type"]) == (200, "application/vc+jwt")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert response.cookies == {}


def test_who_has_it_already_is_told_so_until_it_changes(issue: Issue, malee: User, client: Client) -> None:
    certificate = issue()
    etag = client.get("/status/1")["ETag"]
    for held in (etag, f"W/{etag}", f'"other", {etag}'):
        same = client.get("/status/1", headers={"If-None-Match": held})
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    revoke(certificate, reason="ออกให้ผิดคน", by=malee)
    assert client.get("/status/1", headers={"If-None-Match": etag}).status_code == 200


def test_a_preflight_is_answered_and_nothing_is_written(issue: Issue, client: Client) -> None:
    issue()
    asked = client.options("/status/1")
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.head("/status/1").status_code == 200
    assert client.post("/status/1").status_code == 405


def test_a_list_that_is_not_there_is_not_found(client: Client) -> None:
    for number in (0, 2, 10**15):
        response = client.get(f"/status/{number}")
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (404, "*")
    assert client.get(f"/status/{'9' * 40}").status_code == 404


def test_a_list_out_of_date_is_signed_by_whoever_asks(issue: Issue, client: Client) -> None:
    issue()
    kept = StatusList.objects.get().credential
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert client.get("/status/1").content.decode() == kept
    for later in (timedelta(days=6, hours=23, minutes=57), timedelta(days=90)):
        with time_machine.travel(timezone.now() + later):
            served = client.get("/status/1").content.decode()
            assert served != kept
            assert read_list(served, now=timezone.now() + timedelta(minutes=5)).is_good


def test_a_list_of_a_revoked_key_is_signed_by_the_next(issue: Issue, client: Client, keys_dir: Any) -> None:
    issue()
    old = active_key(KeyPurpose.BADGE)
    assert old is not None
    rotate_key(old.purpose, put(keys_dir, "next.pem", ed25519.Ed25519PrivateKey.generate()), name="สหกรณ์อะคาเดมี")
    revoke_key(old, reason="แฟ้มกุญแจหลุด")
    assert read_list(client.get("/status/1").content.decode(), now=timezone.now()).is_good


def test_without_a_key_nothing_out_of_date_is_handed_out(
    issue: Issue, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue()
    monkeypatch.setattr("certification.status.signing.active_key", lambda _purpose: None)
    assert client.get("/status/1").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        response = client.get("/status/1")
    assert (response.status_code, response.content, response["Retry-After"]) == (503, b"", "300")
    assert response["Cache-Control"] == "no-store"


def test_a_list_in_force_costs_one_query(issue: Issue, client: Client, django_assert_num_queries: Any) -> None:
    issue()
    with django_assert_num_queries(3):  # the savepoint around it, in a test
        client.get("/status/1")
