"""What a duty opens: from its first day to its last, there and nowhere else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.duties.choices import Role
from learning.duties.flows import end_duty, give_duty, yesterday
from learning.duties.models import Duty
from learning.duties.queries import (
    areas_of,
    memberships_visible_to,
    organizations_kept_by,
    organizations_visible_to,
    people_visible_to,
    visible_to,
)
from learning.organizations.choices import Kind, OrganizationState
from learning.organizations.models import Organization
from learning.places.areas import Area
from learning.places.models import District, PromotionGroup, Province, ProvincialOffice, TransferCenter
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of, promotion_officer
from tests.factories.organizations import make_membership, make_organization

pytestmark = pytest.mark.django_db
OFFICERS_PAGES = ["/office/duties/", "/office/duties/give/", "/office/assignments/", "/office/assignments/new/"]


def names(rows: Any) -> set[str]:
    return {str(row) for row in rows}


def test_a_promotion_officer_has_the_districts_of_the_group_and_no_others(cast: Cast) -> None:
    duty = promotion_officer(cast.somchai, "สรรพยา")
    areas = areas_of(cast.somchai)
    assert areas.totals == areas.people == areas.register == areas.assigning == Area.of(districts=["1804"])
    assert areas.appointing == Area()
    make_organization("สหกรณ์บริการเมือง จำกัด", district=District.objects.get(province="18", name="เมืองชัยนาท"))
    assert len(organizations_visible_to(cast.somchai)) == 3
    assert names(people_visible_to(cast.somchai)) == {str(cast.malee)}
    assert areas.posts[0].duty == duty


def test_the_last_day_of_a_duty_still_counts_and_the_day_after_does_not(cast: Cast) -> None:
    promotion_officer(cast.somchai, "สรรพยา")
    Duty.objects.update(until=date(2026, 9, 30))
    found = [bool(areas_of(cast.somchai, on=date(2026, 9, 30) + timedelta(days=days))) for days in (0, 1)]
    assert found == [True, False]


def test_a_duty_of_tomorrow_opens_nothing_today(cast: Cast, somchai: Client) -> None:
    make_duty(cast.somchai, Role.PROVINCIAL_HEAD, office_of(), since=timezone.localdate() + timedelta(days=1))
    assert organizations_visible_to(cast.somchai).count() == 0
    assert [somchai.get(page).status_code for page in OFFICERS_PAGES] == [403] * 4
    assert somchai.get("/office/my-areas/").context["coming"] == list(Duty.objects.all())


def test_whose_duty_ended_yesterday_is_told_the_day(cast: Cast, somchai: Client, head: Duty) -> None:
    assert [somchai.get(page).status_code for page in OFFICERS_PAGES] == [200] * 4
    Duty.objects.update(until=date(2026, 1, 31))
    answers = [somchai.get(page) for page in OFFICERS_PAGES]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert [answer for answer in answers if "31 มกราคม 2569" not in answer.content.decode()] == []


def test_a_page_that_was_still_open_writes_nothing_after_the_duty(cast: Cast, somchai: Client, head: Duty) -> None:
    assert somchai.get("/office/duties/give/").status_code == 200
    Duty.objects.update(until=yesterday())
    sent = {"login": "krit", "post": f"office-{office_of().pk}", "since": "1/10/2569", "sure": "1"}
    assert somchai.post("/office/duties/give/", sent).status_code == 403
    assert Duty.objects.count() == 1


def test_a_transferred_officer_loses_the_old_area_that_day_and_has_the_new_one(cast: Cast, head: Duty) -> None:
    old = promotion_officer(cast.wipa, "สรรพยา")
    assert organizations_visible_to(cast.wipa).count() == 3
    end_duty(old, on=yesterday(), by=cast.somchai)
    promotion_officer(cast.wipa, "แม่ริม", province="เชียงใหม่")
    assert names(organizations_visible_to(cast.wipa)) == {"สหกรณ์ออมทรัพย์ดอยฟ้าใส จำกัด"}
    assert names(people_visible_to(cast.wipa)) == {str(cast.krit)}


def test_two_duties_open_both_areas_each_with_its_own_rights(cast: Cast) -> None:
    promotion_officer(cast.somchai, "สรรพยา")
    center = TransferCenter.objects.order_by("pk")[0]
    center.provinces.set([Province.objects.get(name="เชียงใหม่")])
    make_duty(cast.somchai, Role.CENTER_STAFF, center)
    areas = areas_of(cast.somchai)
    assert areas.totals == Area.of(provinces=["50"], districts=["1804"])
    assert areas.people == Area.of(districts=["1804"])
    assert names(people_visible_to(cast.somchai)) == {str(cast.malee)}
    assert organizations_visible_to(cast.somchai).count() == 4
    assert organizations_kept_by(cast.somchai).count() == 3


def test_the_head_office_sees_the_country_in_totals_and_nobody_by_name(cast: Cast) -> None:
    make_duty(cast.wipa, Role.HEAD_OFFICE)
    assert organizations_visible_to(cast.wipa).count() == Organization.objects.count()
    assert memberships_visible_to(cast.wipa).count() == 0
    assert people_visible_to(cast.wipa).count() == 0


def bangkok() -> tuple[ProvincialOffice, ProvincialOffice]:
    """The two offices with a district each."""
    first, second = ProvincialOffice.objects.filter(province="10").order_by("code")
    for office, code in ((first, "1001"), (second, "1002")):
        office.districts.set([District.objects.get(pk=code)])
    return first, second


def test_the_two_offices_of_bangkok_see_each_their_own_districts(cast: Cast) -> None:
    first, second = bangkok()
    make_duty(cast.somchai, Role.PROVINCIAL_HEAD, first)
    make_duty(cast.wipa, Role.MANAGEMENT_OFFICER, second)
    for code, name in (("1001", "สหกรณ์ร้านค้าหนึ่ง จำกัด"), ("1002", "สหกรณ์ร้านค้าสอง จำกัด")):
        district = District.objects.get(pk=code)
        make_organization(name, kind=Kind.STORE, province=district.province.name, district=district)
    assert names(organizations_visible_to(cast.somchai)) == {"สหกรณ์ร้านค้าหนึ่ง จำกัด"}
    assert names(organizations_visible_to(cast.wipa)) == {"สหกรณ์ร้านค้าสอง จำกัด"}


def test_a_head_in_bangkok_sees_the_duties_of_the_own_office_also_of_a_group_without_districts(cast: Cast) -> None:
    first, second = bangkok()
    make_duty(cast.somchai, Role.PROVINCIAL_HEAD, first)
    groups = [PromotionGroup.objects.create(office=office, number=1) for office in (first, second)]
    mine, other = (
        make_duty(user, Role.PROMOTION_OFFICER, group)
        for user, group in zip((cast.wipa, cast.krit), groups, strict=True)
    )
    assert set(visible_to(cast.somchai).filter(role=Role.PROMOTION_OFFICER)) == {mine}
    assert other not in visible_to(cast.somchai)


def test_a_coordinator_sees_the_organization_its_groups_and_what_merged_into_it(cast: Cast) -> None:
    cooperative = cast.board_seat.organization
    merged = make_organization("สหกรณ์การเกษตรเดิม จำกัด")
    Organization.objects.filter(pk=merged.pk).update(
        state=OrganizationState.MERGED, ended_on=date(2026, 4, 1), successor=cooperative
    )
    its_group = make_organization("กลุ่มสตรีเดิม", kind=Kind.WOMENS_GROUP, parent=merged)
    other = make_organization("สหกรณ์การเกษตรข้างบ้าน จำกัด")
    make_membership(cast.krit, its_group)
    make_duty(cast.somchai, Role.COORDINATOR, cooperative)
    seen = set(organizations_visible_to(cast.somchai))
    assert seen == {cooperative, *cooperative.groups.all(), merged, its_group}
    assert other not in seen
    assert names(people_visible_to(cast.somchai)) == {str(cast.malee), str(cast.krit)}
    assert organizations_kept_by(cast.somchai).count() == 0


def test_a_coordinator_of_a_group_does_not_see_its_cooperative(cast: Cast) -> None:
    group = Organization.objects.get(kind=Kind.WOMENS_GROUP)
    make_duty(cast.krit, Role.COORDINATOR, group)
    assert set(organizations_visible_to(cast.krit)) == {group}


def test_an_account_that_was_closed_sees_nothing(cast: Cast, head: Duty) -> None:
    cast.somchai.is_active = False
    assert not areas_of(cast.somchai)


def test_a_superuser_without_a_duty_sees_nothing_of_the_officers(cast: Cast, somchai: Client) -> None:
    type(cast.somchai).objects.filter(pk=cast.somchai.pk).update(is_superuser=True, is_staff=True)
    assert [somchai.get(page).status_code for page in OFFICERS_PAGES] == [403] * 4
    assert organizations_visible_to(cast.somchai).count() == 0
    assert somchai.get("/office/my-areas/").context["duties"] == []


def test_the_area_costs_one_query_and_a_coordinators_two(
    cast: Cast, head: Duty, django_assert_num_queries: Any
) -> None:
    promotion_officer(cast.somchai, "สรรพยา")
    make_duty(cast.malee, Role.COORDINATOR, cast.board_seat.organization)
    with django_assert_num_queries(1):
        areas_of(cast.somchai)
    with django_assert_num_queries(2):
        areas_of(cast.malee)
    with django_assert_num_queries(3):  # the rows themselves besides
        list(organizations_visible_to(cast.malee))


def test_the_same_duty_given_twice_is_one(cast: Cast, head: Duty) -> None:
    cooperative = cast.board_seat.organization
    given = [
        give_duty(cast.malee, role=Role.COORDINATOR, place=cooperative, since=date(2026, 10, 1), by=cast.somchai)
        for _ in range(2)
    ]
    assert given[0] == given[1]
    assert Duty.objects.filter(role=Role.COORDINATOR).count() == 1
