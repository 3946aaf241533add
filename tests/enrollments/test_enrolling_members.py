"""An officer or coordinator enrolls members of one organization in one step, and sees what they learn."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.catalog.models import CoursePage
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.enrollments.flows import complete_enrollment, enroll, enroll_members, lapse
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import learners_of
from learning.kernel.refusals import Refused
from learning.organizations.choices import Kind, Position
from learning.organizations.flows import change_organization
from learning.organizations.models import Membership, Organization
from learning.places.models import District, TransferCenter
from tests.cast import Cast
from tests.factories.duties import make_duty, promotion_officer
from tests.factories.learning import enroll_malee
from tests.factories.organizations import make_membership, make_organization
from tests.factories.people import make_members

pytestmark = pytest.mark.django_db


def page_of(organization: Organization, what: str = "enroll") -> str:
    return f"/office/organizations/{organization.pk}/{what}/"


@pytest.mark.parametrize("who", ["officer", "coordinator", "coordinator of the cooperative above"])
def test_who_answers_for_the_organization_enrolls_its_members(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization, who: str
) -> None:
    women = Organization.objects.get(kind=Kind.WOMENS_GROUP)
    by = cast.somchai
    if who != "officer":
        make_duty(cast.krit, Role.COORDINATOR, women if who == "coordinator" else cooperative)
        by = cast.krit
    people = make_members(women, 3)
    result = enroll_members(course, organization=women, people=[one.pk for one in people], by=by)
    assert (len(result.new), result.already, result.reopened) == (3, [], [])
    assert set(Enrollment.objects.values_list("organization", "parent", "kind", "enrolled_by")) == {
        (women.pk, cooperative.pk, "womens_group", by.pk)
    }
    assert ModelLogEntry.objects.filter(action="enrollments.enroll_members", user=by).count() == 1


def test_an_outsider_a_learner_and_staff_of_a_center_do_not(
    cast: Cast, course: CoursePage, cooperative: Organization
) -> None:
    Duty.objects.all().delete()
    promotion_officer(cast.somchai, "แม่ริม", province="เชียงใหม่", number=9)
    center = TransferCenter.objects.order_by("pk")[0]
    center.provinces.set([cooperative.province])
    make_duty(cast.wipa, Role.CENTER_STAFF, center)
    for by in (cast.somchai, cast.wipa, cast.krit, cast.malee):
        with pytest.raises(Refused) as refused:
            enroll_members(course, organization=cooperative, people=[cast.malee.pk], by=by)
        assert refused.value.status == 403
        browser = Client()
        browser.force_login(by)
        sent = {"course": course.pk, "people": [cast.malee.pk]}
        found = {browser.post(page_of(cooperative), sent).status_code, browser.get(page_of(cooperative)).status_code}
        assert found <= {403, 404}
    assert Enrollment.objects.count() == 0


def test_who_is_no_member_there_today_is_left_out(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization
) -> None:
    Membership.objects.filter(user=cast.malee, organization=cooperative).update(until=date(2026, 1, 1))
    with pytest.raises(Refused) as refused:
        enroll_members(course, organization=cooperative, people=[cast.malee.pk, cast.krit.pk, 10**15], by=cast.somchai)
    assert refused.value.status == 409
    assert Enrollment.objects.count() == 0


def test_one_enrollment_counts_for_one_organization_the_one_chosen_first(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization
) -> None:
    women = Organization.objects.get(kind=Kind.WOMENS_GROUP)
    enroll_members(course, organization=women, people=[cast.malee.pk], by=cast.somchai)
    again = enroll_members(course, organization=cooperative, people=[cast.malee.pk], by=cast.somchai)
    assert (again.new, again.already) == ([], [cast.malee.pk])
    assert enroll(course, membership=cast.board_seat, by=cast.malee).organization == women
    assert Enrollment.objects.count() == 1


def test_of_two_positions_in_one_organization_the_office_counts_and_not_plain_membership(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization
) -> None:
    make_membership(cast.malee, cooperative, since=date(2010, 1, 1))
    make_membership(cast.krit, cooperative, since=date(2026, 6, 1), position=Position.MANAGER)
    make_membership(cast.krit, cooperative, since=date(2026, 7, 1))
    enroll_members(course, organization=cooperative, people=[cast.malee.pk, cast.krit.pk], by=cast.somchai)
    assert dict(Enrollment.objects.values_list("user__username", "position")) == {
        "malee": "board_member",
        "krit": "manager",
    }


def test_a_closed_course_and_an_organization_that_ended_take_nobody(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization
) -> None:
    CoursePage.objects.filter(pk=course.pk).update(enrollment_closes_on="2020-01-01")
    closed = CoursePage.objects.get(pk=course.pk)
    with pytest.raises(Refused):
        enroll_members(closed, organization=cooperative, people=[cast.malee.pk], by=cast.somchai)
    cooperative.state, cooperative.ended_on = "dissolved", date(2026, 1, 1)
    with pytest.raises(Refused):
        enroll_members(course, organization=cooperative, people=[cast.malee.pk], by=cast.somchai)
    assert Enrollment.objects.count() == 0


def test_the_page_shows_what_each_has_of_the_course_already(
    cast: Cast, somchai: Client, course: CoursePage, cooperative: Organization
) -> None:
    fresh, learning, lapsed, done = make_members(cooperative, 4)
    enroll_members(course, organization=cooperative, people=[learning.pk, lapsed.pk, done.pk], by=cast.somchai)
    lapse(Enrollment.objects.get(user=lapsed), by=cast.somchai)
    complete_enrollment(Enrollment.objects.get(user=done), by=cast.somchai)
    page = somchai.get(page_of(cooperative), {"course": course.pk})
    members = {member.person.pk: member for member in page.context["people"]}
    assert len(members) == 5
    states = [members[one.pk].is_closed for one in (fresh, learning, lapsed, done)]
    assert states == [False, True, False, True]
    assert members[cast.malee.pk].positions == (Position.BOARD_MEMBER.label,)


def test_one_button_enrolls_those_ticked_and_says_how_many(
    cast: Cast, somchai: Client, course: CoursePage, cooperative: Organization
) -> None:
    enroll_malee(cast, course)
    people = make_members(cooperative, 3)
    sent = {"course": course.pk, "people": [cast.malee.pk, people[0].pk, people[2].pk]}
    done = somchai.post(page_of(cooperative), sent, follow=True)
    said = str(next(iter(done.context["messages"])))
    assert [number in said for number in ("2", "1")] == [True, True]
    assert set(Enrollment.objects.values_list("user", flat=True)) == {cast.malee.pk, people[0].pk, people[2].pk}


def test_three_hundred_are_chosen_by_one_link_and_enrolled_by_one_button(
    cast: Cast, somchai: Client, course: CoursePage, cooperative: Organization, django_assert_max_num_queries: Any
) -> None:
    make_members(cooperative, 300)
    page = somchai.get(page_of(cooperative), {"course": course.pk, "choose": "all"})
    assert page.content.decode().count(" checked") == 301
    with django_assert_max_num_queries(30):
        somchai.post(
            page_of(cooperative), {"course": course.pk, "people": [one.person.pk for one in page.context["people"]]}
        )
    assert Enrollment.objects.filter(organization=cooperative).count() == 301


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_member_and_for_thirty(
    somchai: Client, course: CoursePage, cooperative: Organization, count: int, django_assert_num_queries: Any
) -> None:
    make_members(cooperative, count - 1)
    somchai.get(page_of(cooperative), {"course": course.pk})
    # session · person · areas: twice · organization · the course · its list of courses · members · what they have
    with django_assert_num_queries(9):
        somchai.get(page_of(cooperative), {"course": course.pk})


def test_without_people_or_a_course_the_page_asks_again_and_keeps_what_was_chosen(
    cast: Cast, somchai: Client, course: CoursePage, cooperative: Organization
) -> None:
    nobody = somchai.post(page_of(cooperative), {"course": course.pk})
    assert (nobody.status_code, nobody.context["course"], Enrollment.objects.count()) == (422, course, 0)
    for wrong in ("", "x", "0", str(10**30), "\x00", str(course.get_parent().pk)):
        page = somchai.post(page_of(cooperative), {"course": wrong, "people": [cast.malee.pk]})
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["course"])
    for wrong in ("x", str(10**30), "-1", "๑", ""):
        assert somchai.post(page_of(cooperative), {"course": course.pk, "people": [wrong]}).status_code == 422
    assert Enrollment.objects.count() == 0


def test_an_organization_of_another_province_is_not_found(somchai: Client, course: CoursePage) -> None:
    other = Organization.objects.get(province__name="เชียงใหม่")
    assert [somchai.get(page_of(other, what)).status_code for what in ("enroll", "learners", "codes")] == [404] * 3


def test_courses_closed_for_enrollment_or_without_lessons_are_not_offered(
    somchai: Client, course: CoursePage, ledger: CoursePage, cooperative: Organization
) -> None:
    CoursePage.objects.filter(pk=ledger.pk).update(enrollment_opens_on=timezone.localdate() + timedelta(days=1))
    offered = somchai.get(page_of(cooperative)).context["form"].fields["course"].queryset
    assert list(offered) == [course]


# --- who learns what -----------------------------------------------------------------------------
def test_the_learners_of_an_organization_are_those_whose_study_counts_for_it(
    cast: Cast, somchai: Client, course: CoursePage, ledger: CoursePage, cooperative: Organization
) -> None:
    women = Organization.objects.get(kind=Kind.WOMENS_GROUP)
    mine = enroll_malee(cast, course)
    enroll_members(ledger, organization=women, people=[cast.malee.pk], by=cast.somchai)
    assert list(somchai.get(page_of(cooperative, "learners")).context["page_obj"]) == [mine]


@pytest.mark.parametrize("before", ["", "มโนรมย์"])
def test_who_enrolled_before_the_organization_had_its_district_of_today_is_found_in_it(
    cast: Cast, officer: Duty, krit: Client, course: CoursePage, before: str
) -> None:
    districts = District.objects.filter(province__name="ชัยนาท")
    first = districts.get(name=before) if before else None
    young = make_organization("กลุ่มเยาวชนทุ่งโพธิ์", kind=Kind.YOUTH_GROUP, district=first)
    people = [one.pk for one in make_members(young, 2)]
    enroll_members(course, organization=young, people=people, by=cast.somchai)
    change_organization(
        young, district=districts.get(name="สรรพยา"), on=timezone.localdate(), order_ref="", by=cast.somchai
    )
    promotion_officer(cast.krit, "สรรพยา", number=8)
    assert {row.user_id for row in krit.get(page_of(young, "learners")).context["page_obj"]} == set(people)


def test_an_organization_that_has_moved_away_takes_its_learners_out_of_sight(
    cast: Cast, officer: Duty, krit: Client, course: CoursePage
) -> None:
    districts = District.objects.filter(province__name="ชัยนาท")
    young = make_organization("กลุ่มเยาวชนทุ่งโพธิ์", kind=Kind.YOUTH_GROUP, district=districts.get(name="สรรพยา"))
    people = [one.pk for one in make_members(young, 2)]
    enroll_members(course, organization=young, people=people, by=cast.somchai)
    promotion_officer(cast.krit, "สรรพยา", number=8)
    assert learners_of(young, seen_by=cast.krit).count() == 2
    change_organization(
        young, district=districts.get(name="มโนรมย์"), on=timezone.localdate(), order_ref="", by=cast.somchai
    )
    assert krit.get(page_of(young, "learners")).status_code == 404
    assert learners_of(young, seen_by=cast.krit).count() == 0


def test_learners_are_filtered_by_course_and_state(
    cast: Cast, somchai: Client, course: CoursePage, ledger: CoursePage, cooperative: Organization
) -> None:
    one, other = make_members(cooperative, 2)
    for page, people in ((course, [one.pk, other.pk]), (ledger, [one.pk])):
        enroll_members(page, organization=cooperative, people=people, by=cast.somchai)
    complete_enrollment(Enrollment.objects.get(user=one, course=course), by=cast.somchai)
    Enrollment.objects.filter(user=other).update(due_on="2026-01-01", is_overdue=True)
    address = page_of(cooperative, "learners")

    def shown(**chosen: object) -> list[tuple[int, int]]:
        rows = somchai.get(address, chosen).context["page_obj"]
        return [(row.user_id, row.course_id) for row in rows]

    assert len(shown()) == 3
    assert shown(course=ledger.pk) == [(one.pk, ledger.pk)]
    assert shown(state="completed") == [(one.pk, course.pk)]
    assert shown(state="overdue") == [(other.pk, course.pk)]
    assert shown(state="overdue", course=ledger.pk) == []
    assert [len(shown(**{name: bad})) for name in ("course", "state") for bad in ("x", "\x00", "9" * 30)] == [3] * 6


def test_a_filter_is_taken_away_by_its_chip_and_the_other_stays(
    cast: Cast, somchai: Client, course: CoursePage, cooperative: Organization
) -> None:
    enroll_malee(cast, course)
    chips = somchai.get(page_of(cooperative, "learners"), {"course": course.pk, "state": "active"}).context["chosen"]
    assert [chip["url"] for chip in chips] == ["?state=active", f"?course={course.pk}"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_learners_costs_the_same_for_one_and_for_thirty(
    cast: Cast, somchai: Client, course: CoursePage, cooperative: Organization, count: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    people = make_members(cooperative, count)
    enroll_members(course, organization=cooperative, people=[one.pk for one in people], by=cast.somchai)
    somchai.get(page_of(cooperative, "learners"))
    # session · person · areas: three times · organization · how many · the list · courses of the filter
    with django_assert_num_queries(9):
        assert len(somchai.get(page_of(cooperative, "learners")).context["page_obj"]) == min(count, 25)


def test_a_group_that_has_no_people_leads_to_its_codes(somchai: Client, course: CoursePage) -> None:
    empty = make_organization("กลุ่มเยาวชนใหม่", kind=Kind.YOUTH_GROUP)
    page = somchai.get(page_of(empty), {"course": course.pk})
    assert page_of(empty, "codes") in page.content.decode()
