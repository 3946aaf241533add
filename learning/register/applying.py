"""Saving: rows of a checked import written into the register, and what each replaced kept for the undo."""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.duties.queries import areas_of
from learning.kernel.states import move
from learning.organizations.choices import Happening
from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.people.flows import new_username
from learning.people.models import User
from learning.register.checking import match_kept, values_of_rows
from learning.register.choices import TRANSITIONS, Decision, ImportState, Mode, RowAction
from learning.register.lifelines import Lifeline, Superseded, wait_for_my_turn
from learning.register.matching.known import FACTS, KnownOrganization
from learning.register.matching.register import Register
from learning.register.matching.rows import Match
from learning.register.models import Import, ImportRow
from learning.register.written import added, changed, keep

logger = logging.getLogger(__name__)

BATCH = 200
ATTEMPTS = 3
COMPARED = ("action", "changes", "problems", "alike", "decision", "decided_id")
SAVED = (*COMPARED, "is_applied", "written")
Pair = tuple[ImportRow, Match]


class NotWhole(Exception):
    """All rows or none, and these can not be saved."""

    def __init__(self, rows: list[ImportRow]) -> None:
        super().__init__(f"{len(rows)} rows")
        self.rows = rows


def apply(import_id: int, *, after_batch: Callable[[int], None] = lambda done: None) -> bool:
    """Save what is still to be saved of an import. False when it is not ours to do.

    `after_batch` is told how many rows are saved after each transaction.
    """
    line = Lifeline.take(import_id, ImportState.APPLYING)
    if line is None:
        return False
    batch = Import.objects.select_related("created_by").get(pk=import_id)
    try:
        if batch.mode == Mode.WHOLE_FILE:
            _apply_whole(batch, line)
        else:
            _apply_in_batches(batch, line, after_batch)
    except Superseded:
        return False
    return True


def rows_to_save(import_id: int) -> Any:
    """Rows that add or change something and are not in the register yet."""
    rows = ImportRow.objects.filter(batch=import_id, is_applied=False, action__in=[RowAction.ADD, RowAction.CHANGE])
    return rows.exclude(decision=Decision.LEAVE_OUT)


def _apply_in_batches(batch: Import, line: Lifeline, after_batch: Callable[[int], None]) -> None:
    last = 0
    while numbers := list(rows_to_save(batch.pk).filter(number__gt=last).values_list("number", flat=True)[:BATCH]):
        _apply_some(batch, line, numbers)
        last = numbers[-1]
        after_batch(last)
    with transaction.atomic():
        line.beat()
        move(_locked(batch), ImportState.APPLIED, transitions=TRANSITIONS, stamp="applied_at")


def _apply_some(batch: Import, line: Lifeline, numbers: list[int]) -> None:
    """One transaction; when somebody else has meanwhile taken a phone number, the rows are compared again.

    What the tables refuse is tried row by row. A fault of the machine is left to the sweep.
    """
    refusal: DatabaseError | None = None
    for _attempt in range(ATTEMPTS):
        seen_at = line.seen_at
        try:
            with transaction.atomic():
                wait_for_my_turn()
                line.beat()
                _save(batch, numbers)
                line.beat(done_count=_applied_count(batch), attempts=0)
        except OperationalError:
            raise
        except DatabaseError as error:
            line.seen_at, refusal = seen_at, error
        else:
            return
    if len(numbers) > 1:
        for number in numbers:
            _apply_some(batch, line, [number])
        return
    logger.warning("Row %s of import %s is refused by the tables.", numbers[0], batch.pk)
    sentence = _("This row could not be saved: the register does not take what is written in it. Correct it.")
    if isinstance(refusal, IntegrityError):
        sentence = _("This row could not be saved: somebody changed the same person or organization. Check it again.")
    rows = ImportRow.objects.filter(batch=batch, number=numbers[0])
    rows.update(action=RowAction.PROBLEM, problems={batch.columns[0] if batch.columns else "": sentence})


