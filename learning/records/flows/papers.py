"""What an officer does with a list of papers: upload, correct, leave out, choose the account, record, throw away."""

import hashlib
from functools import partial
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.after_commit import queue_after_commit
from learning.duties.queries import people_in, person_called
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.places.models import Province
from learning.records import tasks
from learning.records.choices import REGISTER_TRANSITIONS, RegisterState
from learning.records.models import PaperRegister, PaperRow
from learning.records.papers.columns import LABELS
from learning.records.papers.working import (
    MOST_ATTEMPTS,
    abandoned,
    check,
    forget_file,
    free_to_take,
    give_up,
    with_a_file_left,
)
from learning.records.queries import provinces_recorded_by
from learning.records.rules import recording_reach
from learning.register.reading.files import check_file
from learning.register.reading.sheet import without_controls


def upload_papers(file: UploadedFile, *, province: Province, by: User) -> PaperRegister:
    """Take a list in; its rows are read by a worker. Refused (403, 413, 422)."""
    reach = recording_reach(by)
    if not provinces_recorded_by(reach).filter(pk=province.pk).exists():
        raise Refused(
            _("You may record only for provinces you answer for. Choose one of them."), status=HTTPStatus.FORBIDDEN
        )
    name = PurePath(file.name or "").name
    check_file(name, file)  # type: ignore[arg-type]
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    with transaction.atomic():
        register = PaperRegister(file_name=name[-200:], province=province, asked_by=by, seen_at=free_to_take())
        # The name on the disk says nothing of what is inside.
        register.file.save(f"{digest.hexdigest()[:16]}{PurePath(name).suffix.lower()}", file, save=False)
        register.save()
        log(register, "records.upload_papers", user=by)
        queue_after_commit(tasks.read_papers, register.pk)
    return register


def _own(register: PaperRegister, by: User, *states: str) -> PaperRegister:
    """The list, locked, when it is the person's own and in one of these states. Refused otherwise."""
    recording_reach(by)
    locked = PaperRegister.objects.select_for_update().get(pk=register.pk)
    if locked.asked_by_id != by.pk:
        raise Refused(_("This list is somebody else's."), status=HTTPStatus.FORBIDDEN)
    if locked.state not in states:
        raise Refused(
            _("This list is “%(state)s” by now. Look at its page again.") % {"state": locked.get_state_display()},
            way_on=f"/office/certificates/papers/{locked.pk}/",
            way_on_label=locked.file_name,
        )
    return locked


def _check_anew(register: PaperRegister) -> None:
    """Every row once more: what one says may concern another."""
    rows = list(PaperRow.objects.filter(register=register).order_by("line"))
    check(register, rows)
    PaperRow.objects.bulk_update(rows, ["cells", "problems", "organization"], batch_size=500)


@transaction.atomic
def correct_row(row: PaperRow, *, cells: dict[str, str], by: User) -> PaperRow:
    """Write other words into a row; the whole list is checked again."""
    register = _own(row.register, by, RegisterState.CHECKED)
    row = PaperRow.objects.select_for_update().get(pk=row.pk, register=register)
    row.cells = {**row.cells, **{name: without_controls(said) for name, said in cells.items() if name in LABELS}}
    row.save(update_fields=["cells"])
    _check_anew(register)
    row.refresh_from_db()
    return row


@transaction.atomic
def leave_out(row: PaperRow, *, is_left_out: bool, by: User) -> PaperRow:
    """Leave a row out, or take it in again."""
    register = _own(row.register, by, RegisterState.CHECKED)
    PaperRow.objects.filter(pk=row.pk, register=register).update(is_left_out=is_left_out)
    _check_anew(register)
    row.refresh_from_db()
    return row


@transaction.atomic
def leave_out_all(register: PaperRegister, *, by: User) -> int:
    """Leave out every row that cannot be recorded; gives how many."""
    register = _own(register, by, RegisterState.CHECKED)
    count = PaperRow.objects.filter(register=register, is_left_out=False).exclude(problems=[]).update(is_left_out=True)
    _check_anew(register)
    return count


def account_called(login: str, *, by: User) -> User | None:
    """The account with exactly this phone, e-mail or username, of somebody whom the person meets by name."""
    reach = recording_reach(by)
    person = person_called(login)
    if person is None or reach.is_administrator:
        return person
    return people_in(reach.changing).filter(pk=person.pk).first()


@transaction.atomic
def choose_holder(row: PaperRow, *, holder: User | None, by: User) -> PaperRow:
    """Say whose account a paper belongs to, or that it belongs to none. Never done by a name alone."""
    register = _own(row.register, by, RegisterState.CHECKED)
    reach = recording_reach(by)
    if holder and not reach.is_administrator and not people_in(reach.changing).filter(pk=holder.pk).exists():
        raise Refused(_("You may choose only accounts of people in your area."), status=HTTPStatus.FORBIDDEN)
    PaperRow.objects.filter(pk=row.pk, register=register).update(holder=holder)
    row.holder = holder
    return row


@transaction.atomic
def record_papers(register: PaperRegister, *, by: User) -> PaperRegister:
    """Record every row that is not left out; a worker does it, all or none."""
    register = _own(register, by, RegisterState.CHECKED)
    kept = PaperRow.objects.filter(register=register, is_left_out=False)
    if left := kept.exclude(problems=[]).count():
        raise Refused(
            _("%(count)d rows need a correction first. Correct them, or leave them out.") % {"count": left},
            way_on=f"/office/certificates/papers/{register.pk}/",
            way_on_label=register.file_name,
        )
    count = kept.count()
    if not count:
        raise Refused(_("There is nothing to record: every row is left out."))
    facts: dict[str, Any] = {"total": count, "done": 0, "seen_at": free_to_take(), "attempts": 0, "refusal": ""}
    move(register, RegisterState.RECORDING, transitions=REGISTER_TRANSITIONS, **facts)
    queue_after_commit(tasks.record_papers, register.pk)
    return register


@transaction.atomic
def discard_papers(register: PaperRegister, *, by: User) -> PaperRegister:
    """Throw a list away before it is recorded; its rows and its file are deleted."""
    register = _own(register, by, RegisterState.WAITING, RegisterState.CHECKED)
    move(register, RegisterState.DISCARDED, transitions=REGISTER_TRANSITIONS)
    PaperRow.objects.filter(register=register).delete()
    if register.file:
        transaction.on_commit(partial(register.file.delete, save=False))
    return register


def tend_papers() -> int:
    """Give lists whose worker is gone to another, or end them when several were lost. Gives how many.

    Files that are of no use any more are deleted.
    """
    for register in with_a_file_left():
        forget_file(register)
    found = list(abandoned())
    for register in found:
        if register.attempts >= MOST_ATTEMPTS:
            give_up(register)
        elif register.state == RegisterState.WAITING:
            tasks.read_papers.delay(register.pk)
        else:
            tasks.record_papers.delay(register.pk)
    return len(found)
