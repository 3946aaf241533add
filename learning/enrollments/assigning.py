"""Walks the audience of an assignment: who comes in, who leaves, who is done, who begins anew.

Every step can be repeated: a worker killed in between is followed by another that finds what is left.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from courses.catalog.queries import is_open_for_enrollment
from learning.enrollments.audiences import audience_of, memberships_of
from learning.enrollments.choices import (
    CURRENT,
    OBLIGATION_TRANSITIONS,
    AssignmentState,
    CountsFrom,
    EnrollmentState,
    EventKind,
    ObligationState,
)
from learning.enrollments.enlisting import enlist
from learning.enrollments.events import is_overdue_on, record_many, record_overdue
from learning.enrollments.fulfilment import Completion, due_day, fulfilled_on, months_later
from learning.enrollments.models import Assignment, Enrollment, Obligation
from learning.kernel.states import move
from learning.organizations.models import Membership

BATCH = 500


@dataclass(frozen=True, slots=True)
class Seats:
    """Of a person's memberships in the audience the one taken up first, and the one taken up last."""

    first: Membership
    last: Membership


@dataclass(frozen=True, slots=True)
class Walk:
    """How one walk went, in people."""

    came: int = 0
    left: int = 0
    began_anew: int = 0


def walk_audience(assignment: Assignment, *, day: date) -> Walk:
    """Bring obligations and enrollments in line with who is in the audience on a day, 500 people at a time.

    Of a closed assignment everybody leaves.
    """
    if assignment.state != AssignmentState.OPEN:
        return Walk(left=_lift_all(assignment, but=set(), day=day))
    if assignment.starts_on > day:
        return Walk()
    seats: dict[int, Seats] = {}
    found = memberships_of(audience_of(assignment), day=day).order_by("user_id", "since", "pk")
    for membership in found.iterator():
        first = seats.get(membership.user_id)
        seats[membership.user_id] = Seats(first.first if first else membership, membership)
    Assignment.objects.filter(pk=assignment.pk).update(audience_count=len(seats), applied_count=0)
    came = anew = 0
    for users in _batches(sorted(seats)):
        with transaction.atomic():
            # One walk at a time, and none past the moment of closing.
            kept = Assignment.objects.select_for_update().get(pk=assignment.pk)
            if kept.state != AssignmentState.OPEN:
                return Walk(came, 0, anew)
            new, again = _bring_in(assignment, {user: seats[user] for user in users}, day=day)
            came, anew = came + new, anew + again
            Assignment.objects.filter(pk=assignment.pk).update(applied_count=F("applied_count") + len(users))
    left = _lift_all(assignment, but=seats.keys(), day=day)
    Assignment.objects.filter(pk=assignment.pk).update(applied_at=timezone.now())
    return Walk(came, left, anew)


def _lift_all(assignment: Assignment, *, but: Collection[int], day: date) -> int:
    owing = Obligation.objects.filter(assignment=assignment, state=ObligationState.OPEN).order_by("pk")
    leaving = [pk for pk, user in owing.values_list("pk", "user_id") if user not in but]
    return sum(lift_obligations(pks, day=day) for pks in _batches(leaving))


