"""Saying who must learn what, by when; and what the calendar does with it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from cms.after_commit import queue_after_commit
from cms.thai.dates import format_be
from courses.catalog.models import CoursePage
from learning.enrollments import tasks
from learning.enrollments.assigning import walk_audience
from learning.enrollments.audiences import Audience
from learning.enrollments.choices import ASSIGNMENT_TRANSITIONS, AssignmentState, CountsFrom, ObligationState
from learning.enrollments.events import record_overdue
from learning.enrollments.models import Assignment, AssignmentCourse, Obligation
from learning.enrollments.models.assignment import usual_reminders
from learning.enrollments.queries import open_assignments, without_overdue_event
from learning.enrollments.rules import may_assign_to, may_close_assignment
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.notices.flows import Message, send_notices
from learning.people.models import User
from learning.places.models import District, Province

__all__ = [
    "Audience",
    "close_assignment",
    "open_assignment",
    "pass_due_days",
    "remind",
    "walk_audience",
]
BATCH = 1000
# A job that did not run for a weekend still reminds on Monday.
REMINDER_DAYS_LATE = 2


@transaction.atomic
def open_assignment(
    *,
    title: str,
    courses: Sequence[CoursePage],
    audience: Audience,
    starts_on: date,
    due_days: int,
    counts_from: str = CountsFrom.DATE,
    reason: str = "",
    reminders: Sequence[int] | None = None,
    required_hours: Decimal | None = None,
    validity_months: int | None = None,
    renews_each_term: bool = False,
    by: User,
) -> Assignment:
    """Say who must learn what, by when. The audience is walked after commit, by the worker.

    Raises Refused when the audience is not wholly inside the area for which `by` may assign today.
    """
    if not may_assign_to(by, audience):
        raise Refused(
            _("You may assign learning only to organizations of your own area. Choose from your area."),
            status=HTTPStatus.FORBIDDEN,
        )
    if not courses:
        raise Refused(_("Choose at least one course."), status=HTTPStatus(422))
    assignment = Assignment.objects.create(
        title=title,
        reason=reason,
        positions=[str(position) for position in audience.positions],
        kinds=[str(kind) for kind in audience.kinds],
        is_country=audience.area.is_country,
        includes_groups=audience.includes_groups,
        starts_on=starts_on,
        counts_from=counts_from,
        due_days=due_days,
        reminders=sorted(usual_reminders() if reminders is None else reminders),
        required_hours=required_hours,
        validity_months=validity_months,
        renews_each_term=renews_each_term,
        created_by=by,
    )
    AssignmentCourse.objects.bulk_create(
        AssignmentCourse(assignment=assignment, course=course, position=place)
        for place, course in enumerate(dict.fromkeys(courses))
    )
    assignment.provinces.set(Province.objects.filter(pk__in=audience.area.provinces))
    assignment.districts.set(District.objects.filter(pk__in=audience.area.districts))
    assignment.organizations.set(audience.organizations)
    log(assignment, "enrollments.assign", user=by)
    queue_after_commit(tasks.walk_assignment, assignment.pk)
    return assignment


@transaction.atomic
def close_assignment(assignment: Assignment, *, by: User) -> Assignment:
    """Nobody else is enrolled or reminded; who learns goes on without a due day, which the worker sees to."""
    if not may_close_assignment(by, assignment):
        raise Refused(
            _("You may close only assignments whose whole audience is in your own area."), status=HTTPStatus.FORBIDDEN
        )
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if not assignment.is_open:
        return assignment
    move(assignment, AssignmentState.CLOSED, transitions=ASSIGNMENT_TRANSITIONS, stamp="closed_at")
    log(assignment, "enrollments.close_assignment", user=by)
    queue_after_commit(tasks.walk_assignment, assignment.pk)
    return assignment


def pass_due_days(*, today: date) -> int:
    """Enrollments whose due day has passed are overdue from the day after it. Gives how many."""
    count = 0
    while True:
        with transaction.atomic():
            found = list(without_overdue_event(today=today).select_for_update().order_by("pk")[:BATCH])
            record_overdue(found)
        count += len(found)
        if len(found) < BATCH:
            return count


def remind(*, today: date) -> int:
    """Tell who owes something, on the days that each open assignment names. Gives how many were told."""
    count = 0
    for assignment in open_assignments():
        for offset in assignment.reminders:
            latest = today - timedelta(days=offset)
            earliest = latest - timedelta(days=REMINDER_DAYS_LATE)
            if offset <= 0:  # a reminder before the day is not made up for after it
                earliest = max(earliest, today)
            owing = (
                Obligation.objects.filter(
                    assignment=assignment,
                    state=ObligationState.OPEN,
                    due_on__range=(earliest, latest),
                    user__is_active=True,
                )
                .select_related("user")
                .order_by("pk")
            )
            count += send_notices(_reminder(assignment, obligation, offset, today) for obligation in owing.iterator())
    return count


def _reminder(assignment: Assignment, obligation: Obligation, offset: int, today: date) -> Message:
    """Late reminders say how late it is today; each offset is told once."""
    with translation.override(settings.LANGUAGE_CODE):
        days = (obligation.due_on - today).days
        day = format_be(obligation.due_on)
        if days == 0:
            title = _("Due today: %(title)s") % {"title": assignment.title}
            text = _("Please complete “%(title)s” by %(day)s. Your place is kept; go on where you stopped.")
        elif days > 0:
            title = ngettext("%(days)d day left: %(title)s", "%(days)d days left: %(title)s", days) % {
                "days": days,
                "title": assignment.title,
            }
            text = _("Please complete “%(title)s” by %(day)s. Your place is kept; go on where you stopped.")
        else:
            title = _("Overdue: %(title)s") % {"title": assignment.title}
            text = _("“%(title)s” was due on %(day)s. You can still complete it: your place is kept.")
        return Message(
            obligation.user,
            key=f"obligation-{obligation.pk}-{offset}-{obligation.due_on.isoformat()}",
            title=title,
            text=text % {"title": assignment.title, "day": day},
            url=reverse("desk:home"),
        )
