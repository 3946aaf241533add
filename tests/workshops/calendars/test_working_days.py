import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from learning.workshops.calendars.working import fiscal_year_days, is_working_day, working_days

DATA = Path(settings.BASE_DIR) / "learning/workshops/data/holidays.json"


@pytest.fixture(scope="module")
def days() -> list[dict[str, Any]]:
    return json.loads(DATA.read_text(encoding="utf-8"))["days"]


@pytest.fixture(scope="module")
def government(days: list[dict[str, Any]]) -> set[date]:
    return {date.fromisoformat(day["on"]) for day in days if day.get("is_government", True)}


# --- counting ------------------------------------------------------------------------------------
def test_a_week_has_five_working_days() -> None:
    assert working_days(date(2026, 11, 23), date(2026, 11, 29)) == [date(2026, 11, day) for day in range(23, 28)]


def test_holidays_and_closed_days_are_left_out() -> None:
    found = working_days(date(2026, 12, 7), date(2026, 12, 11), {date(2026, 12, 7)}, {date(2026, 12, 9)})
    assert found == [date(2026, 12, 8), date(2026, 12, 10), date(2026, 12, 11)]


def test_both_ends_count_and_an_end_before_its_start_has_none() -> None:
    monday = date(2026, 11, 23)
    assert working_days(monday, monday) == [monday]
    assert working_days(monday, monday - timedelta(days=1)) == []


def test_a_saturday_is_none_even_without_holidays() -> None:
    assert [is_working_day(date(2026, 11, day)) for day in (27, 28, 29, 30)] == [True, False, False, True]


def test_a_fiscal_year_runs_from_october_to_september() -> None:
    found = fiscal_year_days(2570)
    assert (found[0], found[-1], len(found)) == (date(2026, 10, 1), date(2027, 9, 30), 261)


def test_the_fiscal_year_2570_has_243_working_days_of_the_government(government: set[date]) -> None:
    assert len(fiscal_year_days(2570, government)) == 243  # 261 without 18 holidays on weekdays


# --- the data ------------------------------------------------------------------------------------
def test_each_day_is_written_once_in_order_and_in_both_languages(days: list[dict[str, Any]]) -> None:
    order = [date.fromisoformat(day["on"]) for day in days]
    assert order == sorted(set(order))
    assert {day.year for day in order} == {2026, 2027}
    assert [day["on"] for day in days if not (day["name"].strip() and day["name_en"].strip())] == []
    assert {key for day in days for key in day} == {"on", "name", "name_en", "is_government", "is_certain"}


def test_what_falls_on_a_weekend_has_a_working_day_instead(days: list[dict[str, Any]]) -> None:
    kept = {date.fromisoformat(day["on"]): day["name"] for day in days}
    weekend = {day: name for day, name in kept.items() if day.weekday() >= 5}
    instead = {day: name for day, name in kept.items() if name.startswith("ชดเชย")}
    assert sorted(f"ชดเชย{name}" for name in weekend.values()) == sorted(instead.values())
    assert [day for day in instead if day.weekday() >= 5] == []
    # The first day after it that is neither a weekend nor a holiday of its own.
    expected = set()
    for day in weekend:
        own = set(kept) - set(instead)
        while day.weekday() >= 5 or day in own:
            day += timedelta(days=1)
        expected.add(day)
    assert expected == set(instead)


def test_labor_day_closes_banks_and_not_offices(days: list[dict[str, Any]]) -> None:
    assert [day["on"] for day in days if not day.get("is_government", True)] == [
        "2026-05-01",
        "2027-05-01",
        "2027-05-03",
    ]


def test_what_the_moon_decides_is_marked_until_the_cabinet_has_said_it(days: list[dict[str, Any]]) -> None:
    assert [day["on"] for day in days if not day.get("is_certain", True)] == [
        "2027-02-21",
        "2027-02-22",
        "2027-05-20",
        "2027-07-18",
        "2027-07-19",
        "2027-07-20",
    ]


def test_the_days_fixed_by_law_are_there_in_both_years(government: set[date]) -> None:
    fixed = ["1-1", "4-6", "4-13", "4-14", "4-15", "5-4", "6-3", "7-28", "8-12", "10-13", "10-23", "12-5"]
    fixed += ["12-10", "12-31"]
    wanted = {date(year, *map(int, day.split("-"))) for year in (2026, 2027) for day in fixed}
    assert wanted - government == set()
