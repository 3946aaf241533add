"""Saying in which position one belongs to an organization, and since when."""

from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.organizations.flows import join_organization
from learning.organizations.models import Membership, Organization
from tests.cast import Cast
from tests.factories.organizations import make_organization

TODAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # ten in the morning in Bangkok
pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def fishery(cast: Cast) -> Organization:
    return make_organization("สหกรณ์ประมงแม่น้ำน้อย จำกัด", kind="fishery")


def address(organization: Organization) -> str:
    return reverse("organizations:join", args=[organization.pk])


@pytest.mark.parametrize(
    ("typed", "since"),
    [
        ("๒๓/๑๑/๒๕๖๘", date(2025, 11, 23)),
        ("23/11/2568", date(2025, 11, 23)),
        ("23112568", date(2025, 11, 23)),
        ("2025-11-23", date(2025, 11, 23)),
        ("๒๓ พฤศจิกายน ๒๕๖๘", date(2025, 11, 23)),
        ("23/11/2569", date(2026, 11, 23)),
        ("", date(2026, 11, 23)),
    ],
)
def test_the_day_is_read_as_it_is_written_in_thailand(
    malee: Client, cast: Cast, fishery: Organization, typed: str, since: date
) -> None:
    response = malee.post(address(fishery), {"position": "manager", "since": typed})
    assert response["Location"] == reverse("organizations:memberships")
    joined = Membership.objects.get(organization=fishery)
    assert (joined.user, joined.position, joined.since, joined.until) == (cast.malee, "manager", since, None)


@pytest.mark.parametrize("typed", ["24/11/2569", "2026-11-24", "1 มกราคม 2570"])
def test_a_day_that_has_not_come_is_refused(malee: Client, fishery: Organization, typed: str) -> None:
    response = malee.post(address(fishery), {"position": "manager", "since": typed})
    assert response.status_code == 422
    sentence = gettext("This day has not come yet. Write the day you took up the position.")
    assert dict(response.context["form"].errors) == {"since": [sentence]}
    assert not Membership.objects.filter(organization=fishery).exists()


@pytest.mark.parametrize("typed", ["31/02/2568", "เมื่อวาน", "23/13/2568", "0", "99/99/9999", "23/11/68x"])
def test_nonsense_stays_in_the_line_beside_its_sentence(malee: Client, fishery: Organization, typed: str) -> None:
    response = malee.post(address(fishery), {"position": "manager", "since": typed})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["since"]
    assert f'value="{typed}"' in response.content.decode()
    assert not Membership.objects.filter(organization=fishery).exists()


def test_joining_twice_is_once_and_keeps_the_first_day(malee: Client, fishery: Organization) -> None:
    for typed in ("1/10/2568", "1/11/2568"):
        malee.post(address(fishery), {"position": "manager", "since": typed})
    assert list(Membership.objects.filter(organization=fishery).values_list("since", flat=True)) == [date(2025, 10, 1)]


def test_one_person_may_hold_two_positions(malee: Client, fishery: Organization) -> None:
    for position in ("manager", "member"):
        malee.post(address(fishery), {"position": position})
    held = Membership.objects.filter(organization=fishery).values_list("position", flat=True)
    assert sorted(held) == ["manager", "member"]


def test_a_position_of_another_kind_of_organization_is_refused(
    malee: Client, cast: Cast, fishery: Organization
) -> None:
    group = Organization.objects.get(kind="womens_group")
    assert malee.post(address(fishery), {"position": "group_treasurer"}).status_code == 422
    assert malee.post(address(group), {"position": "business_auditor"}).status_code == 422
    assert malee.post(address(group), {"position": "emperor"}).status_code == 422
    assert not Membership.objects.filter(organization=fishery).exists()


def test_an_organization_that_is_no_longer_active_takes_nobody(
    malee: Client, cast: Cast, fishery: Organization
) -> None:
    Organization.objects.filter(pk=fishery.pk).update(state="dissolved", ended_on="2026-01-31")
    response = malee.post(address(fishery), {"position": "manager"})
    assert response.status_code == HTTPStatus.CONFLICT
    fishery.refresh_from_db()
    with pytest.raises(Refused):
        join_organization(fishery, position=Position.MANAGER, since=date(2025, 1, 1), by=cast.malee)
    assert not Membership.objects.filter(organization=fishery).exists()


def test_an_organization_that_does_not_exist_is_not_found(malee: Client) -> None:
    assert malee.get("/account/organizations/999999/join/").status_code == 404
    assert malee.get(f"/account/organizations/{10**30}/join/").status_code == 404


def test_after_joining_one_goes_back_to_where_one_was_going(malee: Client, fishery: Organization) -> None:
    page = malee.get(address(fishery), {"next": "/enroll/control/"})
    assert '<input type="hidden" name="next" value="/enroll/control/">' in page.content.decode()
    response = malee.post(address(fishery), {"position": "manager", "next": "/enroll/control/"})
    assert response["Location"] == "/enroll/control/"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\\evil.example",
    ],
)
def test_the_way_on_never_leads_off_the_site(malee: Client, fishery: Organization, target: str) -> None:
    page = malee.get(address(fishery), {"next": target})
    assert page.context["next"] == ""
    response = malee.post(address(fishery), {"position": "manager", "next": target})
    assert response["Location"] == reverse("organizations:memberships")
