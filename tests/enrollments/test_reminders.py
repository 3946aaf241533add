"""Reminders: on the days an assignment names, once each, to those who still owe it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from courses.catalog.models import CoursePage
from learning.duties.models import Duty
from learning.enrollments import schedule
from learning.enrollments.flows import Audience, close_assignment, complete_enrollment, remind
from learning.enrollments.models import Assignment, Enrollment
from learning.notices.models import Notice
from learning.organizations.models import Organization
from tests.cast import Cast
from tests.factories.assignments import make_assignment, walk
from tests.factories.people import make_members

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DUE = date(2027, 1, 22)  # sixty days


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-23T03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def assigned(cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization) -> Assignment:
    made = make_assignment(cast.somchai, [course], Audience(organizations=[cooperative]), starts_on=TODAY)
    walk(made, TODAY)
    return made


def test_each_reminder_comes_once_and_in_time_when_the_job_runs_every_morning(assigned: Assignment) -> None:
    told = {}
    for number in range(90):
        day = TODAY + timedelta(days=number)
        if count := remind(today=day):
            told[(day - DUE).days] = count
        assert remind(today=day) == 0
    assert told == {-14: 1, -3: 1, 1: 1, 7: 1}
    assert Notice.objects.count() == 4


def test_a_job_that_slept_over_the_weekend_still_reminds_and_says_how_many_days_are_left(assigned: Assignment) -> None:
    assert remind(today=DUE - timedelta(days=12)) == 1
    assert "12" in Notice.objects.get().title
    assert remind(today=DUE - timedelta(days=11)) == 0


def test_a_reminder_from_before_the_day_is_not_made_up_for_after_it(assigned: Assignment) -> None:
    Assignment.objects.update(reminders=[-1, 1])
    assert remind(today=DUE + timedelta(days=1)) == 1
    assert Notice.objects.get().key.split("-")[2] == "1"


def test_on_the_day_itself_it_says_today(assigned: Assignment) -> None:
    Assignment.objects.update(reminders=[0])
    assert remind(today=DUE) == 1
    assert "0" not in Notice.objects.get().title


def test_nobody_is_reminded_who_is_done_or_whose_account_or_assignment_is_closed(
    cast: Cast, assigned: Assignment, cooperative: Organization
) -> None:
    gone = make_members(cooperative, 1)[0]
    walk(assigned, TODAY)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    complete_enrollment(Enrollment.objects.get(user=cast.malee), by=cast.malee)
    assert remind(today=DUE - timedelta(days=3)) == 0
    type(gone).objects.filter(pk=gone.pk).update(is_active=True)
    assert remind(today=DUE - timedelta(days=3)) == 1
    close_assignment(assigned, by=cast.somchai)
    assert remind(today=DUE + timedelta(days=1)) == 0


def test_a_reminder_goes_by_mail_to_whom_has_an_address(
    cast: Cast, assigned: Assignment, django_capture_on_commit_callbacks: Any
) -> None:
    type(cast.malee).objects.filter(pk=cast.malee.pk).update(email="malee@example.org")
    with (
        time_machine.travel("2027-01-19T03:00:00+00:00", tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert schedule.remind() == 1
    assert [(message.to, assigned.title in message.subject) for message in mail.outbox] == [
        (["malee@example.org"], True)
    ]


def test_twelve_hundred_are_reminded_with_few_queries(
    assigned: Assignment, cooperative: Organization, django_assert_max_num_queries: Any
) -> None:
    make_members(cooperative, 1200)
    walk(assigned, TODAY)
    with django_assert_max_num_queries(30):
        assert remind(today=DUE - timedelta(days=3)) == 1201
