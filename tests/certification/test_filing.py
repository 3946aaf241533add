"""A certificate's file is made after commit, stored once, and asked for again until it is there."""

import hashlib
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import storages
from django.utils import timezone

from certification.choices import KeyPurpose, KeyState
from certification.filing import store_file
from certification.flows import revoke
from certification.keys import KeyUnavailable
from certification.keys.choosing import active_key
from certification.making import Made, make_file
from certification.models import Certificate, SigningKey
from certification.queries import waiting_for_a_file
from certification.rendering.engine import RenderingUnavailable
from certification.rendering.sheet import UnprintableText
from certification.signing import TimestampUnavailable
from certification.tasks import SWEEP_AT_MOST, render_certificate, sweep_unrendered
from learning.people.models import User
from tests.certification.conftest import Issue

pytestmark = pytest.mark.django_db
FIELDS = ("file", "sha256", "byte_count", "rendered_at", "credential", "document_key", "badge_key")
NOTHING = dict(zip(FIELDS, ("", "", 0, None, "", None, None), strict=True))
Fail = Callable[[Exception], None]


def filed(certificate: Certificate) -> dict[str, Any]:
    return Certificate.objects.values(*FIELDS).get(pk=certificate.pk)


def kept_files(certificate: Certificate) -> list[str]:
    """What lies in the folder of this certificate, by the names that begin with its code."""
    folder = Path(storages["certificates"].path(f"{certificate.issued_on:%Y/%m}"))
    return sorted(path.name for path in folder.glob(f"{certificate.code}*")) if folder.exists() else []


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Fail:
    def failing(error: Exception) -> None:
        def fail(certificate: Certificate) -> Made:
            raise error

        monkeypatch.setattr("certification.tasks.make_file", fail)

    return failing


