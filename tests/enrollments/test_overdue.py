"""Overdue from the day after the due day, whenever the job that finds it runs; every day adds up."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db.models import Sum

from courses.catalog.models import CoursePage
from learning.duties.models import Duty
from learning.enrollments import flows, schedule
from learning.enrollments.flows import Audience, close_assignment, complete_enrollment, lapse
from learning.enrollments.models import Assignment, Enrollment, EnrollmentEvent
from learning.enrollments.tasks import walk_assignment
from learning.organizations.models import Membership, Organization
from tests.cast import Cast
from tests.factories.assignments import make_assignment, walk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DUE = date(2026, 12, 13)  # twenty days


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-23T03:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def assigned(cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization) -> Assignment:
    made = make_assignment(cast.somchai, [course], Audience(organizations=[cooperative]), starts_on=TODAY, due_days=20)
    walk(made, TODAY)
    return made


def go_to(today: time_machine.Traveller, day: date) -> None:
    today.move_to(f"{day.isoformat()}T03:00:00+00:00")


def overdue_on(day: date) -> int:
    return EnrollmentEvent.objects.filter(on__lte=day).aggregate(sum=Sum("overdue"))["sum"] or 0


def active_on(day: date) -> int:
    return EnrollmentEvent.objects.filter(on__lte=day).aggregate(sum=Sum("active"))["sum"] or 0


def days_overdue(until: date) -> list[date]:
    """Every day of the story on which the sum says one; it must say nought on all others."""
    story = [TODAY + timedelta(days=number) for number in range((until - TODAY).days + 1)]
    assert {overdue_on(day) for day in story} <= {0, 1}
    assert [day for day in story if overdue_on(day) > active_on(day)] == []
    return [day for day in story if overdue_on(day)]


def between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_the_due_day_itself_is_in_time(assigned: Assignment) -> None:
    assert flows.pass_due_days(today=DUE) == 0
    assert flows.pass_due_days(today=DUE + timedelta(days=1)) == 1
    assert flows.pass_due_days(today=DUE + timedelta(days=1)) == 0
    assert Enrollment.objects.get().is_overdue
    assert days_overdue(DUE + timedelta(days=3)) == between(DUE + timedelta(days=1), DUE + timedelta(days=3))


def test_a_job_that_comes_a_week_late_writes_the_right_day(assigned: Assignment) -> None:
    flows.pass_due_days(today=DUE + timedelta(days=8))
    assert EnrollmentEvent.objects.get(kind="overdue").on == DUE + timedelta(days=1)


@pytest.mark.parametrize("job_ran", [True, False])
def test_completing_late_ends_it_whether_or_not_the_job_had_found_it(
    cast: Cast, assigned: Assignment, today: time_machine.Traveller, job_ran: bool
) -> None:
    done = DUE + timedelta(days=5)
    go_to(today, done)
    if job_ran:
        flows.pass_due_days(today=done)
    complete_enrollment(Enrollment.objects.get(), by=cast.malee)
    assert days_overdue(done + timedelta(days=3)) == between(DUE + timedelta(days=1), done - timedelta(days=1))
    assert not Enrollment.objects.get().is_overdue
    assert flows.pass_due_days(today=done + timedelta(days=9)) == 0


@pytest.mark.parametrize("late", [-5, 0])
def test_completing_in_time_is_never_overdue(
    cast: Cast, assigned: Assignment, today: time_machine.Traveller, late: int
) -> None:
    go_to(today, DUE + timedelta(days=late))
    complete_enrollment(Enrollment.objects.get(), by=cast.malee)
    schedule.pass_due_days()
    assert days_overdue(DUE + timedelta(days=9)) == []


@pytest.mark.parametrize("job_ran", [True, False])
def test_lapsing_ends_it_and_taking_up_again_brings_it_back(
    cast: Cast, assigned: Assignment, course: CoursePage, today: time_machine.Traveller, job_ran: bool
) -> None:
    put_aside, taken_up = DUE + timedelta(days=4), DUE + timedelta(days=9)
    go_to(today, put_aside)
    if job_ran:
        schedule.pass_due_days()
    lapse(Enrollment.objects.get(), by=cast.somchai)
    go_to(today, taken_up)
    flows.enroll(course, membership=cast.board_seat, by=cast.malee)
    assert Enrollment.objects.get().is_overdue
    assert schedule.pass_due_days() == 0
    last = taken_up + timedelta(days=2)
    expected = between(DUE + timedelta(days=1), put_aside - timedelta(days=1)) + between(taken_up, last)
    assert days_overdue(last) == expected


def test_lapsed_before_the_day_and_taken_up_after_it_is_overdue_from_that_day(
    cast: Cast, assigned: Assignment, course: CoursePage, today: time_machine.Traveller
) -> None:
    lapse(Enrollment.objects.get(), by=cast.somchai)
    taken_up = DUE + timedelta(days=9)
    go_to(today, taken_up)
    flows.enroll(course, membership=cast.board_seat, by=cast.malee)
    schedule.pass_due_days()
    assert days_overdue(taken_up + timedelta(days=1)) == between(taken_up, taken_up + timedelta(days=1))


def test_a_lapsed_enrollment_is_not_found_overdue(cast: Cast, assigned: Assignment) -> None:
    lapse(Enrollment.objects.get(), by=cast.somchai)
    assert flows.pass_due_days(today=DUE + timedelta(days=9)) == 0


@pytest.mark.parametrize("job_ran", [True, False])
def test_closing_ends_it(cast: Cast, assigned: Assignment, today: time_machine.Traveller, job_ran: bool) -> None:
    closed = DUE + timedelta(days=4)
    go_to(today, closed)
    if job_ran:
        schedule.pass_due_days()
    close_assignment(assigned, by=cast.somchai)
    walk_assignment(assigned.pk)
    assert days_overdue(closed + timedelta(days=2)) == between(DUE + timedelta(days=1), closed - timedelta(days=1))


def test_leaving_the_audience_ends_it_and_a_new_day_after_returning_is_in_time(
    cast: Cast, assigned: Assignment, today: time_machine.Traveller
) -> None:
    Membership.objects.filter(user=cast.malee).update(until=DUE + timedelta(days=3))
    gone = DUE + timedelta(days=4)
    go_to(today, gone)
    schedule.pass_due_days()
    walk(assigned, gone)
    Membership.objects.filter(user=cast.malee).update(until=None)
    back = gone + timedelta(days=5)
    go_to(today, back)
    walk(assigned, back)
    assert Enrollment.objects.get().due_on == back + timedelta(days=14)
    late = back + timedelta(days=16)
    go_to(today, late)
    schedule.pass_due_days()
    expected = between(DUE + timedelta(days=1), gone - timedelta(days=1)) + between(late - timedelta(days=1), late)
    assert days_overdue(late) == expected


def test_a_day_that_had_passed_before_the_enrollment_was_made_is_overdue_from_the_enrollment(
    cast: Cast, assigned: Assignment, course: CoursePage, today: time_machine.Traveller
) -> None:
    EnrollmentEvent.objects.all().delete()
    Enrollment.objects.all().delete()  # as when enrollment in the course was closed all the while
    late = DUE + timedelta(days=10)
    go_to(today, late)
    walk(assigned, late)
    schedule.pass_due_days()
    assert Enrollment.objects.get().is_overdue
    assert days_overdue(late + timedelta(days=1)) == between(late, late + timedelta(days=1))


def test_of_two_days_that_have_both_passed_the_first_counts_once(
    cast: Cast, assigned: Assignment, course: CoursePage, cooperative: Organization, today: time_machine.Traveller
) -> None:
    later = make_assignment(cast.somchai, [course], Audience(organizations=[cooperative]), starts_on=TODAY, due_days=25)
    walk(later, TODAY)
    closed = DUE + timedelta(days=10)
    go_to(today, closed)
    close_assignment(assigned, by=cast.somchai)
    walk_assignment(assigned.pk)
    schedule.pass_due_days()
    assert Enrollment.objects.get().due_on == TODAY + timedelta(days=25)
    assert days_overdue(closed) == between(DUE + timedelta(days=1), closed)
