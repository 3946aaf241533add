"""A cooperative merges or is dissolved while its people are in the midst of what they owe."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.catalog.models import CoursePage
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.enrollments.flows import Audience
from learning.enrollments.models import Enrollment, Obligation
from learning.enrollments.queries import visible_to
from learning.organizations.choices import Position
from learning.organizations.flows import dissolve_organization, merge_organizations
from learning.organizations.models import Membership
from learning.places.areas import Area
from tests.cast import Cast
from tests.factories.assignments import make_assignment, walk
from tests.factories.learning import enroll_malee, read_everything, sit_test
from tests.factories.organizations import make_membership, make_organization

pytestmark = pytest.mark.django_db


def test_a_position_of_today_through_which_something_is_owed_outlives_a_merger_by_that_day(
    cast: Cast, course: CoursePage
) -> None:
    today = timezone.localdate()
    ending, staying = make_organization("สหกรณ์ควบ จำกัด"), make_organization("สหกรณ์รับควบ จำกัด")
    seat = make_membership(cast.krit, ending, position=Position.BOARD_MEMBER, since=today)
    audience = Audience(Area.of(provinces=["18"]), positions=[Position.BOARD_MEMBER])
    assignment = make_assignment(cast.somchai, [course], audience, starts_on=today)
    walk(assignment, today)
    assert Obligation.objects.get(user=cast.krit).membership == seat
    merge_organizations([ending], into=staying, on=today, by=cast.somchai)
    seat.refresh_from_db()
    assert (seat.since, seat.until) == (today, today)
    walk(assignment, today)
    owed = Obligation.objects.get(user=cast.krit)
    enrollment = Enrollment.objects.get(user=cast.krit)
    assert (owed.state, enrollment.state, enrollment.due_on) == ("lifted", "active", None)


@pytest.mark.parametrize("ends", ["merges", "is dissolved"])
def test_who_is_in_the_midst_of_a_course_completes_it_for_the_organization_of_enrolling(
    cast: Cast, course: CoursePage, ends: str
) -> None:
    ending = cast.board_seat.organization
    enrollment = enroll_malee(cast, course)
    if ends == "merges":
        staying = make_organization("สหกรณ์รับควบ จำกัด")
        merge_organizations([ending], into=staying, on=timezone.localdate(), by=cast.somchai)
    else:
        dissolve_organization(ending, on=timezone.localdate(), by=cast.somchai)
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.organization) == ("completed", ending)
    assert enrollment.certificate is not None
    assert ending.name in enrollment.certificate.holder_role


def test_the_coordinator_of_the_successor_follows_those_who_came_in_the_midst_of_a_course(
    cast: Cast, course: CoursePage
) -> None:
    ending, staying = cast.board_seat.organization, make_organization("สหกรณ์รับควบ จำกัด")
    enrollment = enroll_malee(cast, course)
    since = timezone.localdate() - timedelta(days=30)
    Duty.objects.create(user=cast.krit, role=Role.COORDINATOR, organization=staying, since=since)
    assert list(visible_to(cast.krit)) == []
    merge_organizations([ending], into=staying, on=timezone.localdate(), by=cast.somchai)
    assert list(visible_to(cast.krit)) == [enrollment]
    assert Membership.objects.filter(organization=staying, user=cast.malee).count() == 0, "a seat does not go on"
