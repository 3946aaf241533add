"""What an officer does with a file: upload, correct, decide, save, undo, discard."""

import hashlib
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.duties.queries import areas_of
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.places.areas import Area
from learning.register import tasks
from learning.register.applying import rows_to_save
from learning.register.checking import forget_file
from learning.register.choices import TRANSITIONS, Decision, ImportState, Mode, RowAction
from learning.register.lifelines import MOST_ATTEMPTS, free_to_take
from learning.register.matching.register import Register
from learning.register.models import Import, ImportRow
from learning.register.queries import abandoned_imports, open_rows, with_files_left
from learning.register.reading.files import check_file
from learning.register.reading.headings import HEADINGS, TableKind
from learning.register.reading.sheet import without_controls
from learning.register.rechecking import recheck

TASKS: dict[str, Callable[..., Any]] = {
    ImportState.WAITING: tasks.check_import,
    ImportState.APPLYING: tasks.apply_import,
    ImportState.UNDOING: tasks.undo_import,
}


def kept_area(user: User) -> Area:
    """The area whose register a person keeps today. Refused (403) for who keeps none."""
    area = areas_of(user).register
    if not area:
        raise Refused(
            _("You keep no register today, so nothing was changed. Your rows are kept. Ask the head of your office."),
            status=HTTPStatus.FORBIDDEN,
        )
    return area


def upload_import(kind: str, *, file: UploadedFile, by: User) -> Import:
    """Take a file in; its rows are read by a worker. Refused (413, 422) for what is no table."""
    kept_area(by)
    name = PurePath(file.name or "").name
    check_file(name, file)  # type: ignore[arg-type]
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    with transaction.atomic():
        batch = Import(
            kind=kind, file_name=name[-200:], sha256=digest.hexdigest(), created_by=by, seen_at=free_to_take()
        )
        # The name on the disk says nothing of what is inside.
        batch.file.save(f"{digest.hexdigest()[:16]}{PurePath(name).suffix.lower()}", file, save=False)
        batch.save()
        _hand_over(batch)
    return batch


def _hand_over(batch: Import) -> None:
    transaction.on_commit(partial(TASKS[batch.state].delay, batch.pk))  # type: ignore[attr-defined]


def _own(batch: Import, by: User, *states: str) -> Import:
    """The import, locked, when it is the person's own and in one of these states. Refused otherwise."""
    locked = Import.objects.select_for_update().get(pk=batch.pk)
    if locked.created_by_id != by.pk:
        raise Refused(_("This import is somebody else's."), status=HTTPStatus.FORBIDDEN)
    if locked.state not in states:
        raise Refused(
            _("This import is “%(state)s” by now. Look at the page of the import again.")
            % {"state": locked.get_state_display()}
        )
    return locked


@transaction.atomic
def apply_import(batch: Import, *, mode: str, by: User) -> Import:
    """Save it: all rows or none, or every row that is right. A worker does it."""
    kept_area(by)
    batch = _own(batch, by, ImportState.CHECKED)
    if mode == Mode.WHOLE_FILE and (left := open_rows(batch).count()):
        raise Refused(
            _("%(count)d rows need a correction or a decision first. Or choose to leave them out.") % {"count": left}
        )
    count = rows_to_save(batch.pk).count()
    if not count:
        raise Refused(_("There is nothing to save: every row that is right stands in the register already."))
    facts: dict[str, Any] = {
        "mode": mode,
        "total_count": count,
        "done_count": 0,
        "seen_at": free_to_take(),
        "attempts": 0,
        "refusal": "",
    }
    move(batch, ImportState.APPLYING, transitions=TRANSITIONS, **facts)
    _hand_over(batch)
    return batch


@transaction.atomic
def undo_import(batch: Import, *, by: User) -> Import:
    """Take a whole import back, as far as the register still holds what it wrote. A worker does it."""
    kept_area(by)
    batch = _own(batch, by, ImportState.APPLIED)
    count = ImportRow.objects.filter(batch=batch, is_applied=True).count()
    facts: dict[str, Any] = {"total_count": count, "done_count": 0, "seen_at": free_to_take(), "attempts": 0}
    move(batch, ImportState.UNDOING, transitions=TRANSITIONS, **facts, undone_by=by, refusal="")
    _hand_over(batch)
    return batch


