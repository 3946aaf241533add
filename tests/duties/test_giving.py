"""The head of an office gives duties in the office's own area, and ends them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.duties.choices import Role
from learning.duties.flows import end_duty, give_duty, yesterday
from learning.duties.models import Duty
from learning.duties.queries import areas_of
from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from tests.cast import Cast
from tests.factories.duties import make_duty, make_group, office_of
from tests.factories.organizations import make_organization
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db
GIVE, DUTIES = "/office/duties/give/", "/office/duties/"


def end_page(duty: Duty) -> str:
    return f"/office/duties/{duty.pk}/end/"


@pytest.mark.parametrize("login", ["081-234-5678", "+66812345678", "๐๘๑๒๓๔๕๖๗๘", "malee", "MALEE", "Malee@Example.org"])
def test_a_person_is_found_by_exactly_what_they_sign_in_with(
    cast: Cast, somchai: Client, head: Duty, login: str
) -> None:
    type(cast.malee).objects.filter(pk=cast.malee.pk).update(email="malee@example.org")
    cooperative = cast.board_seat.organization
    page = somchai.post(f"{GIVE}?organization={cooperative.pk}", {"login": login, "since": "1/10/2569"})
    assert (page.status_code, page.templates[0].name) == (200, "duties/give_check.html")
    assert page.context["person"] == cast.malee
    assert Duty.objects.count() == 1


@pytest.mark.parametrize("login", ["มาลี", "mal", "0812345", "%", "081234567", "malee\x00", "x" * 300, ""])
def test_a_part_of_a_name_finds_nobody(cast: Cast, somchai: Client, head: Duty, login: str) -> None:
    page = somchai.post(
        f"{GIVE}?organization={cast.board_seat.organization_id}", {"login": login, "since": "1/10/2569"}
    )
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["login"])
    assert cast.malee.first_name not in page.content.decode().replace(f'value="{login}"', "")


def test_the_duty_is_given_after_the_name_was_shown(cast: Cast, somchai: Client, head: Duty) -> None:
    group = make_group("สรรพยา")
    sent = {
        "login": "krit",
        "post": f"group-{group.pk}",
        "since": "1/10/2569",
        "until": "30/9/2570",
        "order_ref": "12/2569",
    }
    assert somchai.post(GIVE, sent).status_code == 200
    assert somchai.post(GIVE, {**sent, "sure": "1"})["Location"] == DUTIES
    duty = Duty.objects.get(user=cast.krit)
    assert (duty.role, duty.promotion_group, duty.since, duty.until) == (
        Role.PROMOTION_OFFICER, group, date(2026, 10, 1), date(2027, 9, 30),
    )  # fmt: skip
    assert (duty.order_ref, duty.given_by) == ("12/2569", cast.somchai)
    assert ModelLogEntry.objects.get(action="duties.give").user == cast.somchai


def test_a_duty_that_would_end_before_it_begins_is_asked_again(cast: Cast, somchai: Client, head: Duty) -> None:
    sent = {
        "login": "krit",
        "post": f"office-{office_of().pk}",
        "since": "1/10/2569",
        "until": "30/9/2569",
        "sure": "1",
    }
    page = somchai.post(GIVE, sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["until"])
    assert 'value="30/9/2569"' in page.content.decode()


def test_only_posts_of_the_own_office_are_offered_and_others_are_refused(
    cast: Cast, somchai: Client, head: Duty
) -> None:
    make_group("แม่ริม", province="เชียงใหม่")
    mine = make_group("สรรพยา")
    offered = [value for value, _label in somchai.get(GIVE).context["form"].fields["post"].choices]
    assert offered == [f"group-{mine.pk}", f"office-{office_of().pk}"]
    sent = {"login": "krit", "post": f"office-{office_of('เชียงใหม่').pk}", "since": "1/10/2569", "sure": "1"}
    assert somchai.post(GIVE, sent).status_code == 422
    for role, place in (
        (Role.MANAGEMENT_OFFICER, office_of("เชียงใหม่")),
        (Role.PROVINCIAL_HEAD, office_of()),
        (Role.HEAD_OFFICE, None),
        (Role.COORDINATOR, Organization.objects.get(province__name="เชียงใหม่")),
    ):
        with pytest.raises(Refused) as refused:
            give_duty(cast.krit, role=role, place=place, since=date(2026, 10, 1), by=cast.somchai)
        assert refused.value.status == 403
    assert Duty.objects.count() == 1


def test_the_search_for_an_organization_stays_in_the_area(cast: Cast, somchai: Client, head: Duty) -> None:
    make_organization("สหกรณ์ออมทรัพย์ทุ่งรวงทอง จำกัด", province="เชียงใหม่")
    found = somchai.get(GIVE, {"q": "ทุ่งรวงทอง"}).context["found"]
    assert {organization.province.name for organization in found} == {"ชัยนาท"}
    assert len(found) == 3


@pytest.mark.parametrize("wanted", ["x", "-1", "9" * 30, "1 or 1", "\x00"])
def test_an_organization_that_is_no_number_changes_nothing(somchai: Client, head: Duty, wanted: str) -> None:
    assert somchai.get(GIVE, {"organization": wanted}).status_code in (200, 404)


def test_an_organization_of_another_province_is_not_found(cast: Cast, somchai: Client, head: Duty) -> None:
    other = Organization.objects.get(province__name="เชียงใหม่")
    assert somchai.get(f"{GIVE}?organization={other.pk}").status_code == 404


def test_officers_who_do_not_appoint_get_a_sentence(cast: Cast, malee: Client) -> None:
    make_duty(cast.malee, Role.COORDINATOR, cast.board_seat.organization)
    assert [malee.get(page).status_code for page in (DUTIES, GIVE)] == [403, 403]


def test_ending_from_today_closes_the_area_at_once(cast: Cast, somchai: Client, head: Duty) -> None:
    duty = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of())
    page = somchai.get(end_page(duty))
    assert page.context["form"]["when"].value() == "today"
    assert somchai.post(end_page(duty), {"when": "today"})["Location"] == DUTIES
    duty.refresh_from_db()
    assert duty.until == yesterday()
    assert not areas_of(cast.krit)


def test_a_last_day_still_counts(cast: Cast, somchai: Client, head: Duty) -> None:
    duty = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of())
    somchai.post(end_page(duty), {"when": "day", "day": "30/9/2580"})
    duty.refresh_from_db()
    assert duty.until == date(2037, 9, 30)


@pytest.mark.parametrize("day", ["", "30/9/2500", "วันไหนก็ได้"])
def test_a_wrong_last_day_is_asked_again(cast: Cast, somchai: Client, head: Duty, day: str) -> None:
    duty = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of())
    page = somchai.post(end_page(duty), {"when": "day", "day": day})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["day"])


def test_a_duty_given_by_mistake_today_is_taken_back_at_once(cast: Cast, head: Duty) -> None:
    duty = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), since=timezone.localdate())
    end_duty(duty, on=yesterday(), by=cast.somchai)
    assert not areas_of(cast.krit)
    assert Duty.objects.filter(user=cast.krit).count() == 0
    assert ModelLogEntry.objects.filter(action="duties.end").count() == 1


def test_a_duty_that_has_ended_is_not_brought_back_by_ending_it_later(cast: Cast, head: Duty) -> None:
    duty = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), until=date(2026, 1, 31))
    with pytest.raises(Refused) as refused:
        end_duty(duty, on=date(2999, 1, 1), by=cast.somchai)
    assert refused.value.status == 409
    duty.refresh_from_db()
    assert duty.until == date(2026, 1, 31)


def test_a_past_duty_keeps_its_days_when_its_end_would_come_before_its_beginning(cast: Cast, head: Duty) -> None:
    duty = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of())
    with pytest.raises(Refused) as refused:
        end_duty(duty, on=duty.since - timedelta(days=1), by=cast.somchai)
    assert refused.value.status == 422


def test_nobody_ends_their_own_duty_that_of_the_head_or_of_another_province(
    cast: Cast, somchai: Client, head: Duty
) -> None:
    management = make_duty(cast.malee, Role.MANAGEMENT_OFFICER, office_of())
    other = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of("เชียงใหม่"))
    assert somchai.post(end_page(head), {"when": "today"}).status_code == 403
    assert somchai.post(end_page(other), {"when": "today"}).status_code == 404
    with pytest.raises(Refused):
        end_duty(head, on=yesterday(), by=cast.malee)
    with pytest.raises(Refused):
        end_duty(management, on=yesterday(), by=cast.malee)
    assert Duty.objects.filter(until__isnull=False).count() == 0


def test_the_list_shows_the_duties_of_the_area_and_the_past_ones_apart(cast: Cast, somchai: Client, head: Duty) -> None:
    past = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), until=date(2026, 1, 31))
    mine = make_duty(cast.malee, Role.COORDINATOR, cast.board_seat.organization)
    make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of("เชียงใหม่"))
    assert set(somchai.get(DUTIES).context["page_obj"]) == {head, mine}
    assert list(somchai.get(f"{DUTIES}?when=past").context["page_obj"]) == [past]
    assert [somchai.get(f"{DUTIES}?{bad}").status_code for bad in ("page=x", "page=999", "when=%00")] == [200] * 3


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_duty_and_for_thirty(
    cast: Cast, somchai: Client, head: Duty, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count - 1):
        group = make_organization(f"กลุ่มเยาวชน {number}", kind="youth_group")
        make_duty(cast.malee, Role.COORDINATOR, group)
    somchai.get(DUTIES)
    # session · person · areas: twice · how many · the duties
    with django_assert_num_queries(6):
        assert len(somchai.get(DUTIES).context["page_obj"]) == min(count, 25)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_give_one_duty(cast: Cast) -> None:
    make_duty(cast.somchai, Role.PROVINCIAL_HEAD, office_of())
    given = at_once(
        *[
            lambda: (
                give_duty(
                    cast.krit, role=Role.MANAGEMENT_OFFICER, place=office_of(), since=date(2026, 10, 1), by=cast.somchai
                ).pk
            )
            for _ in range(4)
        ]
    )
    assert given == [Duty.objects.get(user=cast.krit).pk] * 4
