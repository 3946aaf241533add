"""A worker at a list of papers dies in the midst: nothing is half done, nothing is left lying about."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from certification.models import Certificate
from learning.records import tasks
from learning.records.choices import RegisterState
from learning.records.flows import papers as flows
from learning.records.models import PaperRegister, PaperRow
from learning.records.papers import working
from tests.records.office.test_papers import GOOD, upload, workbook

TWO = (GOOD, {**GOOD, "number": "ชน.๒/๒๕๖๐", "holder_name": "นายสมาน ทองดี"})


class Killed(BaseException):
    """Nothing below may catch it, as nothing catches SIGKILL."""


@pytest.fixture
def given_on(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the sweep hands to another worker; done at once."""
    given: list[int] = []

    def work(register_id: int) -> None:
        given.append(register_id)
        working.record_papers(register_id)

    monkeypatch.setattr(tasks.record_papers, "delay", work)
    return given


def test_a_worker_that_dies_while_recording_leaves_nothing_and_the_next_records_once(
    somchai: Client, monkeypatch: pytest.MonkeyPatch, given_on: list[int]
) -> None:
    register = upload(somchai, workbook(*TWO))
    PaperRegister.objects.filter(pk=register.pk).update(
        state=RegisterState.RECORDING, seen_at=working.free_to_take(), attempts=0
    )
    record_certificates = working.record_certificates

    def die(*given: Any, **more: Any) -> None:
        record_certificates(*given, **more)
        assert Certificate.objects.count() == 2
        raise Killed

    monkeypatch.setattr(working, "record_certificates", die)
    with pytest.raises(Killed):
        working.record_papers(register.pk)
    register.refresh_from_db()
    assert (register.state, Certificate.objects.count()) == (RegisterState.RECORDING, 0)
    monkeypatch.setattr(working, "record_certificates", record_certificates)
    flows.tend_papers()
    assert given_on == []  # who was seen a moment ago is not taken for lost
    PaperRegister.objects.filter(pk=register.pk).update(seen_at=timezone.now() - timedelta(minutes=4))
    flows.tend_papers()
    register.refresh_from_db()
    assert (given_on, register.state, register.attempts) == ([register.pk], RegisterState.RECORDED, 2)
    assert Certificate.objects.count() == PaperRow.objects.exclude(certificate=None).count() == 2


def test_the_file_of_a_list_goes_also_when_its_worker_died_before(
    somchai: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names and numbers of people stand in it; its rows are in the database by then."""

    def die(*_given: Any, **_more: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("django.db.models.fields.files.FieldFile.delete", die)
        with pytest.raises(Killed):
            upload(somchai, workbook(GOOD))
    register = PaperRegister.objects.get()
    path = Path(register.file.path)
    assert (register.state, path.exists()) == (RegisterState.CHECKED, True)
    flows.tend_papers()
    register.refresh_from_db()
    assert (register.file.name, path.exists()) == ("", False)


def test_the_file_of_a_refused_list_is_not_kept(somchai: Client) -> None:
    register = upload(somchai, workbook(GOOD, headings=["อะไร", "ก็ไม่รู้"]))
    path = Path(register.file.path)
    assert register.state == RegisterState.REFUSED
    flows.tend_papers()
    register.refresh_from_db()
    assert (register.file.name, path.exists()) == ("", False)


def test_a_list_that_waits_keeps_its_file(somchai: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(working, "read_papers", lambda _number: False)
        register = upload(somchai, workbook(GOOD))
    PaperRegister.objects.filter(pk=register.pk).update(seen_at=timezone.now())
    flows.tend_papers()
    register.refresh_from_db()
    assert (register.state, Path(register.file.path).exists()) == (RegisterState.WAITING, True)
