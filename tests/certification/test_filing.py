"""A certificate's file is made after commit, stored once, and asked for again until it is there."""

import hashlib
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings

from certification.filing import store_file
from certification.models import Certificate
from certification.queries import waiting_for_a_file
from certification.rendering.engine import RenderingUnavailable
from certification.rendering.sheet import UnprintableText
from certification.tasks import render_certificate, sweep_unrendered
from tests.certification.conftest import Issue

pytestmark = pytest.mark.django_db
FIELDS = ("file", "sha256", "byte_count", "rendered_at")


def filed(certificate: Certificate) -> dict[str, Any]:
    return Certificate.objects.values(*FIELDS).get(pk=certificate.pk)


def test_the_file_follows_after_commit(issue: Issue, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        certificate = issue()
        assert filed(certificate) == {"file": "", "sha256": "", "byte_count": 0, "rendered_at": None}
    certificate.refresh_from_db()
    with certificate.file.open("rb") as opened:
        content = opened.read()
    assert content.startswith(b"%PDF-")
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (certificate.sha256, certificate.byte_count)
    assert certificate.has_file


def test_the_file_lies_apart_from_the_pictures_of_the_site(issue: Issue) -> None:
    certificate = issue()
    store_file(certificate.pk, b"%PDF-one")
    certificate.refresh_from_db()
    assert not Path(certificate.file.path).is_relative_to(settings.MEDIA_ROOT)


def test_bytes_are_stored_once(issue: Issue) -> None:
    certificate = issue()
    assert store_file(certificate.pk, b"%PDF-one") is True
    before = filed(certificate)
    assert store_file(certificate.pk, b"%PDF-two") is False
    assert filed(certificate) == before
    assert before["sha256"] == hashlib.sha256(b"%PDF-one").hexdigest()


def test_a_second_print_changes_nothing(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = issue()
    monkeypatch.setattr("certification.tasks.render_pdf", lambda facts: b"%PDF-one")
    render_certificate(certificate.pk)
    before = filed(certificate)
    monkeypatch.setattr("certification.tasks.render_pdf", lambda facts: b"%PDF-two")
    render_certificate(certificate.pk)
    sweep_unrendered()
    assert filed(certificate) == before


@pytest.mark.parametrize("error", [RenderingUnavailable("Pango is missing."), UnprintableText("'\U0001f33e'")])
def test_what_cannot_be_printed_waits_and_is_said_in_the_log(
    issue: Issue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fail(facts: object) -> bytes:
        raise error

    certificate = issue()
    monkeypatch.setattr("certification.tasks.render_pdf", fail)
    with caplog.at_level(logging.ERROR, logger="certification.tasks"):
        render_certificate(certificate.pk)
    assert caplog.messages == [f"Certificate {certificate.number} waits for its file: {error}"]
    assert filed(certificate) == {"file": "", "sha256": "", "byte_count": 0, "rendered_at": None}


def test_the_sweep_prints_what_was_left_behind_and_not_what_was_issued_just_now(
    issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certification.tasks.render_pdf", lambda facts: facts.code.encode())
    with time_machine.travel("2026-11-23T09:00:00+07:00", tick=False) as clock:
        left, filed_already = issue(), issue()
        store_file(filed_already.pk, b"%PDF-one")
        clock.shift(timedelta(seconds=61))
        fresh = issue()
        assert list(waiting_for_a_file()) == [left]
        sweep_unrendered()
        assert [filed(one)["byte_count"] for one in (left, filed_already, fresh)] == [12, 8, 0]
        clock.shift(timedelta(seconds=61))
        sweep_unrendered()
    assert filed(fresh)["byte_count"] == 12
    assert list(waiting_for_a_file()) == []
