"""Walks the audience of an assignment: who comes in, who leaves, who is done, who begins anew.

Every step can be repeated: a worker killed in between is followed by another that finds what is left.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from courses.catalog.queries import is_open_for_enrollment
from learning.enrollments.choices import (
    OBLIGATION_TRANSITIONS,
    AssignmentState,
    CountsFrom,
    EnrollmentState,
    EventKind,
    ObligationState,
)
from learning.enrollments.enlisting import enlist
from learning.enrollments.events import record_many
from learning.enrollments.fulfilment import Completion, due_day, fulfilled_on, months_later
from learning.enrollments.models import Assignment, Enrollment, Obligation
from learning.kernel.states import move
from learning.organizations.choices import OrganizationState
from learning.organizations.models import Membership
from learning.organizations.queries import holding_on
from learning.places.areas import Area

BATCH = 500


def audience_of(assignment: Assignment, *, day: date) -> QuerySet[Membership]:
    """The memberships that bring people into the audience on a day."""
    found = Membership.objects.filter(holding_on(day), organization__state=OrganizationState.ACTIVE)
    if assignment.positions:
        found = found.filter(position__in=assignment.positions)
    if assignment.kinds:
        found = found.filter(organization__kind__in=assignment.kinds)
    organizations = list(assignment.organizations.values_list("pk", flat=True))
    if organizations:
        chosen = Q(organization__in=organizations)
        if assignment.includes_groups:
            chosen |= Q(organization__parent__in=organizations)
        return found.filter(chosen)
    return found.filter(area_of(assignment).where(province="organization__province", district="organization__district"))


def area_of(assignment: Assignment) -> Area:
    """The places an assignment is meant for."""
    return Area(
        is_country=assignment.is_country,
        provinces=frozenset(assignment.provinces.values_list("pk", flat=True)),
        districts=frozenset(assignment.districts.values_list("pk", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class Walk:
    """How one walk went, in people."""

    came: int = 0
    left: int = 0
    began_anew: int = 0


def walk_audience(assignment: Assignment, *, day: date) -> Walk:
    """Bring obligations and enrollments in line with who is in the audience on a day, 500 people at a time."""
    if assignment.state != AssignmentState.OPEN or assignment.starts_on > day:
        return Walk()
    seats: dict[int, Membership] = {}
    for membership in audience_of(assignment, day=day).order_by("user_id", "since", "pk").iterator():
        seats.setdefault(membership.user_id, membership)
    Assignment.objects.filter(pk=assignment.pk).update(audience_count=len(seats), applied_count=0)
    came = left = anew = 0
    for users in _batches(sorted(seats)):
        with transaction.atomic():
            new, again = _bring_in(assignment, {user: seats[user] for user in users}, day=day)
            came, anew = came + new, anew + again
            Assignment.objects.filter(pk=assignment.pk).update(applied_count=F("applied_count") + len(users))
    gone = (
        Obligation.objects.filter(assignment=assignment, state=ObligationState.OPEN)
        .order_by("pk")
        .values_list("pk", "user_id")
    )
    leaving = [pk for pk, user in gone if user not in seats]
    for pks in _batches(leaving):
        left += lift_obligations(pks, day=day)
    Assignment.objects.filter(pk=assignment.pk).update(applied_at=timezone.now())
    return Walk(came, left, anew)


def _bring_in(assignment: Assignment, seats: dict[int, Membership], *, day: date) -> tuple[int, int]:
    latest: dict[int, Obligation] = {}
    rows = Obligation.objects.select_for_update().filter(assignment=assignment, user__in=seats).order_by("round")
    for obligation in rows:
        latest[obligation.user_id] = obligation
    new: list[Obligation] = []
    came = anew = 0
    for user, seat in seats.items():
        last = latest.get(user)
        if last is None:
            validity = assignment.validity_months
            since = months_later(day, -validity) if validity else None
            new.append(_obligation(assignment, seat, day=day, number=1, counts_since=since))
            came += 1
        elif last.state == ObligationState.LIFTED:
            due = _due(assignment, seat, day=day)
            facts = {"due_on": due, "lifted_on": None, "membership": seat}
            move(last, ObligationState.OPEN, transitions=OBLIGATION_TRANSITIONS, **facts)
            came += 1
        elif last.state == ObligationState.OPEN:
            if last.membership_id != seat.pk:
                Obligation.objects.filter(pk=last.pk).update(membership=seat)
        elif begins := _begins_anew(assignment, last, seat, day=day):
            new.append(_obligation(assignment, seat, day=day, number=last.round + 1, counts_since=begins))
            anew += 1
    Obligation.objects.bulk_create(new, batch_size=BATCH)
    settle_obligations(list(seats), assignment=assignment)
    _enlist_who_owes(assignment, list(seats))
    renew_due_days(list(seats), day=day)
    return came, anew


def _begins_anew(assignment: Assignment, last: Obligation, seat: Membership, *, day: date) -> date | None:
    """The day from which completions count for a further round; None when the last one still holds."""
    if last.expires_on and last.expires_on <= day:
        return last.expires_on
    if assignment.renews_each_term and last.done_on and last.membership_id != seat.pk and seat.since > last.done_on:
        return seat.since
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
        due_on=_due(assignment, seat, day=day),
    )


def _due(assignment: Assignment, seat: Membership, *, day: date) -> date:
    base = assignment.starts_on
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
    lifted = list(Obligation.objects.select_for_update().filter(pk__in=pks, state=ObligationState.OPEN))
    for obligation in lifted:
        move(obligation, ObligationState.LIFTED, transitions=OBLIGATION_TRANSITIONS, lifted_on=day)
    renew_due_days([obligation.user_id for obligation in lifted], day=day)
    return len(lifted)


def settle_obligations(users: Collection[int], *, assignment: Assignment | None = None) -> None:
    """Obligations for which enough is completed are done. Inside a transaction."""
    owing = Obligation.objects.filter(user__in=users, state=ObligationState.OPEN).select_related("assignment")
    if assignment is not None:
        owing = owing.filter(assignment=assignment)
    owed = list(owing)
    if not owed:
        return
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


def renew_due_days(users: Collection[int], *, day: date) -> None:
    """Each active enrollment is due on the earliest day by which an open obligation wants its course."""
    earliest: dict[tuple[int, int], date] = {
        (user, course): due
        for user, course, due in Obligation.objects.filter(user__in=users, state=ObligationState.OPEN)
        .order_by()
        .values_list("user_id", "assignment__courses")
        .annotate(due=Min("due_on"))
    }
    changed, lifted = [], []
    for enrollment in Enrollment.objects.select_for_update(of=("self",)).filter(
        user__in=users, state=EnrollmentState.ACTIVE
    ):
        due = earliest.get((enrollment.user_id, enrollment.course_id))
        if due == enrollment.due_on:
            continue
        if enrollment.due_on and enrollment.due_on < day and (due is None or due >= day):
            lifted.append(enrollment)
        else:
            enrollment.due_on = due
            changed.append(enrollment)
    record_many(lifted, EventKind.DUE_LIFTED, on=day)
    for enrollment in lifted:
        enrollment.due_on = earliest.get((enrollment.user_id, enrollment.course_id))
    Enrollment.objects.bulk_update([*changed, *lifted], ["due_on"], batch_size=BATCH)


def _courses_of(assignments: Iterable[int]) -> dict[int, set[int]]:
    courses: dict[int, set[int]] = defaultdict(set)
    lines = Assignment.courses.through.objects.filter(assignment__in=assignments)
    for assignment, course in lines.values_list("assignment_id", "course_id"):
        courses[assignment].add(course)
    return courses


def _batches(items: Collection[int]) -> Iterable[list[int]]:
    items = list(items)
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
