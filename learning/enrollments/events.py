"""What each event changes in the counts: the one table behind every report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from learning.enrollments.choices import EventKind
from learning.enrollments.models import Enrollment, EnrollmentEvent


@dataclass(frozen=True, slots=True)
class Delta:
    enrolled: int = 0
    active: int = 0
    completed: int = 0


DELTAS: dict[str, Delta] = {
    EventKind.ENROLLED: Delta(enrolled=1, active=1),
    EventKind.COMPLETED: Delta(active=-1, completed=1),
    EventKind.WITHDRAWN: Delta(active=-1),
    EventKind.LAPSED: Delta(active=-1),
    EventKind.REOPENED: Delta(active=1),
    EventKind.OVERDUE: Delta(),
    EventKind.DUE_LIFTED: Delta(),
}


ENDS_OVERDUE = frozenset({EventKind.COMPLETED, EventKind.WITHDRAWN, EventKind.LAPSED, EventKind.DUE_LIFTED})


def is_overdue_on(due_on: date | None, day: date) -> bool:
    """The due day itself is still in time."""
    return due_on is not None and due_on < day


def record(enrollment: Enrollment, kind: str, *, on: date) -> None:
    """Add what happened to one enrollment; the row itself has its new state already."""
    record_many([enrollment], kind, on=on)


def record_many(enrollments: Iterable[Enrollment], kind: str, *, on: date) -> None:
    """The same for many, in at most two writes.

    Whether the due day had passed is settled first, so that a job that came late leaves no gap.
    """
    events: list[EnrollmentEvent] = []
    changed: list[Enrollment] = []
    for enrollment in enrollments:
        was_overdue = enrollment.is_overdue
        if kind in ENDS_OVERDUE:
            if not was_overdue and is_overdue_on(enrollment.due_on, on):
                events.append(_overdue_event(enrollment))
                was_overdue = True
            overdue = -int(was_overdue)
            enrollment.is_overdue = False
        else:
            may_be_late = kind in (EventKind.REOPENED, EventKind.OVERDUE)
            overdue = int(may_be_late and not was_overdue and is_overdue_on(enrollment.due_on, on))
            enrollment.is_overdue = was_overdue or bool(overdue)
        events.append(_event(enrollment, kind, on=on, overdue=overdue))
        if was_overdue != enrollment.is_overdue:
            changed.append(enrollment)
    EnrollmentEvent.objects.bulk_create(events, batch_size=1000)
    if changed:
        Enrollment.objects.bulk_update(changed, ["is_overdue"], batch_size=500)


def record_overdue(enrollments: Iterable[Enrollment]) -> None:
    """Add the event of the day after the due day, whenever the job that finds it runs."""
    found = list(enrollments)
    if not found:
        return
    EnrollmentEvent.objects.bulk_create((_overdue_event(one) for one in found), batch_size=1000)
    Enrollment.objects.filter(pk__in=[one.pk for one in found]).update(is_overdue=True)
    for one in found:
        one.is_overdue = True


def _overdue_event(enrollment: Enrollment) -> EnrollmentEvent:
    assert enrollment.due_on is not None
    return _event(enrollment, EventKind.OVERDUE, on=enrollment.due_on + timedelta(days=1), overdue=1)


def _event(enrollment: Enrollment, kind: str, *, on: date, overdue: int) -> EnrollmentEvent:
    delta = DELTAS[kind]
    return EnrollmentEvent(
        enrollment=enrollment,
        kind=kind,
        on=on,
        enrolled=delta.enrolled,
        active=delta.active,
        completed=delta.completed,
        overdue=overdue,
        hours=enrollment.hours if kind == EventKind.COMPLETED else Decimal(0),
    )
