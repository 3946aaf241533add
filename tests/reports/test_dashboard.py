"""The first page tells those who see only totals no more than the reports do."""

from typing import Any

import pytest
from django.http import QueryDict

from learning.duties.choices import Role
from learning.duties.queries import areas_of
from learning.people.models import User
from learning.reports.asking import ask
from learning.reports.dashboard import Dashboard, dashboard
from learning.reports.models import Tally
from learning.reports.tables import HIDDEN, Table
from tests.factories.duties import make_duty, office_of

pytestmark = pytest.mark.django_db
FIGURES: dict[str, Any] = {
    "people": 30,
    "enrolled": 33,
    "active": 20,
    "completed": 13,
    "people_completed": 12,
    "overdue": 7,
    "hours": 39,
}


@pytest.fixture
def wipa(academy: object) -> User:
    user = User.objects.create_user("wipa", first_name="วิภา")
    make_duty(user, Role.HEAD_OFFICE)
    return user


def tally(axis: str = "all", value: str = "", **figures: Any) -> None:
    Tally.objects.create(area="p18", axis=axis, value=value, course=0, **{**FIGURES, **figures})


def page(user: User) -> Dashboard:
    return dashboard(ask(areas_of(user), QueryDict("area=p18")).question)


def report(user: User, slug: str) -> Table:
    return ask(areas_of(user), QueryDict("area=p18"), slug=slug).table()


def told(found: Dashboard) -> dict[str, str]:
    """Icon → number and note of the tiles that tell one; boards aside."""
    tiles = [tile for tile in found.tiles if "key" in tile]
    return {
        f"{tile['icon']}{place}": "" if tile.get("is_hidden") else tile["number"] for place, tile in enumerate(tiles)
    }


def notes(found: Dashboard) -> list[str]:
    return [tile.get("note", "") for tile in found.tiles if "key" in tile]


def test_of_many_everything_is_told(wipa: User) -> None:
    tally()
    found = page(wipa)
    assert told(found) == {"check-circle0": "13", "people1": "30", "book2": "20", "alert3": "7"}
    assert all(notes(found)[:2])


def test_of_few_who_have_completed_no_tile_tells_what_they_did(wipa: User) -> None:
    tally(completed=2, people_completed=2, active=31)
    found = page(wipa)
    assert told(found) == {"check-circle0": "", "people1": "30", "book2": "", "alert3": "7"}
    assert notes(found)[:2] == ["", ""]


def test_few_overdue_stand_on_no_tile(wipa: User) -> None:
    tally(overdue=4)
    found = page(wipa)
    assert told(found) == {"check-circle0": "13", "people1": "30", "book2": "20", "alert3": ""}
    assert [tile.get("url", "") or tile.get("kind", "") for tile in found.tiles if tile["icon"] == "alert"] == [""]


def test_few_people_leave_no_figure_in_the_words_under_a_tile(wipa: User) -> None:
    tally(people=4, enrolled=4, active=2, completed=2, people_completed=2, overdue=0)
    found = page(wipa)
    assert (set(told(found).values()), set(notes(found))) == ({""}, {""})


def test_who_meets_people_sees_every_tile(wipa: User) -> None:
    make_duty(wipa, Role.MANAGEMENT_OFFICER, office_of())
    tally(people=4, enrolled=4, active=2, completed=2, people_completed=2, overdue=1)
    assert told(page(wipa)) == {"check-circle0": "2", "people1": "4", "book2": "2", "alert3": "1"}


def test_few_overdue_in_a_district_are_not_named_among_those_behind(wipa: User) -> None:
    tally()
    for number, overdue in enumerate((4, 9, 6), start=1):
        Tally.objects.create(area=f"d180{number}", axis="all", value="", course=0, **{**FIGURES, "overdue": overdue})
    found = page(wipa)
    assert [line.cells[4] for line in found.behind] == [9]


def test_the_quarters_of_the_first_page_hide_what_the_report_of_quarters_hides(wipa: User) -> None:
    tally()
    for quarter, people in enumerate((3, 20, 6, 9), start=1):
        figures = {"people": people, "enrolled": people, "completed": 0, "people_completed": 0, "active": 0}
        tally("quarter", f"2569-{quarter}", **{**figures, "overdue": 0, "hours": 0})
    tally("year", "2569", people=25, enrolled=38, active=0, completed=0, people_completed=0, overdue=0, hours=0)
    whole = [line.cells[0] for line in report(wipa, "quarters").lines]
    assert whole == [HIDDEN, 20, HIDDEN, 9, 25]
    assert [line.cells[0] for line in page(wipa).quarters.lines] == whole[:4]
