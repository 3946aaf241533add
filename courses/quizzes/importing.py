"""The steps of an import: read the file into drafts, then write them. Each step can be begun again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.quizzes.choices import ImportState
from courses.quizzes.models import BankImport
from courses.quizzes.reading.drafts import Fault, Unreadable, from_json, to_json
from courses.quizzes.reading.files import read_questions
from courses.quizzes.saving import write_drafts


def read_file(import_id: int) -> None:
    """WAITING → READ, or REFUSED with the reason; the file is deleted, its drafts are kept."""
    batch = BankImport.objects.filter(pk=import_id, state=ImportState.WAITING).first()
    if batch is None or not batch.file:
        return
    with batch.file.open("rb") as file:
        content = file.read()
    try:
        reading = read_questions(content, batch.format)
    except Unreadable as error:
        _kept(batch, ImportState.REFUSED, faults=[{"line": error.line, "sentence": error.sentence, "skipped": False}])
    else:
        faults = [_fault(one, False) for one in reading.faults] + [_fault(one, True) for one in reading.skipped]
        state = ImportState.READ if reading.drafts else ImportState.REFUSED
        if not reading.drafts and not faults:
            faults = [{"line": 0, "sentence": _("No question was found in this file."), "skipped": False}]
        drafts = [to_json(draft) for draft in reading.drafts]
        _kept(batch, state, faults=sorted(faults, key=lambda fault: fault["line"]), drafts=drafts)
    batch.file.delete(save=False)


def _fault(fault: Fault, is_skipped: bool) -> dict[str, object]:
    return {"line": fault.line, "sentence": fault.sentence, "skipped": is_skipped}


def _kept(batch: BankImport, state: str, **facts: object) -> None:
    BankImport.objects.filter(pk=batch.pk, state=ImportState.WAITING).update(
        state=state, file="", seen_at=timezone.now(), **facts
    )


@transaction.atomic
def save_drafts(import_id: int, *, keep_twins: bool) -> int:
    """SAVING → SAVED with all its drafts, or nothing at all. Gives how many questions were written."""
    batch = BankImport.objects.select_for_update().filter(pk=import_id, state=ImportState.SAVING).first()
    if batch is None:
        return 0
    drafts = [from_json(kept) for kept in batch.drafts]
    saved = write_drafts(drafts, category=batch.category, keep_twins=keep_twins, by=batch.created_by)
    batch.state, batch.written_count, batch.seen_at = ImportState.SAVED, len(saved.questions), timezone.now()
    batch.save(update_fields=["state", "written_count", "seen_at"])
    return batch.written_count