def _apply_whole(batch: Import, line: Lifeline) -> None:
    seen_at = line.seen_at
    try:
        with transaction.atomic():
            wait_for_my_turn()
            line.beat()
            numbers = list(rows_to_save(batch.pk).values_list("number", flat=True))
            for start in range(0, len(numbers), BATCH):
                wrong = _save(batch, numbers[start : start + BATCH])
                if wrong:
                    raise NotWhole(wrong)
            line.beat(done_count=len(numbers))
            move(_locked(batch), ImportState.APPLIED, transitions=TRANSITIONS, stamp="applied_at")
    except OperationalError:
        raise
    except (NotWhole, DatabaseError) as error:
        line.seen_at = seen_at
        with transaction.atomic():
            line.beat(done_count=0)
            if isinstance(error, NotWhole):
                keep(error.rows, COMPARED)
            why = _("Nothing was saved: the register does not take one of the rows. Save row by row: it will be shown.")
            if isinstance(error, NotWhole | IntegrityError):
                why = _("Nothing was saved: the register has changed since the check. Look at the rows below.")
            move(_locked(batch), ImportState.CHECKED, transitions=TRANSITIONS, refusal=why)


def _locked(batch: Import) -> Import:
    return Import.objects.select_for_update().get(pk=batch.pk)


def _applied_count(batch: Import) -> int:
    return ImportRow.objects.filter(batch=batch, is_applied=True).count()


def _save(batch: Import, numbers: Sequence[int]) -> list[ImportRow]:
    """Compare these rows once more with the register and write them. Gives those that cannot be written now."""
    rows = list(rows_to_save(batch.pk).filter(number__in=numbers).order_by("number").select_for_update())
    today = timezone.localdate()
    area = areas_of(batch.created_by).register
    register = Register(area, kind=batch.kind, today=today, looks_for_alike=False)
    offered = [one["id"] for row in rows for one in row.alike]
    said = values_of_rows(batch.pk, [-reference for reference in offered])
    register.load([*(row.values for row in rows), *said.values()], decided=offered)
    pairs = [(row, match_kept(row, register, said)) for row in rows]
    for row in rows:
        row.is_applied, row.written = row.action in (RowAction.ADD, RowAction.CHANGE), []
    good = [pair for pair in pairs if pair[0].is_applied]
    _write_organizations(good, by=batch.created_by, today=today)
    _write_people(good)
    _write_memberships(good)
    keep(rows, SAVED)
    return [row for row in rows if row.action in (RowAction.PROBLEM, RowAction.ASK)]


# --- people --------------------------------------------------------------------------------------
def _new_user(match: Match) -> User:
    person = match.person
    assert person is not None
    facts = {name: getattr(person, name) for name in FACTS if getattr(person, name)}
    return User(username=new_username(), password=make_password(None), **facts)


def _write_people(pairs: list[Pair]) -> None:
    for row, match in pairs:
        person = match.person
        if person and person.id and match.facts:
            values = {name: value for name, (_before, value) in match.facts.items()}
            before = {name: value or None if name == "phone" else value for name, (value, _new) in match.facts.items()}
            new_phone = {"phone_verified": False} if "phone" in values else {}
            User.objects.filter(pk=person.id).update(**values, **new_phone)
            row.written.append(changed(User, person.id, before, values))
    new = [pair for pair in pairs if pair[1].is_new_person]
    users = User.objects.bulk_create([_new_user(match) for _row, match in new])
    for (row, match), user in zip(new, users, strict=True):
        assert match.person is not None
        match.person.id = user.pk
        row.written.append(added(user))


