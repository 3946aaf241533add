"""A person enrolls once, as a member of one organization of today."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry

from courses.catalog.models import CoursePage
from learning.enrollments.flows import enroll
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.organizations.models import Membership
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.organizations import make_membership, make_organization

pytestmark = pytest.mark.django_db
ENROLL, RESUME = "/enroll/control/", "/my/courses/control/continue/"
NOT_A_MEMBER = "You are not a member of this organization today. Choose another."


def test_the_page_offers_every_organization_of_today_and_chooses_none_wrongly(
    malee: Client, cast: Cast, course: CoursePage
) -> None:
    page = malee.get(ENROLL)
    assert page.status_code == 200
    offered = [radio.data["value"].instance for radio in page.context["form"]["membership"]]
    assert offered == list(Membership.objects.filter(user=cast.malee))


def test_enrolling_keeps_the_organization_position_and_place_of_that_moment(
    malee: Client, cast: Cast, course: CoursePage
) -> None:
    seat = cast.board_seat
    assert malee.post(ENROLL, {"membership": seat.pk})["Location"] == RESUME
    row = Enrollment.objects.get()
    assert (row.user, row.course, row.state) == (cast.malee, course, "active")
    assert (row.organization, row.position) == (seat.organization, "board_member")
    assert (row.province.name, row.district.name) == ("ชัยนาท", "สรรพยา")


def test_a_second_click_gives_the_same_enrollment(malee: Client, cast: Cast, course: CoursePage) -> None:
    answers = [malee.post(ENROLL, {"membership": cast.board_seat.pk})["Location"] for _ in range(2)]
    assert answers == [RESUME, RESUME]
    assert Enrollment.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="enrollments.enroll").count() == 1


def test_who_is_enrolled_is_led_to_the_lessons_instead_of_the_form(
    malee: Client, cast: Cast, course: CoursePage
) -> None:
    enroll(course, membership=cast.board_seat, by=cast.malee)
    assert malee.get(ENROLL)["Location"] == RESUME


def test_the_membership_of_somebody_else_is_no_choice(malee: Client, cast: Cast, course: CoursePage) -> None:
    foreign = Membership.objects.get(user=cast.krit)
    response = malee.post(ENROLL, {"membership": foreign.pk})
    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"membership": [gettext(NOT_A_MEMBER)]}
    with pytest.raises(Refused) as refused:
        enroll(course, membership=foreign, by=cast.malee)
    assert (refused.value.status, refused.value.way_on) == (403, reverse("organizations:memberships"))
    assert Enrollment.objects.count() == 0


@pytest.mark.parametrize(
    "days", [{"until": date(2026, 1, 1)}, {"since": date(2999, 1, 1)}], ids=["ended", "not yet begun"]
)
def test_a_membership_that_does_not_hold_today_is_no_choice(
    malee: Client, cast: Cast, course: CoursePage, days: dict[str, Any]
) -> None:
    past = make_membership(cast.malee, make_organization("สหกรณ์บริการทุ่งทอง จำกัด", kind="service"), **days)
    assert malee.post(ENROLL, {"membership": past.pk}).status_code == 422
    with pytest.raises(Refused) as refused:
        enroll(course, membership=past, by=cast.malee)
    assert refused.value.status == 403
    assert Enrollment.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"membership": ""}, {"membership": "abc"}, {"membership": str(10**30)}])
def test_without_a_choice_the_form_asks_again(malee: Client, course: CoursePage, sent: dict[str, str]) -> None:
    response = malee.post(ENROLL, {**sent, "anything": "1"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["membership"])


def test_without_an_organization_the_page_leads_to_the_search_and_back(
    client: Client, cast: Cast, course: CoursePage
) -> None:
    client.force_login(cast.somchai)
    page = client.get(ENROLL)
    assert (page.status_code, len(page.context["memberships"])) == (200, 0)
    assert f'href="/account/organizations/find/?next={ENROLL}"' in page.content.decode()


def test_a_course_that_is_not_there_and_one_never_published_are_not_found(malee: Client, course: CoursePage) -> None:
    draft = CoursePage(title="ร่างลับ", slug="secret", summary="-", topic="law", hours=1, live=False)
    course.get_parent().add_child(instance=draft)
    assert [malee.get(f"/enroll/{slug}/").status_code for slug in ("nothing", "secret")] == [404, 404]


def test_two_courses_have_two_enrollments(malee: Client, cast: Cast, course: CoursePage) -> None:
    make_course("ledger")
    for slug in ("control", "ledger"):
        malee.post(f"/enroll/{slug}/", {"membership": cast.board_seat.pk})
    assert sorted(Enrollment.objects.values_list("course__slug", flat=True)) == ["control", "ledger"]
