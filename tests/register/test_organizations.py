"""Officers keep the register of their own districts; others see it, or not even that."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.kernel.refusals import Refused
from learning.organizations.models import Membership, Organization
from learning.places.models import District, TransferCenter
from learning.register.flows.organizations import change_organization, enter_organization, merge_organizations
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of, promotion_officer
from tests.factories.organizations import make_membership, make_organization

TODAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LIST = "/office/organizations/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    """Somchai of the group with สรรพยา and หันคา, signed in."""
    Duty.objects.all().delete()
    promotion_officer(cast.somchai, "สรรพยา", "หันคา")
    client.force_login(cast.somchai)
    return client


@pytest.fixture
def cooperative(cast: Cast) -> Organization:
    return cast.board_seat.organization


def district(name: str, province: str = "ชัยนาท") -> District:
    return District.objects.get(name=name, province__name=province)


def listed(client: Client, **query: str) -> list[str]:
    return [row.name for row, _people in client.get(LIST, query).context["lines"]]


def page(name: str, thing: Any = None) -> str:
    return reverse(f"register:{name}", args=[thing.pk] if thing else [])


FACTS = {"kind": "service", "name": "สหกรณ์บริการทุ่งทอง จำกัด", "place": "1804"}


# --- the list ------------------------------------------------------------------------------------
def test_an_officer_sees_exactly_the_organizations_of_the_own_districts(officer: Client, cast: Cast) -> None:
    make_organization("สหกรณ์การเกษตรหันคา จำกัด", district=district("หันคา"))
    make_organization("สหกรณ์การเกษตรวัดสิงห์ จำกัด", district=district("วัดสิงห์"))
    assert Organization.objects.count() == 6
    assert listed(officer) == [
        "กลุ่มเยาวชนสหกรณ์โรงเรียนทุ่งรวงทองวิทยา",
        "กลุ่มสตรีสหกรณ์ทุ่งรวงทอง",
        "สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
        "สหกรณ์การเกษตรหันคา จำกัด",
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "สหกรณ์ การเกษตร จำกัด"}, 2),
        ({"q": "0012"}, 1),
        ({"q": "๐๐๑๒"}, 1),
        ({"q": "ไม่มีชื่อนี้"}, 0),
        ({"kind": "womens_group"}, 1),
        ({"district": "1804"}, 3),
        ({"district": "1806"}, 1),
        ({"state": "merged"}, 0),
        ({"state": "dissolved"}, 1),
        ({"state": "all"}, 5),
        ({"kind": "zz", "district": "5001", "state": "x", "sort": "pk", "page": "z"}, 4),
        ({"q": "\x00", "page": "99"}, 4),
        ({"province": "50"}, 4),
    ],
)
def test_the_list_is_narrowed_and_nonsense_is_left_out(officer: Client, query: dict[str, str], count: int) -> None:
    make_organization("สหกรณ์การเกษตรหันคา จำกัด", district=district("หันคา"), registration_number="0012")
    make_organization("สหกรณ์บริการเก่า จำกัด", district=district("หันคา"), state="dissolved", ended_on="2026-01-31")
    assert len(listed(officer, **query)) == count


def test_the_list_is_sorted_by_name_in_thai_order_by_kind_and_by_place(officer: Client, cast: Cast) -> None:
    make_organization("สหกรณ์การเกษตรเกาะ จำกัด", district=district("หันคา"))
    names = listed(officer, sort="name")
    assert listed(officer, sort="-name") == names[::-1]
    assert names.index("สหกรณ์การเกษตรเกาะ จำกัด") < names.index("สหกรณ์การเกษตรทุ่งรวงทอง จำกัด")
    assert listed(officer, sort="-place")[0] == "สหกรณ์การเกษตรเกาะ จำกัด"
    assert listed(officer, sort="-kind")[0] == "กลุ่มเยาวชนสหกรณ์โรงเรียนทุ่งรวงทองวิทยา"


def test_a_person_with_two_positions_counts_once(officer: Client, cast: Cast, cooperative: Organization) -> None:
    make_membership(cast.malee, cooperative, position="member")
    make_membership(cast.krit, cooperative, position="member", until=date(2026, 11, 22))
    counts = {row.pk: people for row, people in officer.get(LIST).context["lines"]}
    assert counts[cooperative.pk] == "1"


def test_an_empty_register_and_an_empty_search_say_what_to_do(officer: Client, cast: Cast) -> None:
    assert page("organizations") in officer.get(LIST, {"q": "ไม่มี"}).content.decode()
    Duty.objects.all().delete()
    promotion_officer(cast.somchai, "วัดสิงห์", number=8)
    found = officer.get(LIST)
    assert (found.status_code, found.context["lines"]) == (200, [])
    assert found.content.decode().count(f'href="{page("add_organization")}"') == 2


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (30, 25)])
def test_the_list_costs_the_same_with_one_row_and_with_thirty(
    officer: Client, cast: Cast, django_assert_num_queries: Any, count: int, shown: int
) -> None:
    parent = cast.board_seat.organization
    for number in range(count):
        row = make_organization(f"กลุ่มประมง {number:03}", kind="other_group", district=district("หันคา"), parent=parent)
        make_membership(cast.malee, row)
    # session, person, duties twice, provinces, districts, how many, organizations, their people
    with django_assert_num_queries(9):
        assert len(listed(officer, kind="other_group")) == shown


# --- one organization ----------------------------------------------------------------------------
def test_the_page_shows_people_by_position_with_their_term_and_past_ones_apart(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    make_membership(cast.krit, cooperative, position="manager", since=date(2020, 1, 1), until=date(2026, 11, 22))
    make_membership(cast.wipa, cooperative, position="staff", since=date(2026, 11, 24))
    Membership.objects.filter(pk=cast.board_seat.pk).update(term_number=2, until=date(2027, 11, 30))
    found = officer.get(page("organization", cooperative)).context
    benches = [[line["name"] for line in bench.people] for bench in found["benches"]]
    assert benches == [["นางมาลี ใจดี"]]
    assert "30 พ.ย. 2570" in found["benches"][0].people[0]["note"]
    assert [line["name"] for line in found["past"]] == ["นายกฤต แดนไกล"]
    assert [line["name"] for line in found["coming"]] == ["นางสาววิภา ใฝ่เรียน"]


def test_an_organization_of_another_district_is_not_found(officer: Client, cast: Cast) -> None:
    outside = make_organization("สหกรณ์การเกษตรวัดสิงห์ จำกัด", district=district("วัดสิงห์"))
    savings = Organization.objects.get(kind="savings")
    for name in ("organization", "edit_organization", "merge", "split", "dissolve", "add_member"):
        for thing in (outside, savings):
            assert officer.get(page(name, thing)).status_code == 404, name
            assert officer.post(page(name, thing)).status_code == (405 if name == "organization" else 404), name


@pytest.mark.parametrize("role", [Role.CENTER_STAFF, Role.HEAD_OFFICE])
def test_who_plans_by_totals_sees_how_many_people_there_are_and_no_name(
    client: Client, cast: Cast, cooperative: Organization, role: str
) -> None:
    Duty.objects.all().delete()
    center = TransferCenter.objects.order_by("pk").first()
    assert center is not None
    center.provinces.set([cooperative.province])
    make_duty(cast.wipa, role, center if role == Role.CENTER_STAFF else None)
    make_membership(cast.krit, cooperative, position="manager", until=date(2026, 11, 22))
    client.force_login(cast.wipa)
    found = client.get(page("organization", cooperative))
    text = found.content.decode()
    assert [(bench.count, bench.people) for bench in found.context["benches"]] == [(1, [])]
    assert ("มาลี" in text, "กฤต" in text) == (False, False)
    for name in ("edit_organization", "merge", "split", "dissolve", "add_member"):
        assert f'href="{page(name, cooperative)}"' not in text
        assert client.get(page(name, cooperative)).status_code in {403, 404}, name
    assert client.get(page("add_organization")).status_code == 403
    assert client.get(page("people")).status_code == 403
    assert client.get(page("person", cast.malee)).status_code == 403


def test_without_a_duty_or_with_one_that_ended_yesterday_the_register_is_closed(client: Client, cast: Cast) -> None:
    Duty.objects.all().delete()
    client.force_login(cast.krit)
    assert client.get(LIST).status_code == 403
    make_duty(cast.krit, Role.PROVINCIAL_HEAD, office_of(), until=date(2026, 11, 22))
    assert client.get(LIST).status_code == 403
    assert client.post(page("add_organization"), FACTS).status_code == 403
    assert not Organization.objects.filter(kind="service").exists()


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_with_one_person_and_with_thirty(
    officer: Client, cast: Cast, cooperative: Organization, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_membership(cast.krit, cooperative, since=date(1990 + number, 1, 1), until=date(1990 + number, 12, 31))
        make_organization(f"กลุ่ม {number}", kind="other_group", parent=cooperative)
        change_organization(cooperative, registration_number=str(number), on=date(2026, 11, 1), by=cast.somchai)
    # session, person, duties twice, organization, counts, officers, members, past, coming, history, groups
    with django_assert_num_queries(12):
        assert len(officer.get(page("organization", cooperative)).context["past"]) == count


# --- entering and changing -----------------------------------------------------------------------
def test_an_organization_is_entered_in_a_district_of_the_own_area(officer: Client, cast: Cast) -> None:
    response = officer.post(
        page("add_organization"),
        {**FACTS, "parent": "การเกษตรทุ่งรวงทอง", "year_end_day": "31", "year_end_month": "3", "on": "1/10/2569"},
    )
    entered = Organization.objects.get(kind="service")
    assert response["Location"] == page("organization", entered)
    assert (entered.district, entered.parent, entered.year_end_month) == (
        district("สรรพยา"),
        cast.board_seat.organization,
        3,
    )
    assert entered.changes.get().on == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"place": "1801"}, "place"),
        ({"place": "18"}, "place"),
        ({"place": ""}, "place"),
        ({"kind": "emperor"}, "kind"),
        ({"name": ""}, "name"),
        ({"parent": "ไม่มีชื่อนี้"}, "parent"),
        ({"year_end_day": "31"}, "year_end_day"),
        ({"on": "24/11/2569"}, "on"),
        ({"year_end_day": "30", "year_end_month": "2"}, "__all__"),
        ({"kind": "agricultural", "name": "การเกษตรทุ่งรวงทอง"}, "__all__"),
    ],
)
def test_wrong_facts_come_back_with_a_sentence_and_everything_typed(
    officer: Client, cast: Cast, facts: dict[str, str], field: str
) -> None:
    count = Organization.objects.count()
    response = officer.post(page("add_organization"), {**FACTS, **facts, "registration_number": "0099"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert 'value="0099"' in response.content.decode()
    assert Organization.objects.count() == count


def test_a_change_is_dated_and_moves_only_within_the_own_districts(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    same = {"kind": cooperative.kind, "name": cooperative.name, "on": "1/11/2569"}
    form = officer.get(page("edit_organization", cooperative)).context["form"]
    assert form["place"].value() == "1804"
    assert officer.post(page("edit_organization", cooperative), {**same, "place": "1801"}).status_code == 422
    assert officer.post(page("edit_organization", cooperative), {**same, "place": "1806"}).status_code == 302
    cooperative.refresh_from_db()
    assert cooperative.district == district("หันคา")
    assert cooperative.changes.get().district_before == district("สรรพยา")


def test_the_flows_ask_for_permission_themselves(officer: Client, cast: Cast, cooperative: Organization) -> None:
    wat_sing = district("วัดสิงห์")
    outside = make_organization("สหกรณ์การเกษตรวัดสิงห์ จำกัด", district=wat_sing)
    facts = {"kind": "service", "name": "สหกรณ์บริการ จำกัด", "province": wat_sing.province, "by": cast.somchai}
    with pytest.raises(Refused):
        enter_organization(district=wat_sing, **facts)
    with pytest.raises(Refused):
        enter_organization(district=None, **facts)
    with pytest.raises(Refused):
        change_organization(outside, name="อื่น", on=date(2026, 11, 1), by=cast.somchai)
    with pytest.raises(Refused):
        change_organization(
            cooperative, province=wat_sing.province, district=wat_sing, on=date(2026, 11, 1), by=cast.somchai
        )
    for sources, into in (([cooperative], outside), ([outside], cooperative)):
        with pytest.raises(Refused):
            merge_organizations(sources, into=into, on=date(2026, 11, 1), by=cast.somchai)


# --- merging, splitting, dissolving --------------------------------------------------------------
def test_a_merger_is_searched_for_told_in_words_and_then_done(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    into = make_organization("สหกรณ์การเกษตรหันคา จำกัด", district=district("หันคา"))
    make_organization("สหกรณ์การเกษตรวัดสิงห์ จำกัด", district=district("วัดสิงห์"))
    found = officer.get(page("merge", cooperative), {"q": "การเกษตร"})
    assert list(found.context["found"]) == [into]
    address = f"{page('merge', cooperative)}?into={into.pk}"
    told = officer.get(address)
    assert (told.context["people"], told.context["groups"]) == (1, 2)
    assert Organization.objects.filter(state="merged").count() == 0
    assert officer.post(address, {"on": "1/11/2569"})["Location"] == page("organization", into)
    cooperative.refresh_from_db()
    assert (cooperative.state, cooperative.successor, cooperative.ended_on) == ("merged", into, date(2026, 11, 1))
    assert officer.get(page("organization", cooperative)).status_code == 200
    assert officer.get(page("merge", cooperative)).status_code == 404


def test_nothing_merges_into_what_is_outside_of_another_sort_or_unheard_of(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    group = Organization.objects.get(kind="womens_group")
    outside = make_organization("สหกรณ์การเกษตรวัดสิงห์ จำกัด", district=district("วัดสิงห์"))
    for into in (group.pk, outside.pk, cooperative.pk, "x", 10**30, "๑"):
        officer.post(f"{page('merge', cooperative)}?into={into}", {"on": "1/11/2569"})
    assert not Organization.objects.filter(state="merged").exists()


def test_a_split_shows_what_will_happen_before_it_is_done(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    sent = {"name": "สหกรณ์การเกษตรใหม่ จำกัด", "place": "1806", "on": "1/11/2569", "people": [cast.malee.pk]}
    told = officer.post(page("split", cooperative), sent)
    assert told.status_code == 200
    assert f'name="people" value="{cast.malee.pk}"' in told.content.decode()
    assert not Organization.objects.filter(name=sent["name"]).exists()
    response = officer.post(page("split", cooperative), {**sent, "sure": "1"})
    new = Organization.objects.get(name=sent["name"])
    assert response["Location"] == page("organization", new)
    assert (new.district, new.memberships.get().user) == (district("หันคา"), cast.malee)


def test_a_split_without_people_or_with_strangers_comes_back(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    for people in ([], [cast.krit.pk], ["x"], [10**30]):
        sent = {"name": "สหกรณ์การเกษตรใหม่ จำกัด", "place": "1806", "on": "1/11/2569", "people": people, "sure": "1"}
        response = officer.post(page("split", cooperative), sent)
        assert response.status_code == 422
        assert 'value="สหกรณ์การเกษตรใหม่ จำกัด"' in response.content.decode()
    assert not Organization.objects.filter(name="สหกรณ์การเกษตรใหม่ จำกัด").exists()


def test_a_dissolution_is_told_and_done(officer: Client, cast: Cast, cooperative: Organization) -> None:
    assert officer.get(page("dissolve", cooperative)).status_code == 200
    assert officer.post(page("dissolve", cooperative), {"on": "24/11/2569"}).status_code == 422
    assert officer.post(page("dissolve", cooperative), {"on": "1/11/2569"}).status_code == 302
    cooperative.refresh_from_db()
    assert cooperative.state == "dissolved"
    assert cast.board_seat.until == date(2026, 10, 31)