def test_the_file_follows_after_commit(issue: Issue, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        certificate = issue()
        assert filed(certificate) == NOTHING
    certificate.refresh_from_db()
    with certificate.file.open("rb") as opened:
        content = opened.read()
    assert content.startswith(b"%PDF-")
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (certificate.sha256, certificate.byte_count)
    assert certificate.has_file
    assert certificate.document_key == active_key(KeyPurpose.DOCUMENT)
    assert certificate.badge_key == active_key(KeyPurpose.BADGE)
    assert certificate.credential.count(".") == 2
    assert certificate.credential_json.startswith("{")


def test_the_file_lies_apart_from_the_pictures_of_the_site(issue: Issue) -> None:
    certificate = issue()
    store_file(certificate.pk, Made(b"%PDF-one"))
    certificate.refresh_from_db()
    assert not Path(certificate.file.path).is_relative_to(settings.MEDIA_ROOT)


def test_bytes_are_stored_once_and_the_second_leaves_no_file_behind(issue: Issue) -> None:
    certificate = issue()
    assert store_file(certificate.pk, Made(b"%PDF-one", credential="one")) is True
    before = filed(certificate)
    assert store_file(certificate.pk, Made(b"%PDF-two", credential="two")) is False
    assert filed(certificate) == before
    assert before["sha256"] == hashlib.sha256(b"%PDF-one").hexdigest()
    assert kept_files(certificate) == [Path(before["file"]).name]


def test_two_workers_at_the_same_one_keep_what_the_first_brings(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, storage = issue(), storages["certificates"]
    save = storage.save

    def overtaken(name: str, content: Any, max_length: int | None = None) -> str:
        monkeypatch.setattr(storage, "save", save)
        assert store_file(certificate.pk, Made(b"%PDF-first")) is True
        return save(name, content)

    monkeypatch.setattr(storage, "save", overtaken)
    assert store_file(certificate.pk, Made(b"%PDF-second")) is False
    certificate.refresh_from_db()
    with certificate.file.open("rb") as opened:
        assert opened.read() == b"%PDF-first"
    assert kept_files(certificate) == [Path(certificate.file.name).name]


def test_a_file_that_a_killed_worker_left_is_taken_away_by_the_next(
    issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    certificate, storage = issue(), storages["certificates"]
    save, delete = storage.save, storage.delete

    def killed(name: str, content: Any, max_length: int | None = None) -> str:
        save(name, content)
        raise Killed

    monkeypatch.setattr(storage, "save", killed)
    monkeypatch.setattr(storage, "delete", lambda name: None)
    with pytest.raises(Killed):
        store_file(certificate.pk, Made(b"%PDF-left"))
    monkeypatch.setattr(storage, "save", save)
    monkeypatch.setattr(storage, "delete", delete)
    left = kept_files(certificate)
    assert len(left) == 1
    assert list(waiting_for_a_file()) == [certificate]
    assert store_file(certificate.pk, Made(b"%PDF-again")) is True
    assert len(kept_files(certificate)) == 1
    assert kept_files(certificate) != left


def test_a_storage_that_is_away_leaves_nothing(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, storage = issue(), storages["certificates"]

    def away(name: str, content: Any, max_length: int | None = None) -> str:
        raise OSError("The bucket does not answer.")

    monkeypatch.setattr(storage, "save", away)
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(b"%PDF"))
    render_certificate(certificate.pk)
    certificate.refresh_from_db()
    assert (certificate.has_file, certificate.trouble) == (False, "OSError: The bucket does not answer.")
    assert kept_files(certificate) == []


def test_a_second_print_changes_nothing(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = issue()
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(b"%PDF-one"))
    render_certificate(certificate.pk)
    before = filed(certificate)
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(b"%PDF-two"))
    render_certificate(certificate.pk)
    sweep_unrendered()
    assert filed(certificate) == before


TROUBLES = [
    RenderingUnavailable("Pango is missing."),
    KeyUnavailable("No key is active."),
    TimestampUnavailable("No time stamp came."),
    UnprintableText("'\U0001f33e'"),
]


@pytest.mark.parametrize("error", TROUBLES)
def test_what_cannot_be_made_waits_and_is_said_in_the_log_once(
    issue: Issue, failing: Fail, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    certificate = issue()
    failing(error)
    with caplog.at_level(logging.ERROR, logger="certification.tasks"):
        render_certificate(certificate.pk)
        render_certificate(certificate.pk)
    assert caplog.messages == [f"Certificate {certificate.number} waits for its file: {error}"]
    certificate.refresh_from_db()
    assert certificate.trouble == f"{type(error).__name__}: {error}"
    assert filed(certificate) == NOTHING


def test_what_is_wrong_with_the_site_is_said_once_for_all(
    issue: Issue, failing: Fail, caplog: pytest.LogCaptureFixture
) -> None:
    certificates = [issue() for _number in range(3)]
    failing(KeyUnavailable("No key is active."))
    with caplog.at_level(logging.ERROR, logger="certification.tasks"):
        for certificate in certificates:
            render_certificate(certificate.pk)
    assert len(caplog.messages) == 1
    assert set(Certificate.objects.values_list("trouble", flat=True)) == {"KeyUnavailable: No key is active."}


def test_when_what_was_missing_is_there_again_the_trouble_is_over(issue: Issue, failing: Fail) -> None:
    certificate = issue()
    failing(KeyUnavailable("No key is active."))
    render_certificate(certificate.pk)
    assert store_file(certificate.pk, Made(b"%PDF")) is True
    certificate.refresh_from_db()
    assert certificate.trouble == ""


@pytest.mark.parametrize(
    "facts", [{"holder_name": ""}, {"course_title": "การบัญชี \U0001f33e"}, {"holder_name": "มาลี \U0001f600"}]
)
def test_a_name_or_title_that_cannot_be_printed_stops_no_completion(
    issue: Issue, facts: dict[str, str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        odd, other = issue(**facts), issue()
    odd.refresh_from_db()
    other.refresh_from_db()
    assert (odd.has_file, bool(odd.trouble)) == (False, True)
    assert (other.has_file, other.running_number) == (True, 2)


def test_a_title_that_is_too_long_stops_no_completion(issue: Issue) -> None:
    certificate = issue(course_title="ก" * 400, holder_role="ข" * 400, holder_name="ค" * 400)
    assert [len(text) for text in (certificate.course_title, certificate.holder_role, certificate.holder_name)] == [
        255,
        300,
        250,
    ]


def test_who_was_revoked_before_the_file_came_gets_none(issue: Issue, malee: User) -> None:
    certificate = issue()
    revoke(certificate, reason="ออกผิดคน", by=malee)
    render_certificate(certificate.pk)
    assert filed(certificate) == NOTHING
    assert list(waiting_for_a_file()) == []


def test_the_sweep_prints_what_was_left_behind_and_not_what_was_issued_just_now(
    issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(certificate.code.encode()))
    with time_machine.travel("2026-11-23T09:00:00+07:00", tick=False) as clock:
        left, filed_already = issue(), issue()
        store_file(filed_already.pk, Made(b"%PDF-one"))
        clock.shift(timedelta(seconds=61))
        fresh = issue()
        assert list(waiting_for_a_file()) == [left, fresh]
        sweep_unrendered()
        assert [filed(one)["byte_count"] for one in (left, filed_already, fresh)] == [12, 8, 0]
        clock.shift(timedelta(seconds=61))
        sweep_unrendered()
    assert filed(fresh)["byte_count"] == 12
    assert list(waiting_for_a_file()) == []


def test_hundreds_that_cannot_be_printed_hold_up_nobody(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as a sweep takes fail; in the next sweeps the others come first."""

    def make(certificate: Certificate) -> Made:
        if certificate.running_number <= SWEEP_AT_MOST:
            raise UnprintableText("'\U0001f33e'")
        return Made(b"%PDF")

    monkeypatch.setattr("certification.tasks.make_file", make)
    with time_machine.travel("2026-11-23T09:00:00+07:00", tick=False) as clock:
        certificates = [issue() for _number in range(SWEEP_AT_MOST + 5)]
        for _minute in range(10):
            clock.shift(timedelta(seconds=61))
            sweep_unrendered()
    assert all(filed(one)["byte_count"] for one in certificates[SWEEP_AT_MOST:])
    counts = set(Certificate.objects.exclude(trouble="").values_list("try_count", flat=True))
    assert counts == {3}  # after 1, 3 and 7 minutes; then after 15, 31 …


def test_the_same_row_is_made_into_the_same_sheet_with_its_credential(issue: Issue) -> None:
    certificate = issue()
    first, second = make_file(certificate), make_file(certificate)
    assert first.credential == second.credential
    start = first.content[:20_000]
    assert second.content.startswith(start)


@pytest.mark.parametrize("state", [KeyState.RETIRED, KeyState.REVOKED])
def test_what_was_signed_while_its_key_went_out_of_use_is_not_kept(
    issue: Issue, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    certificate = issue()

    def make(certificate: Certificate) -> Made:
        key = active_key(KeyPurpose.DOCUMENT)
        assert key is not None
        SigningKey.objects.filter(pk=key.pk).update(state=state, revoked_at=timezone.now(), retired_at=timezone.now())
        return Made(b"%PDF-one", document_key=key)

    monkeypatch.setattr("certification.tasks.make_file", make)
    render_certificate(certificate.pk)
    kept = Certificate.objects.get(pk=certificate.pk)
    assert (kept.has_file, kept.sha256, kept_files(kept)) == (False, "", [])
    assert kept.trouble.startswith("KeyUnavailable: ")