# --- positions -----------------------------------------------------------------------------------
def _write_memberships(pairs: list[Pair]) -> None:
    touched: set[int] = set()
    for row, match in pairs:
        if match.ended and match.ended.id and match.new_membership:
            assert match.ended.until is not None
            Membership.objects.filter(pk=match.ended.id).update(until=match.ended.until)
            row.written.append(changed(Membership, match.ended.id, {"until": None}, {"until": str(match.ended.until)}))
        if match.membership and match.membership.id and match.membership_changes:
            values = {name: value for name, (_before, value) in match.membership_changes.items()}
            before = {name: value for name, (value, _new) in match.membership_changes.items()}
            Membership.objects.filter(pk=match.membership.id).update(**values)
            row.written.append(changed(Membership, match.membership.id, before, values))
            touched.add(match.membership.organization_id)
    new = [pair for pair in pairs if pair[1].new_membership]
    memberships = Membership.objects.bulk_create([_new_membership(match) for _row, match in new])
    for (row, match), membership in zip(new, memberships, strict=True):
        assert match.new_membership is not None
        match.new_membership.id = membership.pk
        row.written.append(added(membership))
        touched.add(membership.organization_id)
    if touched:
        Organization.objects.filter(pk__in=touched, is_counted=True).update(is_counted=False)


def _new_membership(match: Match) -> Membership:
    new, person = match.new_membership, match.person
    assert new is not None
    assert person is not None
    return Membership(
        user_id=person.id,
        organization_id=new.organization_id,
        position=new.position,
        since=new.since,
        until=new.until,
        term_number=new.term_number,
    )


# --- organizations -------------------------------------------------------------------------------
def _write_organizations(pairs: list[Pair], *, by: User, today: date) -> None:
    history: list[tuple[ImportRow, OrganizationChange]] = []
    additions: dict[int, dict[str, Any]] = {}
    for row, match in pairs:
        known = match.organization
        if known is None:
            continue
        if match.is_new_organization:
            organization = Organization.objects.create(**_columns(known))
            known.id = organization.pk
            additions[organization.pk] = added(organization)
            row.written.append(additions[organization.pk])
            line = partial(OrganizationChange, organization=organization, on=today, by=by)
            history.append((row, line(happening=Happening.REGISTERED)))
        elif match.organization_changes and known.id:
            before, after = _before_and_after(match)
            if known.id in additions:  # entered a moment ago with what this row fills in
                additions[known.id]["after"].update(before)
            Organization.objects.filter(pk=known.id).update(**after, is_counted=False)
            row.written.append(changed(Organization, known.id, before, after))
            line = partial(OrganizationChange, organization_id=known.id, on=today, by=by)
            fields = sorted(match.organization_changes)
            history.append((row, line(happening=Happening.CHANGED, fields=fields, **_history(before))))
    lines = OrganizationChange.objects.bulk_create([line for _row, line in history])
    for (row, _line), saved in zip(history, lines, strict=True):
        row.written.append(added(saved))


def _columns(known: KnownOrganization) -> dict[str, Any]:
    month, day = known.year_end or (None, None)
    return {
        "kind": known.kind,
        "name": known.name,
        "registration_number": known.registration_number,
        "juristic_number": known.juristic_number,
        "province_id": known.province,
        "district_id": known.district,
        "parent_id": known.parent.id if known.parent else known.parent_id,
        "year_end_month": month,
        "year_end_day": day,
    }


def _before_and_after(match: Match) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns that a change concerns, as they were and as they will be."""
    known = match.organization
    assert known is not None
    after = {**_columns(known), "search_key": known.key}
    before: dict[str, Any] = {}
    for name, (old, _new) in match.organization_changes.items():
        if name == "year_end":
            before["year_end_month"], before["year_end_day"] = old or (None, None)
        elif name == "parent":
            before["parent_id"] = old
        elif name in ("province", "district"):
            before[f"{name}_id"] = old
        else:
            before[name] = old
    if "name" in before:
        before["search_key"] = Organization.objects.values_list("search_key", flat=True).get(pk=known.id)
    return before, {name: after[name] for name in before}


def _history(before: dict[str, Any]) -> dict[str, Any]:
    columns = {
        "name": "name_before",
        "kind": "kind_before",
        "registration_number": "number_before",
        "province_id": "province_before_id",
        "district_id": "district_before_id",
        "parent_id": "parent_before_id",
    }
    return {columns[name]: value for name, value in before.items() if name in columns}
