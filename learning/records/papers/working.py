"""A list of papers in the hands of one worker: read and checked, or recorded whole."""

import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certification.flows.recording import Paper, record_certificates
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.places.areas import Area
from learning.places.models import Province
from learning.records.choices import REGISTER_TRANSITIONS, RegisterState
from learning.records.models import PaperRegister, PaperRow
from learning.records.papers.columns import open_papers
from learning.records.papers.known import Known
from learning.records.papers.rows import PaperValues, clean_paper
from learning.records.queries import reach_of

logger = logging.getLogger(__name__)

WORKING = (RegisterState.WAITING, RegisterState.RECORDING)
ABANDONED_AFTER = timedelta(minutes=3)
MOST_ATTEMPTS = 3
AT_ONCE = 500


class Superseded(Exception):
    """Another worker has this list now."""


def free_to_take() -> datetime:
    """For `seen_at` of a list that waits for its first worker."""
    return timezone.now() - ABANDONED_AFTER


def take(register_id: int, state: str) -> PaperRegister | None:
    """The list, when nobody else is at it in this state."""
    now = timezone.now()
    free = PaperRegister.objects.filter(pk=register_id, state=state, seen_at__lte=now - ABANDONED_AFTER)
    if not free.update(seen_at=now, attempts=F("attempts") + 1):
        return None
    return PaperRegister.objects.select_related("asked_by").get(pk=register_id)


def abandoned() -> QuerySet[PaperRegister]:
    """Lists that wait although nobody is at them."""
    return PaperRegister.objects.filter(state__in=WORKING, seen_at__lte=timezone.now() - ABANDONED_AFTER)


def area_of(register: PaperRegister) -> Area:
    """Where its maker may record today; empty when the province is not theirs any more."""
    reach = reach_of(register.asked_by)
    area = Area(is_country=True) if reach.is_administrator else reach.changing
    inside = area.has_province(register.province_id) or any(
        code.startswith(register.province_id) for code in area.districts
    )
    return area if inside else Area()


def read_papers(register_id: int) -> bool:
    """Read a list that waits. Gives whether it was ours to do."""
    register = take(register_id, RegisterState.WAITING)
    if register is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        try:
            _read(register)
        except Refused as refused:
            end(register, RegisterState.REFUSED, refusal=refused.sentence)
        except DatabaseError:
            raise  # the sweep gives it to another worker
        except Exception:
            logger.exception("The list of papers %s cannot be read.", register_id)
            sentence = _("This file cannot be read. Put its rows into the template.")
            end(register, RegisterState.REFUSED, refusal=sentence)
    return True


def _read(register: PaperRegister) -> None:
    with register.file.open("rb") as file:
        found = list(open_papers(file).rows())
    PaperRegister.objects.filter(pk=register.pk).update(total=len(found), done=0)
    rows = [PaperRow(register=register, line=number, cells=cells) for number, cells in found]
    problems = check(register, rows)
    with transaction.atomic():
        if not _ended(register, RegisterState.CHECKED, done=len(rows), attempts=0):
            return  # thrown away while it was read, or read by another
        PaperRow.objects.filter(register=register).delete()
        for start in range(0, len(rows), AT_ONCE):
            PaperRow.objects.bulk_create(rows[start : start + AT_ONCE])
    logger.info("The list of papers %s has %s rows, %s with problems.", register.pk, len(rows), problems)
    forget_file(register)


def forget_file(register: PaperRegister) -> None:
    """Names and numbers of people stand in it; what is needed of them is in the rows."""
    register.file.delete(save=False)
    PaperRegister.objects.filter(pk=register.pk).update(file="")


def with_a_file_left() -> QuerySet[PaperRegister]:
    """Lists that will not be read again: refused ones, and those whose worker died before it took the file away."""
    return PaperRegister.objects.exclude(state=RegisterState.WAITING).exclude(file="")


def check(
    register: PaperRegister,
    rows: list[PaperRow],
    *,
    values: dict[int, PaperValues] | None = None,
    today: date | None = None,
) -> int:
    """Write into each row what is wrong with it and which organization it names; gives how many have problems."""
    values = values_of(rows, today=today) if values is None else values
    kept = [(row.line, values[row.line]) for row in rows if not row.is_left_out]
    known = Known(register.province_id, area_of(register), today or timezone.localdate())
    organizations = known.mark(kept)
    for row in rows:
        row.problems = [{"field": name, "sentence": said} for name, said in values[row.line].problems.items()]
        row.organization = organizations.get(row.line)
    return sum(bool(row.problems) and not row.is_left_out for row in rows)


def values_of(rows: list[PaperRow], *, today: date | None = None) -> dict[int, PaperValues]:
    """The clean values of rows by their line. National ID numbers are taken out of the cells."""
    day = today or timezone.localdate()
    return {row.line: clean_paper(row.cells, today=day) for row in rows}


def end(register: PaperRegister, state: str, **facts: Any) -> None:
    """End the work on a list, unless somebody else has."""
    with transaction.atomic():
        _ended(register, state, **facts)


