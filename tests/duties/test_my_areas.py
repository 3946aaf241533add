"""The page on which somebody reads what they may see, and why."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.places.models import TransferCenter
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of

pytestmark = pytest.mark.django_db
PAGE = "/office/my-areas/"


def test_a_head_reads_the_role_the_place_the_order_and_what_it_allows(cast: Cast, somchai: Client, head: Duty) -> None:
    Duty.objects.update(order_ref="ชน 0010/123", until=date(2999, 9, 30))
    page = somchai.get(PAGE)
    item = page.context["duties"][0]
    assert (item.duty, item.opens, item.sees_people, len(item.allows)) == (head, ("จังหวัดชัยนาท",), True, 4)
    text = page.content.decode()
    assert [word for word in ("ชน 0010/123", "30 กันยายน 3542", str(head.place)) if word not in text] == []


def test_staff_of_a_center_read_that_they_see_totals_only(cast: Cast, client: Client) -> None:
    make_duty(cast.wipa, Role.CENTER_STAFF, TransferCenter.objects.order_by("pk")[0])
    client.force_login(cast.wipa)
    item = client.get(PAGE).context["duties"][0]
    assert (item.sees_people, item.allows) == (False, ())


def test_a_coordinator_reads_every_organization_by_name(cast: Cast, malee: Client) -> None:
    cooperative = cast.board_seat.organization
    make_duty(cast.malee, Role.COORDINATOR, cooperative)
    item = malee.get(PAGE).context["duties"][0]
    assert set(item.opens) == {cooperative.name, *(group.name for group in cooperative.groups.all())}
    assert (item.sees_people, len(item.allows)) == (True, 1)


def test_past_and_coming_duties_stand_apart(cast: Cast, somchai: Client, head: Duty) -> None:
    past = make_duty(
        cast.somchai, Role.MANAGEMENT_OFFICER, office_of(), since=date(2020, 1, 1), until=date(2020, 12, 31)
    )
    coming = make_duty(cast.somchai, Role.MANAGEMENT_OFFICER, office_of(), since=date(2999, 1, 1))
    page = somchai.get(PAGE)
    assert [item.duty for item in page.context["duties"]] == [head]
    assert (page.context["past"], page.context["coming"]) == ([past], [coming])


def test_somebody_without_a_duty_is_told_so_and_whom_to_ask(malee: Client) -> None:
    page = malee.get(PAGE)
    assert (page.status_code, page.context["duties"], page.context["past"]) == (200, [], [])
    assert 'href="/my/"' in page.content.decode()


def test_nobody_reads_the_duties_of_another(cast: Cast, client: Client, head: Duty) -> None:
    Duty.objects.update(order_ref="ลับ 1/2569")
    client.force_login(cast.krit)
    assert "ลับ 1/2569" not in client.get(PAGE).content.decode()


def test_without_an_account_it_leads_to_the_sign_in_page(client: Client, cast: Cast) -> None:
    assert client.get(PAGE)["Location"] == f"/account/login/?next={PAGE}"


def test_the_page_costs_the_same_with_one_duty_and_with_many(
    cast: Cast, somchai: Client, head: Duty, django_assert_num_queries: Any
) -> None:
    somchai.get(PAGE)
    for past in (False, True, True):
        if past:
            make_duty(cast.somchai, Role.MANAGEMENT_OFFICER, office_of(), since=date(2021, 1, 1))
        # session · person · duties of today · own duties · provinces
        with django_assert_num_queries(5):
            somchai.get(PAGE)
