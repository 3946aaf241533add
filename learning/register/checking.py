"""The dry run: every row of a file read, compared with the register and kept, and nothing else written."""

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.duties.queries import areas_of
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.register.choices import TRANSITIONS, Decision, ImportState
from learning.register.lifelines import Lifeline, Superseded
from learning.register.matching.people import OTHER_PHONE, Answer
from learning.register.matching.register import Register, places
from learning.register.matching.rows import Match, match_row
from learning.register.models import Import, ImportRow
from learning.register.queries import earlier_answers
from learning.register.reading.headings import TableKind
from learning.register.reading.rows import ReadRow, open_table

logger = logging.getLogger(__name__)

BATCH = 500


def check(import_id: int) -> bool:
    """Read an import that waits, from the beginning, whoever began before. False when it is not ours to do."""
    line = Lifeline.take(import_id, ImportState.WAITING)
    if line is None:
        return False
    batch = Import.objects.select_related("created_by").get(pk=import_id)
    try:
        _read(batch, line)
    except Superseded:
        return False
    except Refused as refusal:
        _end(line, ImportState.REFUSED, refusal=refusal.sentence)
    except DatabaseError:
        raise  # the sweep gives it to another worker
    except Exception:
        logger.exception("Import %s cannot be read.", import_id)
        _end(line, ImportState.REFUSED, refusal=_("This file cannot be read. Put its rows into the template."))
    else:
        _end(line, ImportState.CHECKED)
    return True


def _read(batch: Import, line: Lifeline) -> None:
    ImportRow.objects.filter(batch=batch).delete()
    today = timezone.localdate()
    with batch.file.open("rb") as file:
        table = open_table(file, TableKind(batch.kind))
        Import.objects.filter(pk=batch.pk).update(
            columns=list(dict.fromkeys(table.headings.columns.values())),
            unknown_headings=table.headings.unknown,
            forbidden_headings=table.headings.forbidden,
        )
        rows: list[ReadRow] = []
        for some in _batches(table.rows(today=today, places=places())):
            line.beat(done_count=0, total_count=None)
            rows += some
    register = Register(areas_of(batch.created_by).register, kind=batch.kind, today=today)
    earlier = earlier_answers(batch)
    done = 0
    rows.reverse()  # taken from the end, so that their memory is free again as the work goes on
    while rows:
        some = [rows.pop() for _number in range(min(BATCH, len(rows)))]
        register.load(row.values for row in some)
        kept = [_compared(batch, row, register, earlier) for row in some]
        done += len(some)
        with transaction.atomic():
            line.beat(done_count=done, total_count=done + len(rows))
            ImportRow.objects.bulk_create(kept)


def _batches(rows: Iterable[ReadRow]) -> Iterator[list[ReadRow]]:
    rows = iter(rows)
    while some := list(islice(rows, BATCH)):
        yield some


def _compared(batch: Import, read: ReadRow, register: Register, earlier: set[tuple[int, str]]) -> ImportRow:
    """A question that the same officer has answered before, by another file, is answered so again, for them to see."""
    row = ImportRow(batch=batch, number=read.number, cells=read.cells, values=read.values, problems=read.problems)
    match_kept(row, register, {})
    for one in row.alike:
        if one["why"] == OTHER_PHONE and (one["id"], row.values["phone"]) in earlier:
            row.decision, row.decided_id = Decision.SAME_ONE, one["id"]
            match_kept(row, register, {})
            break
    return row


def _end(line: Lifeline, state: str, **facts: Any) -> None:
    """The file is personal data that nobody needs any more: the rows hold what was read."""
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=line.import_id)
        if batch.state != line.state or batch.seen_at != line.seen_at:
            return
        if state == ImportState.REFUSED:
            ImportRow.objects.filter(batch=batch).delete()
        move(batch, state, transitions=TRANSITIONS, **facts)
        transaction.on_commit(lambda: forget_file(batch.pk))


def forget_file(import_id: int) -> None:
    """Delete the uploaded file. Done again after a crash by the sweep."""
    batch = Import.objects.filter(pk=import_id).exclude(file="").exclude(state=ImportState.WAITING).first()
    if batch:
        batch.file.delete(save=False)
        Import.objects.filter(pk=import_id).update(file="")


# --- rows that have been kept --------------------------------------------------------------------
def answer_of(row: ImportRow, said: dict[int, dict[str, Any]]) -> Answer:
    """What was decided about a row; `said` has the values of the rows of its file that were offered."""
    offered = frozenset(one["id"] for one in row.alike)
    rows = {reference: said[-reference] for reference in offered if -reference in said}
    return Answer(row.decision, row.decided_id, offered, rows)


def match_kept(row: ImportRow, register: Register, said: dict[int, dict[str, Any]]) -> Match:
    """Compare a row that has been read with the register as it stands now; the caller saves it."""
    match = match_row(row.number, row.cells, row.values, row.problems, register, answer_of(row, said))
    row.action, row.changes, row.problems = match.action, match.changes, match.problems
    if match.alike:
        row.alike = match.alike
        if row.decision != Decision.LEAVE_OUT:
            row.decision, row.decided_id = "", None
    return match


def values_of_rows(import_id: int, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The values of rows of a file by their numbers."""
    wanted = [number for number in numbers if number > 0]
    if not wanted:
        return {}
    rows = ImportRow.objects.filter(batch=import_id, number__in=wanted)
    return dict(rows.values_list("number", "values"))
