"""Entering and changing organizations, with a history from which any past day can be read."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from learning.kernel.refusals import Refused
from learning.organizations.flows import change_organization, dissolve_organization, register_organization
from learning.organizations.models import Organization, OrganizationChange
from learning.organizations.queries import Facts, facts_as_of
from learning.places.models import District, Province
from tests.cast import Cast
from tests.factories.organizations import make_organization

TODAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NAME = "สหกรณ์บริการทุ่งทอง จำกัด"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


def place(district: str = "สรรพยา", province: str = "ชัยนาท") -> dict[str, Any]:
    found = District.objects.get(name=district, province__name=province)
    return {"province": found.province, "district": found}


def enter(cast: Cast, name: str = NAME, **facts: Any) -> Organization:
    return register_organization(by=cast.somchai, **{"kind": "service", "name": name, **place(), **facts})


def lines(organization: Organization) -> list[tuple[str, date, list[str]]]:
    return [(line.happening, line.on, line.fields) for line in organization.changes.all()]


def refusal(function: Any, *arguments: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refused, transaction.atomic():
        function(*arguments, **facts)
    return refused.value.sentence


def test_an_organization_is_entered_with_its_facts_and_its_first_day(cast: Cast) -> None:
    entered = enter(cast, on=date(2026, 10, 1), year_end_month=3, year_end_day=31, registration_number="0012")
    kept = Organization.objects.get(pk=entered.pk)
    assert (kept.name, kept.kind, kept.district_id, kept.registration_number) == (NAME, "service", "1804", "0012")
    assert (kept.year_end_month, kept.year_end_day, kept.state, kept.is_counted) == (3, 31, "active", False)
    assert lines(kept) == [("registered", date(2026, 10, 1), [])]


def test_without_a_first_day_it_has_always_been(cast: Cast) -> None:
    assert lines(enter(cast)) == []
    assert facts_as_of(date(2000, 1, 1)) == {}


@pytest.mark.parametrize("written", [NAME, "บริการทุ่งทอง", "สหกรณ์ บริการ ทุ่งทอง จก."])
def test_a_name_is_taken_once_in_a_district(cast: Cast, written: str) -> None:
    enter(cast)
    assert written.strip() in refusal(enter, cast, written)
    assert Organization.objects.filter(kind="service").count() == 1


def test_the_same_name_in_another_district_or_of_another_kind_is_another_one(cast: Cast) -> None:
    enter(cast)
    enter(cast, **place("หันคา"))
    enter(cast, kind="store")
    assert Organization.objects.filter(search_key="บริการทุ่งทอง").count() == 3


def test_the_database_itself_refuses_a_second_one(cast: Cast) -> None:
    enter(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_organization(NAME, kind="service", district=place()["district"])


def test_a_name_returns_after_a_dissolution(cast: Cast) -> None:
    dissolve_organization(enter(cast), on=date(2026, 11, 1), by=cast.somchai)
    assert enter(cast).is_active


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "  "},
        {"name": "\u200b"},
        {"year_end_month": 2, "year_end_day": 30},
        {"year_end_month": 4, "year_end_day": 31},
        {"year_end_month": 3},
        {"on": date(2026, 11, 24)},
    ],
)
def test_wrong_facts_are_refused_and_nothing_is_entered(cast: Cast, facts: dict[str, Any]) -> None:
    count = Organization.objects.count()
    assert refusal(enter, cast, **facts)
    assert Organization.objects.count() == count


def test_a_district_of_another_province_is_refused(cast: Cast) -> None:
    assert refusal(enter, cast, province=Province.objects.get(name="เชียงใหม่"))


def test_nothing_belongs_to_what_has_ended_nor_to_itself(cast: Cast) -> None:
    parent, child = enter(cast), enter(cast, "สหกรณ์บริการทุ่งเงิน จำกัด")
    change_organization(child, parent=parent, on=date(2026, 11, 1), by=cast.somchai)
    assert refusal(change_organization, parent, parent=child, on=date(2026, 11, 1), by=cast.somchai)
    assert refusal(change_organization, parent, parent=parent, on=date(2026, 11, 1), by=cast.somchai)
    ended = enter(cast, "สหกรณ์บริการทุ่งหิน จำกัด")
    dissolve_organization(ended, on=date(2026, 11, 1), by=cast.somchai)
    ended.refresh_from_db()
    assert refusal(change_organization, child, parent=ended, on=date(2026, 11, 2), by=cast.somchai)


def test_a_change_is_a_line_with_what_was_before(cast: Cast) -> None:
    entered = enter(cast, registration_number="0012")
    Organization.objects.update(is_counted=True)
    changed = change_organization(
        entered,
        name="สหกรณ์บริการทุ่งธรรม จำกัด",
        registration_number="0012",
        on=date(2026, 11, 1),
        order_ref="ชน 0010/1",
        by=cast.somchai,
    )
    line = OrganizationChange.objects.get()
    assert (line.happening, line.on, line.fields, line.name_before) == ("changed", date(2026, 11, 1), ["name"], NAME)
    assert (line.order_ref, line.by, line.number_before) == ("ชน 0010/1", cast.somchai, "")
    changed.refresh_from_db()
    assert (changed.name, changed.search_key, changed.is_counted) == (
        "สหกรณ์บริการทุ่งธรรม จำกัด",
        "บริการทุ่งธรรม",
        False,
    )


def test_nothing_new_writes_nothing(cast: Cast) -> None:
    entered = enter(cast)
    Organization.objects.update(is_counted=True)
    change_organization(entered, name=f" {NAME} ", kind="service", **place(), on=date(2026, 11, 1), by=cast.somchai)
    assert not OrganizationChange.objects.exists()
    assert not Organization.objects.filter(is_counted=False).exists()


def test_a_change_before_one_already_recorded_is_refused_only_for_the_same_facts(cast: Cast) -> None:
    entered = enter(cast)
    change_organization(entered, name="สหกรณ์บริการ ก จำกัด", on=date(2026, 11, 10), by=cast.somchai)
    assert "10 พฤศจิกายน 2569" in refusal(
        change_organization, entered, name="สหกรณ์บริการ ข จำกัด", on=date(2026, 11, 9), by=cast.somchai
    )
    change_organization(entered, registration_number="7", on=date(2026, 11, 9), by=cast.somchai)
    change_organization(entered, name="สหกรณ์บริการ ข จำกัด", on=date(2026, 11, 10), by=cast.somchai)
    assert len(lines(entered)) == 3


def test_a_cooperative_does_not_become_a_group(cast: Cast) -> None:
    entered = enter(cast)
    assert refusal(change_organization, entered, kind="womens_group", on=date(2026, 11, 1), by=cast.somchai)
    assert change_organization(entered, kind="store", on=date(2026, 11, 1), by=cast.somchai).kind == "store"


def test_what_has_ended_is_not_changed(cast: Cast) -> None:
    entered = enter(cast)
    dissolve_organization(entered, on=date(2026, 11, 1), by=cast.somchai)
    assert refusal(change_organization, entered, name="อื่น", on=date(2026, 11, 2), by=cast.somchai)


def test_the_register_of_a_past_day_is_read_from_the_changes_after_it(cast: Cast) -> None:
    entered = enter(cast, on=date(2026, 6, 1))
    by = {"by": cast.somchai}
    change_organization(entered, name="สหกรณ์บริการ ก จำกัด", on=date(2026, 7, 1), **by)
    change_organization(entered, name="สหกรณ์บริการ ข จำกัด", **place("หันคา"), on=date(2026, 8, 1), **by)
    dissolve_organization(entered, on=date(2026, 9, 1), **by)
    names = {}
    for month in (5, 6, 7, 8, 9):
        facts = facts_as_of(date(2026, month, 15)).get(entered.pk)
        names[month] = facts and (facts.name, facts.district_id, facts.exists)
    assert names == {
        5: (NAME, "1804", False),
        6: (NAME, "1804", True),
        7: ("สหกรณ์บริการ ก จำกัด", "1804", True),
        8: ("สหกรณ์บริการ ข จำกัด", "1806", True),
        9: None,
    }


def test_the_first_day_of_a_change_has_the_new_fact_and_the_day_before_the_old_one(cast: Cast) -> None:
    entered = enter(cast, registration_number="7")
    change_organization(entered, registration_number="8", on=date(2026, 11, 10), by=cast.somchai)
    assert facts_as_of(date(2026, 11, 10)) == {}
    assert facts_as_of(date(2026, 11, 9)) == {
        entered.pk: Facts("service", NAME, "7", "18", "1804", None, True),
    }


def test_a_fact_that_was_empty_before_is_empty_again(cast: Cast) -> None:
    entered = enter(cast, district=None)
    change_organization(
        entered, district=place()["district"], registration_number="9", on=date(2026, 11, 10), by=cast.somchai
    )
    then = facts_as_of(date(2026, 11, 9))[entered.pk]
    assert (then.district_id, then.registration_number) == (None, "")


def test_a_change_taken_back_leaves_only_the_days_between(cast: Cast) -> None:
    entered = enter(cast)
    for day, name in ((1, "สหกรณ์บริการ ก จำกัด"), (10, NAME)):
        change_organization(entered, name=name, on=date(2026, 11, day), by=cast.somchai)
    assert facts_as_of(date(2026, 10, 31)) == {}
    assert facts_as_of(date(2026, 11, 5))[entered.pk].name == "สหกรณ์บริการ ก จำกัด"


@pytest.mark.parametrize("count", [1, 30])
def test_a_past_day_costs_two_queries_whatever_has_happened(
    cast: Cast, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        entered = enter(cast, f"สหกรณ์บริการ {number} จำกัด")
        change_organization(entered, registration_number="8", on=date(2026, 11, 10), by=cast.somchai)
    with django_assert_num_queries(2):
        assert len(facts_as_of(date(2026, 11, 1))) == count
