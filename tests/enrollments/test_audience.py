"""Who comes into the audience of an assignment is enrolled; who leaves it owes nothing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from courses.catalog.models import CoursePage
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.enrollments import schedule
from learning.enrollments.assigning import Walk
from learning.enrollments.flows import (
    Audience,
    close_assignment,
    complete_enrollment,
    enroll,
    enroll_members,
    lapse,
    open_assignment,
    withdraw,
)
from learning.enrollments.models import Assignment, Enrollment, EnrollmentEvent, Obligation
from learning.enrollments.tasks import walk_assignment
from learning.kernel.refusals import Refused
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Membership, Organization
from learning.places.areas import Area
from learning.places.models import District
from tests.cast import Cast
from tests.factories.assignments import make_assignment, walk
from tests.factories.duties import make_duty, promotion_officer
from tests.factories.organizations import make_membership, make_organization
from tests.factories.people import make_members

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-11-23T03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def assigned(cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization) -> Assignment:
    """The course for everybody of malee's cooperative and its groups, not walked yet."""
    return make_assignment(cast.somchai, [course], Audience(organizations=[cooperative]), starts_on=TODAY)


def test_opening_enrolls_nobody_before_the_worker_comes_and_then_everybody(
    cast: Cast, assigned: Assignment, course: CoursePage
) -> None:
    assert Enrollment.objects.count() == 0
    assert walk(assigned, TODAY) == Walk(came=1)
    enrollment, owed = Enrollment.objects.get(), Obligation.objects.get()
    assert (enrollment.user, enrollment.course, enrollment.due_on) == (cast.malee, course, date(2027, 1, 22))
    assert (owed.user, owed.state, owed.due_on, owed.round) == (cast.malee, "open", date(2027, 1, 22), 1)
    assert enrollment.enrolled_by == cast.somchai