def _lock_enrollments(users: Collection[int]) -> None:
    """Before any obligation: completing a course takes the locks in this order too, so neither waits for the other."""
    current = Enrollment.objects.filter(user__in=users, state__in=CURRENT, renewed_at__isnull=True)
    list(current.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _bring_in(assignment: Assignment, seats: Mapping[int, Seats], *, day: date) -> tuple[int, int]:
    _lock_enrollments(seats.keys())
    latest: dict[int, Obligation] = {}
    rows = Obligation.objects.select_for_update().filter(assignment=assignment, user__in=seats).order_by("round")
    for obligation in rows:
        latest[obligation.user_id] = obligation
    new: list[Obligation] = []
    came = anew = 0
    for user, seat in seats.items():
        last = latest.get(user)
        if last is None:
            since = _valid_since(assignment, day)
            new.append(_obligation(assignment, seat.first, day=day, number=1, counts_since=since))
            came += 1
        elif last.state == ObligationState.LIFTED:
            since = max(filter(None, (last.counts_since, _valid_since(assignment, day))), default=None)
            facts = {
                "due_on": _due(assignment, seat.first, day=day, renews_on=since if last.round > 1 else None),
                "counts_since": since,
                "lifted_on": None,
                "membership": seat.first,
            }
            move(last, ObligationState.OPEN, transitions=OBLIGATION_TRANSITIONS, **facts)
            came += 1
        elif last.state == ObligationState.OPEN:
            if last.membership_id not in (seat.first.pk, seat.last.pk):
                Obligation.objects.filter(pk=last.pk).update(membership=seat.first)
        elif begins := _begins_anew(assignment, last, seat.last, day=day):
            new.append(_obligation(assignment, seat.last, day=day, number=last.round + 1, counts_since=begins))
            anew += 1
    Obligation.objects.bulk_create(new, batch_size=BATCH)
    settle_obligations(list(seats), assignment=assignment)
    _enlist_who_owes(assignment, list(seats))
    renew_due_days(list(seats), day=day)
    return came, anew


def _valid_since(assignment: Assignment, day: date) -> date | None:
    """What was completed before has expired by now."""
    return months_later(day, -assignment.validity_months) if assignment.validity_months else None


def _begins_anew(assignment: Assignment, last: Obligation, newest: Membership, *, day: date) -> date | None:
    """The day from which completions count for a further round; None when the last one still holds.

    A new term is a seat taken up after the last round began and was done.
    """
    if last.expires_on and last.expires_on <= day:
        return last.expires_on
    if assignment.renews_each_term and last.done_on and newest.since > max(last.done_on, last.begun_on):
        return newest.since
    return None


def _obligation(
    assignment: Assignment, seat: Membership, *, day: date, number: int, counts_since: date | None
) -> Obligation:
    return Obligation(
        assignment=assignment,
        user_id=seat.user_id,
        membership=seat,
        round=number,
        begun_on=day,
        counts_since=counts_since,
        due_on=_due(assignment, seat, day=day, renews_on=counts_since if number > 1 else None),
    )


def _due(assignment: Assignment, seat: Membership, *, day: date, renews_on: date | None = None) -> date:
    """A further round counts its days from the day on which it became due again."""
    base = max(assignment.starts_on, renews_on or assignment.starts_on)
    if assignment.counts_from == CountsFrom.ELECTION:
        base = max(base, seat.since)
    return due_day(base=base, begun_on=day, due_days=assignment.due_days)


def _enlist_who_owes(assignment: Assignment, users: Collection[int]) -> None:
    owing = (
        Obligation.objects.filter(assignment=assignment, user__in=users, state=ObligationState.OPEN)
        .select_related("membership__user", "membership__organization")
        .order_by("pk")
    )
    by_user = {obligation.user_id: obligation for obligation in owing}
    counts_since = {user: one.counts_since for user, one in by_user.items()}
    for line in assignment.course_lines.select_related("course"):
        if is_open_for_enrollment(line.course):
            enlist(
                line.course,
                [one.membership for one in by_user.values()],
                by=assignment.created_by,
                counts_since=counts_since,
            )


@transaction.atomic
def lift_obligations(pks: Collection[int], *, day: date) -> int:
    """Who left the audience owes nothing; what they learn goes on without a due day. Gives how many."""
    owing = Obligation.objects.filter(pk__in=pks, state=ObligationState.OPEN)
    _lock_enrollments(list(owing.values_list("user_id", flat=True)))
    lifted = list(owing.select_for_update(of=("self",)).order_by("pk"))
    for obligation in lifted:
        move(obligation, ObligationState.LIFTED, transitions=OBLIGATION_TRANSITIONS, lifted_on=day)
    renew_due_days([obligation.user_id for obligation in lifted], day=day)
    return len(lifted)


def settle_obligations(users: Collection[int], *, assignment: Assignment | None = None) -> bool:
    """Obligations for which enough is completed are done. Gives whether there were any. Inside a transaction."""
    owing = Obligation.objects.filter(user__in=users, state=ObligationState.OPEN)
    if assignment is not None:
        owing = owing.filter(assignment=assignment)
    owed = list(owing.select_related("assignment").select_for_update(of=("self",)).order_by("pk"))
    if not owed:
        return False
    is_settled = False
    completions: dict[int, list[Completion]] = defaultdict(list)
    rows = Enrollment.objects.filter(
        user__in={one.user_id for one in owed}, state=EnrollmentState.COMPLETED
    ).values_list("user_id", "course_id", "completed_at", "hours")
    for user, course, at, hours in rows:
        completions[user].append(Completion(course, timezone.localdate(at), hours))
    courses = _courses_of({one.assignment_id for one in owed})
    for obligation in owed:
        asked = obligation.assignment
        day = fulfilled_on(
            completions[obligation.user_id],
            courses=courses[obligation.assignment_id],
            required_hours=asked.required_hours,
            counts_since=obligation.counts_since,
        )
        if day:
            until = months_later(day, asked.validity_months) if asked.validity_months else None
            facts = {"done_on": day, "expires_on": until}
            move(obligation, ObligationState.DONE, transitions=OBLIGATION_TRANSITIONS, **facts)
            is_settled = True
    return is_settled


def renew_due_days(users: Collection[int], *, day: date) -> None:
    """Each active enrollment is due on the earliest day by which an open obligation wants its course."""
    earliest: dict[tuple[int, int], date] = {
        (user, course): due
        for user, course, due in Obligation.objects.filter(user__in=users, state=ObligationState.OPEN)
        .order_by()
        .values_list("user_id", "assignment__courses")
        .annotate(due=Min("due_on"))
    }
    changed, passed, lifted, late = [], [], [], []
    held = Enrollment.objects.filter(user__in=users, state=EnrollmentState.ACTIVE).order_by("pk")
    for enrollment in held.select_for_update(of=("self",)):
        due = earliest.get((enrollment.user_id, enrollment.course_id))
        if due == enrollment.due_on:
            continue
        changed.append(enrollment)
        was_late, is_late = is_overdue_on(enrollment.due_on, day), is_overdue_on(due, day)
        if was_late and is_late and not enrollment.is_overdue:
            passed.append(enrollment)  # overdue by its old day, which the job had not found yet
        elif was_late and not is_late:
            lifted.append(enrollment)
        elif is_late and not was_late:
            late.append(enrollment)
    record_overdue(passed)
    record_many(lifted, EventKind.DUE_LIFTED, on=day)
    for enrollment in changed:
        enrollment.due_on = earliest.get((enrollment.user_id, enrollment.course_id))
    # Its day had passed before it came to stand on this enrollment: overdue from today, not from a day in the past.
    record_many(late, EventKind.OVERDUE, on=day)
    Enrollment.objects.bulk_update(changed, ["due_on"], batch_size=BATCH)


def _courses_of(assignments: Iterable[int]) -> dict[int, set[int]]:
    courses: dict[int, set[int]] = defaultdict(set)
    lines = Assignment.courses.through.objects.filter(assignment__in=assignments)
    for assignment, course in lines.values_list("assignment_id", "course_id"):
        courses[assignment].add(course)
    return courses


def _batches(items: Collection[int]) -> Iterable[list[int]]:
    items = list(items)
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