def _ended(register: PaperRegister, state: str, **facts: Any) -> bool:
    """Locked until the transaction ends. False when somebody else has ended it."""
    locked = PaperRegister.objects.select_for_update().get(pk=register.pk)
    if locked.state != register.state:
        return False
    move(locked, state, transitions=REGISTER_TRANSITIONS, **facts)
    return True


def record_papers(register_id: int) -> bool:
    """Record a checked list: every row that is not left out, or none. Gives whether it was ours to do."""
    register = take(register_id, RegisterState.RECORDING)
    if register is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        try:
            rows, values = _understood(register)
            with transaction.atomic():
                _record(register, rows, values)
        except Superseded:
            return False
        except Refused as refused:
            end(register, RegisterState.CHECKED, refusal=refused.sentence, attempts=0)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("The list of papers %s could not be recorded.", register_id)
            sentence = _("Something went wrong on our side, and nothing was recorded. Try it once more.")
            end(register, RegisterState.CHECKED, refusal=sentence, attempts=0)
    return True


def _understood(register: PaperRegister) -> tuple[list[PaperRow], dict[int, PaperValues]]:
    """The rows and their clean values, a slice at a time; how far it is can be seen. Nothing is locked by it."""
    rows = list(PaperRow.objects.filter(register=register).order_by("line"))
    values: dict[int, PaperValues] = {}
    for start in range(0, len(rows), AT_ONCE):
        values |= values_of(rows[start : start + AT_ONCE])
        _beat(register, done=sum(not row.is_left_out for row in rows[: start + AT_ONCE]))
    return rows, values


def _beat(register: PaperRegister, *, done: int) -> None:
    now = max(timezone.now(), register.seen_at + timedelta(microseconds=1))
    mine = PaperRegister.objects.filter(pk=register.pk, state=register.state, seen_at=register.seen_at)
    if not mine.update(seen_at=now, done=done):
        raise Superseded(f"The list of papers {register.pk} is in other hands.")
    register.seen_at = now


def _record(register: PaperRegister, rows: list[PaperRow], values: dict[int, PaperValues]) -> None:
    """In one transaction, so that a list is recorded whole or not at all; what could be done before it, was."""
    Province.objects.select_for_update().get(pk=register.province_id)  # of two lists, the second sees the first
    locked = PaperRegister.objects.select_for_update().get(pk=register.pk)
    if locked.state != RegisterState.RECORDING:
        return
    if not area_of(register):
        raise Refused(_("Your duty for this province has ended, so nothing was recorded."))
    before = {row.line: row.organization_id for row in rows}
    problems = check(register, rows, values=values)
    if problems:
        PaperRow.objects.bulk_update(rows, ["problems", "organization"], batch_size=AT_ONCE)
        sentence = _("%(count)d rows need a correction by now, so nothing was recorded.") % {"count": problems}
        move(locked, RegisterState.CHECKED, transitions=REGISTER_TRANSITIONS, refusal=sentence, attempts=0)
        return
    kept = [row for row in rows if not row.is_left_out]
    papers = [paper_of(row, values[row.line].values, province=register.province_id) for row in kept]
    for row, certificate in zip(kept, record_certificates(papers, by=register.asked_by), strict=True):
        row.certificate = certificate
    log(register, "records.record_papers", user=register.asked_by, data={"count": len(kept)})
    PaperRow.objects.bulk_update(kept, ["certificate"], batch_size=AT_ONCE)
    moved = [row for row in kept if row.organization_id != before[row.line]]
    PaperRow.objects.bulk_update(moved, ["organization"], batch_size=AT_ONCE)
    move(
        locked,
        RegisterState.RECORDED,
        transitions=REGISTER_TRANSITIONS,
        stamp="finished_at",
        done=len(kept),
        refusal="",
    )


def paper_of(row: PaperRow, values: dict[str, Any], *, province: str) -> Paper:
    """What stands on the paper, with the organization of the register when its name was written exactly."""
    organization = row.organization
    name = values.get("organization", "")
    role = values.get("holder_role", "")
    signer = values.get("signer")
    return Paper(
        number=values["number"],
        holder_name=values["holder_name"],
        holder_role=(role if name in role else f"{role} {name}".strip())[:300],
        course_title=values["course_title"],
        hours=values["hours"],
        started_on=values.get("started_on"),
        completed_on=values["completed_on"],
        issued_on=values["issued_on"],
        valid_until=values.get("valid_until"),
        issuer=values["issuer"],
        signers=((signer, values.get("signer_position", "")),) if signer else (),
        holder_id=row.holder_id,
        organization_name=organization.name if organization else name,
        organization_key=organization.pk if organization else None,
        parent_key=organization.parent_id if organization else None,
        province_code=province,
        district_code=(organization.district_id or "") if organization else "",
    )


def give_up(register: PaperRegister) -> None:
    """One worker after another was lost over it."""
    with translation.override(settings.LANGUAGE_CODE):
        if register.state == RegisterState.RECORDING:
            sentence = _("It could not be recorded in several tries. Nothing was recorded; split the list.")
            end(register, RegisterState.CHECKED, refusal=sentence, attempts=0)
        else:
            sentence = _("This file cannot be read. Put its rows into the template.")
            end(register, RegisterState.REFUSED, refusal=sentence)