def test_the_worker_is_called_when_the_assignment_is_kept(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = make_assignment(cast.somchai, [course], Audience(organizations=[cooperative]), starts_on=TODAY)
    made.refresh_from_db()
    assert (made.audience_count, made.applied_count, made.applied_at) == (1, 1, timezone.now())
    assert Enrollment.objects.count() == 1


def test_a_second_walk_changes_nothing(assigned: Assignment) -> None:
    walk(assigned, TODAY)
    before = list(Enrollment.objects.values()), list(Obligation.objects.values()), EnrollmentEvent.objects.count()
    assert walk(assigned, TODAY) == Walk()
    after = list(Enrollment.objects.values()), list(Obligation.objects.values()), EnrollmentEvent.objects.count()
    assert after == before


def test_an_assignment_of_next_month_waits_for_its_day(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization
) -> None:
    later = make_assignment(
        cast.somchai, [course], Audience(organizations=[cooperative]), starts_on=TODAY + timedelta(days=30)
    )
    assert (walk(later, TODAY), Obligation.objects.count()) == (Walk(), 0)
    assert walk(later, TODAY + timedelta(days=30)).came == 1


def test_positions_kinds_and_places_narrow_the_audience(cast: Cast, officer: Duty, course: CoursePage) -> None:
    area = Area.of(districts=["1804"])
    for positions, kinds, count in (
        ([], [], 1),
        ([Position.BOARD_MEMBER], [], 1),
        ([Position.MANAGER], [], 0),
        ([], [Kind.WOMENS_GROUP], 1),
        ([Position.BOARD_MEMBER], [Kind.WOMENS_GROUP], 0),
    ):
        audience = Audience(area=area, positions=positions, kinds=kinds)
        made = make_assignment(cast.somchai, [course], audience, starts_on=TODAY)
        assert walk(made, TODAY).came == count
    elsewhere = make_assignment(cast.somchai, [course], Audience(area=Area.of(districts=["1801"])), starts_on=TODAY)
    assert walk(elsewhere, TODAY).came == 0


def test_groups_attached_to_an_organization_can_be_left_out(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization
) -> None:
    women = Organization.objects.get(kind=Kind.WOMENS_GROUP)
    make_membership(cast.krit, women)
    for includes, count in ((False, 1), (True, 2)):
        audience = Audience(organizations=[cooperative], includes_groups=includes)
        assert walk(make_assignment(cast.somchai, [course], audience, starts_on=TODAY), TODAY).came == count


def test_who_takes_up_a_position_later_comes_in_with_two_weeks_at_least(
    cast: Cast, assigned: Assignment, cooperative: Organization
) -> None:
    walk(assigned, TODAY)
    make_membership(cast.krit, cooperative, since=date(2027, 1, 20))
    assert walk(assigned, date(2027, 1, 19)).came == 0
    assert walk(assigned, date(2027, 1, 20)).came == 1
    assert Obligation.objects.get(user=cast.krit).due_on == date(2027, 2, 3)


def test_days_counted_from_the_election_begin_with_the_position(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization
) -> None:
    make_membership(cast.krit, cooperative, since=TODAY + timedelta(days=100))
    made = make_assignment(
        cast.somchai, [course], Audience(organizations=[cooperative]), starts_on=TODAY, counts_from="election"
    )
    walk(made, TODAY + timedelta(days=110))
    assert Obligation.objects.get(user=cast.krit).due_on == TODAY + timedelta(days=160)


def test_who_leaves_owes_nothing_and_goes_on_learning(cast: Cast, assigned: Assignment) -> None:
    walk(assigned, TODAY)
    Membership.objects.filter(user=cast.malee).update(until=TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert walk(assigned, tomorrow) == Walk(left=1)
    assert list(Obligation.objects.values_list("state", "lifted_on")) == [("lifted", tomorrow)]
    assert list(Enrollment.objects.values_list("state", "due_on")) == [("active", None)]


def test_who_returns_owes_again_with_a_new_day(cast: Cast, assigned: Assignment) -> None:
    walk(assigned, TODAY)
    Membership.objects.filter(user=cast.malee).update(until=TODAY)
    walk(assigned, TODAY + timedelta(days=1))
    Membership.objects.filter(user=cast.malee).update(until=None)
    back = TODAY + timedelta(days=80)
    assert walk(assigned, back) == Walk(came=1)
    owed = Obligation.objects.get()
    assert (owed.state, owed.due_on, owed.lifted_on, owed.round) == ("open", back + timedelta(days=14), None, 1)


def test_members_of_an_organization_that_ended_and_closed_accounts_are_in_no_audience(
    cast: Cast, assigned: Assignment, cooperative: Organization
) -> None:
    make_membership(cast.krit, cooperative)
    type(cast.krit).objects.filter(pk=cast.krit.pk).update(is_active=False)
    walk(assigned, TODAY)
    assert list(Obligation.objects.values_list("user", flat=True)) == [cast.malee.pk]
    Organization.objects.filter(pk=cooperative.pk).update(state="dissolved", ended_on=TODAY)
    Membership.objects.filter(organization__parent=cooperative).update(until=TODAY)
    assert walk(assigned, TODAY + timedelta(days=1)).left == 1


def test_completing_fulfils_and_what_was_completed_before_counts(
    cast: Cast, assigned: Assignment, course: CoursePage
) -> None:
    walk(assigned, TODAY)
    complete_enrollment(Enrollment.objects.get(), by=cast.malee)
    assert list(Obligation.objects.values_list("state", "done_on")) == [("done", TODAY)]
    again = make_assignment(cast.somchai, [course], audience_of_malee(assigned), starts_on=TODAY)
    walk(again, TODAY + timedelta(days=5))
    assert Obligation.objects.get(assignment=again).done_on == TODAY
    assert Enrollment.objects.count() == 1


def audience_of_malee(assigned: Assignment) -> Audience:
    return Audience(organizations=list(assigned.organizations.all()))


def test_when_the_hours_are_reached_the_other_courses_are_no_longer_due(
    cast: Cast, officer: Duty, course: CoursePage, ledger: CoursePage, cooperative: Organization
) -> None:
    made = make_assignment(
        cast.somchai, [course, ledger], Audience(organizations=[cooperative]), starts_on=TODAY,
        required_hours=Decimal(3),
    )  # fmt: skip
    walk(made, TODAY)
    assert Enrollment.objects.filter(due_on__isnull=False).count() == 2
    complete_enrollment(Enrollment.objects.get(course=course), by=cast.malee)
    assert Obligation.objects.get().state == "done"
    assert Enrollment.objects.get(course=ledger).due_on is None


def test_of_two_assignments_the_earlier_day_stands_on_the_enrollment(
    cast: Cast, assigned: Assignment, course: CoursePage
) -> None:
    sooner = make_assignment(cast.somchai, [course], audience_of_malee(assigned), starts_on=TODAY, due_days=20)
    for one in (assigned, sooner):
        walk(one, TODAY)
    assert Enrollment.objects.get().due_on == TODAY + timedelta(days=20)
    close_assignment(sooner, by=cast.somchai)
    walk_assignment(sooner.pk)
    assert Enrollment.objects.get().due_on == TODAY + timedelta(days=60)


def test_an_assigned_course_cannot_be_left_and_one_that_is_no_longer_due_can(cast: Cast, assigned: Assignment) -> None:
    walk(assigned, TODAY)
    with pytest.raises(Refused) as refused:
        withdraw(Enrollment.objects.get(), by=cast.malee)
    assert refused.value.status == 409
    close_assignment(assigned, by=cast.somchai)
    walk_assignment(assigned.pk)
    withdraw(Enrollment.objects.get(), by=cast.malee)
    assert Enrollment.objects.get().state == "withdrawn"


def test_whoever_enrolls_in_an_owed_course_by_themselves_has_its_day_at_once(
    cast: Cast, assigned: Assignment, course: CoursePage
) -> None:
    CoursePage.objects.filter(pk=course.pk).update(enrollment_opens_on=TODAY + timedelta(days=1))
    walk(assigned, TODAY)
    assert (Enrollment.objects.count(), Obligation.objects.count()) == (0, 1)
    CoursePage.objects.filter(pk=course.pk).update(enrollment_opens_on=None)
    enroll(CoursePage.objects.get(pk=course.pk), membership=cast.board_seat, by=cast.malee)
    assert Enrollment.objects.get().due_on == date(2027, 1, 22)


def test_a_lapsed_enrollment_taken_up_again_loses_the_day_of_an_assignment_that_was_closed(
    cast: Cast, assigned: Assignment, course: CoursePage
) -> None:
    walk(assigned, TODAY)
    lapse(Enrollment.objects.get(), by=cast.somchai)
    close_assignment(assigned, by=cast.somchai)
    walk_assignment(assigned.pk)
    again = enroll(course, membership=cast.board_seat, by=cast.malee)
    again.refresh_from_db()
    assert (again.state, again.due_on) == ("active", None)


def test_closing_lifts_in_the_worker_and_a_walk_that_was_late_brings_nobody_in(
    cast: Cast, assigned: Assignment, cooperative: Organization
) -> None:
    walk(assigned, TODAY)
    late = Assignment.objects.get(pk=assigned.pk)  # as a worker read it before the closing
    closed = close_assignment(assigned, by=cast.somchai)
    assert (closed.state, close_assignment(assigned, by=cast.somchai).closed_at) == ("closed", closed.closed_at)
    make_membership(cast.krit, cooperative)
    from learning.enrollments.assigning import walk_audience

    walk_audience(late, day=TODAY)
    assert Obligation.objects.filter(user=cast.krit).count() == 0
    assert schedule.walk_assignments() == 0  # the hourly job finds what a killed worker left
    assert list(Obligation.objects.values_list("state", flat=True)) == ["lifted"]


def test_only_an_officer_whose_area_holds_the_whole_audience_opens_and_closes(
    cast: Cast, assigned: Assignment, course: CoursePage, cooperative: Organization
) -> None:
    promotion_officer(cast.krit, "สรรพยา", number=8)
    make_duty(cast.wipa, Role.COORDINATOR, cooperative)
    chiang_mai = Organization.objects.get(province__name="เชียงใหม่")
    for by, audience in (
        (cast.somchai, Audience(organizations=[cooperative, chiang_mai])),
        (cast.somchai, Audience(area=Area.of(provinces=["18", "50"]))),
        (cast.somchai, Audience(area=Area(is_country=True))),
        (cast.somchai, Audience()),
        (cast.krit, Audience(area=Area.of(provinces=["18"]))),
        (cast.krit, Audience(area=Area.of(districts=["1801"]))),
        (cast.wipa, Audience(organizations=[cooperative])),
        (cast.malee, Audience(organizations=[cooperative])),
    ):
        with pytest.raises(Refused) as refused:
            open_assignment(title="x", courses=[course], audience=audience, starts_on=TODAY, due_days=60, by=by)
        assert refused.value.status == 403
    province = make_assignment(cast.somchai, [course], Audience(area=Area.of(provinces=["18"])), starts_on=TODAY)
    for by, assignment in ((cast.krit, province), (cast.wipa, assigned), (cast.malee, assigned)):
        with pytest.raises(Refused) as refused:
            close_assignment(assignment, by=by)
        assert refused.value.status == 403
    assert close_assignment(assigned, by=cast.krit).state == "closed"  # a successor may


def test_an_audience_of_twelve_hundred_is_walked_in_batches_with_few_queries(
    cast: Cast, assigned: Assignment, cooperative: Organization, django_assert_max_num_queries: Any
) -> None:
    make_members(cooperative, 1200)
    with django_assert_max_num_queries(120):
        assert walk(assigned, TODAY).came == 1201
    assigned.refresh_from_db()
    assert (assigned.audience_count, assigned.applied_count) == (1201, 1201)
    assert Enrollment.objects.filter(due_on=date(2027, 1, 22)).count() == 1201
    with django_assert_max_num_queries(80):
        assert walk(assigned, TODAY) == Walk()


def test_the_district_of_a_group_decides_over_places(cast: Cast, officer: Duty, course: CoursePage) -> None:
    away = make_organization("กลุ่มสตรีมโนรมย์", kind=Kind.WOMENS_GROUP, district=District.objects.get(name="มโนรมย์"))
    make_membership(cast.krit, away)
    made = make_assignment(
        cast.somchai, [course], Audience(area=Area.of(districts=[away.district_id])), starts_on=TODAY
    )
    walk(made, TODAY)
    assert list(Obligation.objects.values_list("user", flat=True)) == [cast.krit.pk]


def test_enrolling_members_gives_the_day_that_an_assignment_asks_for(
    cast: Cast, assigned: Assignment, course: CoursePage, cooperative: Organization
) -> None:
    CoursePage.objects.filter(pk=course.pk).update(enrollment_opens_on=TODAY + timedelta(days=1))
    walk(assigned, TODAY)
    CoursePage.objects.filter(pk=course.pk).update(enrollment_opens_on=None)
    enroll_members(
        CoursePage.objects.get(pk=course.pk), organization=cooperative, people=[cast.malee.pk], by=cast.somchai
    )
    assert Enrollment.objects.get().due_on == date(2027, 1, 22)
