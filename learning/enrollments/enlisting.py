"""Enrollment rows made, taken up again and renewed, for one person or for fifty thousand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.catalog.models import CoursePage
from learning.enrollments.choices import CURRENT, TRANSITIONS, EnrollmentState, EventKind
from learning.enrollments.events import record_many
from learning.enrollments.models import Enrollment
from learning.kernel.states import move
from learning.organizations.choices import Position
from learning.organizations.models import Membership
from learning.people.models import User


@dataclass
class Enlisted:
    """What became of a list of people: ids of users."""

    new: list[int] = field(default_factory=list)
    reopened: list[int] = field(default_factory=list)
    already: list[int] = field(default_factory=list)


def new_enrollment(course: CoursePage, membership: Membership, *, by: User | None) -> Enrollment:
    """An unsaved enrollment with the facts of this moment; the membership has its user and organization loaded."""
    organization, person = membership.organization, membership.user
    return Enrollment(
        user=person,
        course=course,
        organization=organization,
        position=membership.position,
        kind=organization.kind,
        parent_id=organization.parent_id,
        province_id=organization.province_id,
        district_id=organization.district_id,
        gender=person.gender,
        birth_year=person.birth_year,
        enrolled_by=by,
    )


def enlist(
    course: CoursePage,
    memberships: Iterable[Membership],
    *,
    by: User | None,
    counts_since: Mapping[int, date | None] | None = None,
) -> Enlisted:
    """Enroll one person per membership; who learns already stays as they are. Inside a transaction.

    `counts_since` (user → day): a completion before that day is renewed by a further enrollment.
    """
    wanted = {membership.user_id: membership for membership in memberships}
    held = {
        one.user_id: one
        for one in Enrollment.objects.select_for_update(of=("self",)).filter(
            course=course, user__in=wanted, state__in=CURRENT, renewed_at__isnull=True
        )
    }
    result, renewed, reopened = Enlisted(), [], []
    for user_id, enrollment in held.items():
        since = (counts_since or {}).get(user_id)
        if enrollment.state == EnrollmentState.LAPSED:
            move(enrollment, EnrollmentState.ACTIVE, transitions=TRANSITIONS, ended_at=None)
            reopened.append(enrollment)
        elif since and enrollment.completed_at and timezone.localdate(enrollment.completed_at) < since:
            renewed.append(enrollment.pk)
        else:
            result.already.append(user_id)
    today = timezone.localdate()
    record_many(reopened, EventKind.REOPENED, on=today)
    result.reopened = [one.user_id for one in reopened]
    Enrollment.objects.filter(pk__in=renewed).update(renewed_at=timezone.now())
    kept = {*result.already, *result.reopened}
    rows = [new_enrollment(course, one, by=by) for user_id, one in wanted.items() if user_id not in kept]
    made = _insert(rows)
    record_many(made, EventKind.ENROLLED, on=today)
    result.new = [one.user_id for one in made]
    result.already += [one.user_id for one in rows if one.pk is None]
    return result


def one_seat_each(memberships: Iterable[Membership]) -> list[Membership]:
    """Of a person's positions in one organization the one that counts: any before plain membership, then the oldest."""
    best: dict[int, Membership] = {}
    for one in memberships:
        kept = best.get(one.user_id)
        if kept is None or _weight(one) < _weight(kept):
            best[one.user_id] = one
    return list(best.values())


def _weight(membership: Membership) -> tuple[bool, date, int]:
    return membership.position == Position.MEMBER, membership.since, membership.pk


def _insert(rows: list[Enrollment]) -> list[Enrollment]:
    """Insert all at once; when somebody enrolls at the same moment, one by one, leaving out whom they have."""
    try:
        with transaction.atomic():
            return Enrollment.objects.bulk_create(rows, batch_size=500)
    except IntegrityError:
        made = []
        for row in rows:
            row.pk = None
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except IntegrityError:
                row.pk = None
            else:
                made.append(row)
        return made
