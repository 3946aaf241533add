"""What was learnt holds for a while, or for a term of office; then it begins anew and nothing of before is lost."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from certification.models import Certificate
from courses.catalog.models import CoursePage
from learning.duties.models import Duty
from learning.enrollments.assigning import Walk
from learning.enrollments.flows import Audience, complete_enrollment, enroll
from learning.enrollments.models import Assignment, Enrollment, EnrollmentEvent, Obligation
from learning.enrollments.queries import current_enrollment
from learning.organizations.choices import Position
from learning.organizations.models import Membership, Organization
from learning.progress.models import LessonCompletion
from learning.progress.queries import progress_of
from tests.cast import Cast
from tests.factories.assignments import make_assignment, walk
from tests.factories.learning import read_everything, sit_test
from tests.factories.organizations import make_membership, make_organization

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BOARD = Position.BOARD_MEMBER


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-23T03:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def yearly(cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization) -> Assignment:
    """The course for the board, to be learnt anew after twelve months."""
    audience = Audience(organizations=[cooperative], positions=[BOARD])
    return make_assignment(cast.somchai, [course], audience, starts_on=TODAY, validity_months=12)


@pytest.fixture
def each_term(cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization) -> Assignment:
    """The course for the board, anew with each term."""
    audience = Audience(organizations=[cooperative], positions=[BOARD])
    return make_assignment(cast.somchai, [course], audience, starts_on=TODAY, renews_each_term=True)


def rounds() -> list[tuple[object, ...]]:
    return list(Obligation.objects.order_by("round").values_list("round", "state", "done_on", "counts_since", "due_on"))


def test_after_its_validity_a_course_begins_anew_with_its_lessons_and_the_certificate_stays(
    cast: Cast, yearly: Assignment, course: CoursePage, today: time_machine.Traveller
) -> None:
    walk(yearly, TODAY)
    first = Enrollment.objects.get()
    read_everything(first, by=cast.malee)
    sit_test(first, by=cast.malee)
    owed = Obligation.objects.get()
    assert (owed.state, owed.done_on, owed.expires_on) == ("done", TODAY, date(2027, 11, 23))
    assert walk(yearly, date(2027, 11, 22)) == Walk()
    expiry = date(2027, 11, 23)
    today.move_to("2027-11-23T03:00:00+00:00")
    assert walk(yearly, expiry) == Walk(began_anew=1)
    first.refresh_from_db()
    second = current_enrollment(cast.malee, course.pk)
    assert second is not None
    assert (first.state, first.renewed_at is not None, second.pk != first.pk, second.state) == (
        "completed", True, True, "active",
    )  # fmt: skip
    assert LessonCompletion.objects.filter(enrollment=first).count() == 3
    assert progress_of(second).percent == 0
    assert Certificate.objects.get().enrollment == first
    assert rounds()[1] == (2, "open", None, expiry, expiry + timedelta(days=60))
    assert second.due_on == expiry + timedelta(days=60)
    assert walk(yearly, expiry) == Walk()
    read_everything(second, by=cast.malee)
    sit_test(second, by=cast.malee)
    assert Certificate.objects.count() == 2
    assert Obligation.objects.get(round=2).expires_on == date(2028, 11, 23)


def test_a_completion_older_than_the_validity_is_not_counted_at_the_beginning(
    cast: Cast, yearly: Assignment, course: CoursePage
) -> None:
    old = enroll(course, membership=cast.board_seat, by=cast.malee)
    with time_machine.travel("2025-06-01T03:00:00+00:00"):
        complete_enrollment(old, by=cast.malee)
    walk(yearly, TODAY)
    assert rounds() == [(1, "open", None, date(2025, 11, 23), date(2027, 1, 22))]
    assert Enrollment.objects.filter(state="active", renewed_at=None).count() == 1


def test_a_completion_within_the_validity_counts_and_expires_by_its_own_day(
    cast: Cast, yearly: Assignment, course: CoursePage
) -> None:
    recent = enroll(course, membership=cast.board_seat, by=cast.malee)
    with time_machine.travel("2026-06-01T03:00:00+00:00"):
        complete_enrollment(recent, by=cast.malee)
    walk(yearly, TODAY)
    owed = Obligation.objects.get()
    assert (owed.state, owed.done_on, owed.expires_on) == ("done", date(2026, 6, 1), date(2027, 6, 1))
    assert Enrollment.objects.count() == 1


def test_who_returns_after_years_does_not_fulfil_with_what_has_expired(
    cast: Cast, yearly: Assignment, course: CoursePage, today: time_machine.Traveller
) -> None:
    walk(yearly, TODAY)
    Membership.objects.filter(pk=cast.board_seat.pk).update(until=TODAY)
    walk(yearly, TODAY + timedelta(days=1))
    complete_enrollment(Enrollment.objects.get(), by=cast.malee)
    Membership.objects.filter(user=cast.malee, position=BOARD).update(until=None)
    back = date(2028, 12, 1)
    today.move_to("2028-12-01T03:00:00+00:00")
    assert walk(yearly, back).came == 1
    assert rounds() == [(1, "open", None, date(2027, 12, 1), back + timedelta(days=14))]


def test_a_new_term_begins_anew_with_all_its_days(
    cast: Cast, each_term: Assignment, cooperative: Organization, today: time_machine.Traveller
) -> None:
    walk(each_term, TODAY)
    complete_enrollment(Enrollment.objects.get(), by=cast.malee)
    seat = cast.board_seat
    elected = date(2027, 12, 1)
    Membership.objects.filter(pk=seat.pk).update(until=elected - timedelta(days=1))
    second = make_membership(cast.malee, cooperative, position=BOARD, since=elected, term_number=2)
    today.move_to("2027-12-05T03:00:00+00:00")
    assert walk(each_term, date(2027, 12, 5)) == Walk(began_anew=1)
    assert rounds()[1] == (2, "open", None, elected, elected + timedelta(days=60))
    assert Obligation.objects.get(round=2).membership == second
    assert Enrollment.objects.filter(state="active").count() == 1


def test_a_new_term_is_seen_also_behind_an_older_seat_in_another_organization(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization, today: time_machine.Traveller
) -> None:
    make_membership(cast.malee, other := make_organization("สหกรณ์ร้านค้าชัยนาท จำกัด", kind="store"), position=BOARD,
                    since=date(2020, 1, 1))  # fmt: skip
    audience = Audience(organizations=[cooperative, other], positions=[BOARD])
    made = make_assignment(cast.somchai, [course], audience, starts_on=TODAY, renews_each_term=True)
    walk(made, TODAY)
    complete_enrollment(Enrollment.objects.get(), by=cast.malee)
    Membership.objects.filter(pk=Membership.objects.get(organization=cooperative).pk).update(until=date(2027, 11, 30))
    make_membership(cast.malee, cooperative, position=BOARD, since=date(2027, 12, 1))
    today.move_to("2027-12-05T03:00:00+00:00")
    assert walk(made, date(2027, 12, 5)).began_anew == 1
    assert walk(made, date(2027, 12, 6)) == Walk()


def test_the_same_seat_never_begins_anew_though_the_course_was_completed_before_it(
    cast: Cast, each_term: Assignment, course: CoursePage
) -> None:
    early = enroll(course, membership=cast.board_seat, by=cast.malee)
    with time_machine.travel("2025-06-01T03:00:00+00:00"):
        complete_enrollment(early, by=cast.malee)
    walk(each_term, TODAY)
    assert [row[:3] for row in rounds()] == [(1, "done", date(2025, 6, 1))]
    assert walk(each_term, TODAY + timedelta(days=1)) == Walk()


def test_without_validity_or_terms_once_is_enough_for_ever(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization
) -> None:
    made = make_assignment(cast.somchai, [course], Audience(organizations=[cooperative]), starts_on=TODAY)
    walk(made, TODAY)
    complete_enrollment(Enrollment.objects.get(), by=cast.malee)
    assert walk(made, date(2046, 1, 1)) == Walk()
    assert EnrollmentEvent.objects.filter(kind="enrolled").count() == 1


def test_a_renewed_enrollment_is_no_longer_the_current_one_of_the_course(
    cast: Cast, yearly: Assignment, course: CoursePage, today: time_machine.Traveller
) -> None:
    walk(yearly, TODAY)
    complete_enrollment(Enrollment.objects.get(), by=cast.malee)
    today.move_to("2027-11-23T03:00:00+00:00")
    walk(yearly, date(2027, 11, 23))
    again = enroll(course, membership=cast.board_seat, by=cast.malee)
    assert again == Enrollment.objects.get(renewed_at=None)
    assert Enrollment.objects.count() == 2