@transaction.atomic
def discard_import(batch: Import, *, by: User) -> Import:
    """Throw an import away before it is saved; its rows and its file are deleted."""
    batch = _own(batch, by, ImportState.WAITING, ImportState.CHECKED)
    move(batch, ImportState.DISCARDED, transitions=TRANSITIONS)
    ImportRow.objects.filter(batch=batch).delete()
    transaction.on_commit(partial(forget_file, batch.pk))
    return batch


def _open_row(row: ImportRow, by: User) -> tuple[ImportRow, Register]:
    area = kept_area(by)
    batch = _own(row.batch, by, ImportState.CHECKED)
    row = ImportRow.objects.select_for_update().get(pk=row.pk, batch=batch)
    row.batch = batch
    return row, Register(area, kind=batch.kind, today=timezone.localdate())


@transaction.atomic
def correct_row(row: ImportRow, *, cells: dict[str, str], by: User) -> ImportRow:
    """Write other words into a row and check it again, with the rows below that it concerns."""
    row, register = _open_row(row, by)
    fields = {heading.field for heading in HEADINGS[TableKind(row.batch.kind)]}
    row.cells = {**row.cells, **{name: without_controls(text) for name, text in cells.items() if name in fields}}
    row.alike, row.decision, row.decided_id = [], "", None
    recheck(row, register)
    return row


@transaction.atomic
def decide_row(row: ImportRow, *, decision: str, decided_id: int | None = None, by: User) -> ImportRow:
    """Say whether somebody is the same one, a different one, or that the row is left out; or take that back."""
    row, register = _open_row(row, by)
    if decision == Decision.SAME_ONE and decided_id not in {one["id"] for one in row.alike}:
        raise Refused(_("Choose who is the same one."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if decision == Decision.NEW_ONE and not row.alike:
        raise Refused(_("This row needs a correction, not a decision."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    row.decision, row.decided_id = decision, decided_id if decision == Decision.SAME_ONE else None
    if decision == Decision.LEAVE_OUT and row.action in (RowAction.PROBLEM, RowAction.ASK):
        row.save(update_fields=["decision", "decided_id"])
        return row
    recheck(row, register)
    return row


def resume_abandoned() -> int:
    """Give imports whose worker is gone to another, or end them when several have failed. Gives how many."""
    found = list(abandoned_imports())
    for batch in found:
        if batch.attempts < MOST_ATTEMPTS:
            TASKS[batch.state].delay(batch.pk)  # type: ignore[attr-defined]
        else:
            _give_up(batch)
    return len(found)


@transaction.atomic
def _give_up(batch: Import) -> None:
    """End work at which one worker after another has failed. Its maker is told how far it came, and may go on."""
    found = abandoned_imports().filter(pk=batch.pk, attempts__gte=MOST_ATTEMPTS).select_for_update().first()
    if found is None:
        return
    rows = ImportRow.objects.filter(batch=found)
    count = rows.filter(is_applied=True, kept_because="").count()
    if found.state == ImportState.WAITING:
        rows.delete()
        refusal = _("This file cannot be read. Put its rows into the template.")
        move(found, ImportState.REFUSED, transitions=TRANSITIONS, refusal=refusal)
    elif found.state == ImportState.UNDOING:
        refusal = _("The undo stopped before its end; not taken back yet: %(count)d rows. Undo the import once more.")
        move(found, ImportState.APPLIED, transitions=TRANSITIONS, refusal=refusal % {"count": count})
    elif count == 0:
        refusal = _("The saving stopped, and nothing was saved. Save once more, or split the file.")
        move(found, ImportState.CHECKED, transitions=TRANSITIONS, refusal=refusal)
    else:
        sentence = _("This row was not saved, because the saving stopped before it. Read it in again.")
        cell = found.columns[0] if found.columns else ""
        rows_to_save(found.pk).update(action=RowAction.PROBLEM, problems={cell: sentence})
        refusal = _("The saving stopped before its end; saved: %(count)d rows. Read in the rows left out once more.")
        facts = {"refusal": refusal % {"count": count}, "total_count": count}
        move(found, ImportState.APPLIED, transitions=TRANSITIONS, stamp="applied_at", **facts)


def forget_files_left() -> int:
    """Delete the files of imports that have been read. Gives how many."""
    found = list(with_files_left().values_list("pk", flat=True))
    for pk in found:
        forget_file(pk)
    return len(found)
