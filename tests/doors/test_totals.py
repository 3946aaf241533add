"""Who sees totals sees how many learn, never who, and nothing of so few that one could tell who it is."""

import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.urls import reverse
from openpyxl import load_workbook

from learning.reports.hiding import SMALL_CELL
from learning.reports.models import ReportFile
from learning.reports.shelf import REPORTS
from learning.reports.tasks import print_report
from tests.doors.district import CROWD, PEOPLE, World
from tests.doors.knocking import Answer, knock, paper_text
from tests.doors.people import TOTALS, Caller

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# The hours that one person of the secret cooperative has learned, as pages and as papers write them.
TOO_FEW = ("7.3", "๗.๓")
# How many there are of what: people, those of them who do something, and seats whose holders have learned.
COUNTS_PEOPLE = ("people", "people_completed", "active", "overdue", "trained")


def reports_of(world: World) -> list[tuple[str, str]]:
    """Every report of every area around the district, from the country down to the cooperative itself."""
    areas = ["n", "c14", "p18", f"g{world.group.pk}", f"d{world.district.pk}", f"o{world.cooperative.pk}"]
    areas.append(f"o{world.women.pk}")
    return [(slug, area) for slug in REPORTS for area in areas]


def few_in_page(answer: Answer) -> list[str]:
    """Lines of the table on which one to four people can be counted."""
    table = answer.response.context["table"]
    places = [place for place, column in enumerate(table.columns) if column.key in COUNTS_PEOPLE]
    lines = [*table.lines, *([table.total] if table.total else [])]
    return [line.label for line in lines for place in places if is_few(line.cells[place])]


def few_in_workbook(answer: Answer, labels: set[str]) -> list[str]:
    """The same of the file, read as a program would."""
    sheet = load_workbook(io.BytesIO(answer.response.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heading = next(number for number, row in enumerate(rows) if labels & set(map(str, row)))
    places = [place for place, text in enumerate(rows[heading]) if text in labels]
    return [str(row[0]) for row in rows[heading + 1 :] for place in places if is_few(row[place])]


def is_few(cell: Any) -> bool:
    return isinstance(cell, int) and 0 < cell < SMALL_CELL


@pytest.mark.parametrize("name", sorted(TOTALS))
def test_few_people_are_hidden_on_every_report_and_in_every_workbook(
    name: str, world: World, people: dict[str, Caller]
) -> None:
    cache.clear()
    found: dict[str, Any] = {}
    seen = 0
    for slug, area in reports_of(world):
        page = knock(people[name], f"{reverse('reports:report', args=[slug])}?area={area}")
        if page.status == 404:  # not offered of such an area, or the whole country asked by a center
            continue
        seen += 1
        book = knock(people[name], f"{reverse('reports:workbook', args=[slug])}?area={area}")
        labels = {c.label for c in page.response.context["table"].columns if c.key in COUNTS_PEOPLE}
        wrong = [*few_in_page(page), *(few_in_workbook(book, labels) if labels else [])]
        hidden = (*PEOPLE, CROWD, *(TOO_FEW if area[0] == "o" else ()))  # wider areas hold the hours in their sum
        wrong += [f"tells {told}" for one in (page, book) for told in one.tells(hidden)]
        if wrong:
            found[f"{slug} {area}"] = wrong
    assert found == {}
    assert seen >= 40


@pytest.mark.parametrize("name", sorted(TOTALS))
def test_the_first_page_of_a_small_area_shows_no_figure(name: str, world: World, people: dict[str, Caller]) -> None:
    cache.clear()
    for area in (f"o{world.cooperative.pk}", f"o{world.women.pk}"):
        answer = knock(people[name], f"{reverse('reports:dashboard')}?area={area}")
        dashboard = answer.response.context["dashboard"]
        shown = [tile["label"] for tile in dashboard.tiles if not tile.get("is_hidden") and "boards" not in str(tile)]
        assert (area, answer.status, shown, answer.tells((*PEOPLE, CROWD, *TOO_FEW))) == (area, 200, [], [])


@pytest.mark.parametrize(("name", "told"), [("somchai", ["๗.๓"]), ("wipa", []), ("head office", [])])
def test_a_paper_holds_what_its_asker_may_see(
    name: str, told: list[str], world: World, people: dict[str, Caller]
) -> None:
    address = reverse("reports:paper", args=["organizations"])
    client = people[name].client()
    asked = client.post(address, {"area": f"o{world.cooperative.pk}"})
    file = ReportFile.objects.get(pk=int(asked["Location"].strip("/").split("/")[-1]))
    assert print_report(file.pk)
    file.refresh_from_db()
    try:
        with file.file.open("rb") as paper:
            text = paper_text(paper.read())
    finally:
        file.file.delete(save=False)
    assert ("ทุ่งปิดทอง" in text, [one for one in TOO_FEW if one in text]) == (True, told)
    assert [one for one in (*PEOPLE, CROWD) if one in text] == []


def test_who_meets_people_sees_the_small_figures(world: World, people: dict[str, Caller]) -> None:
    """Otherwise the tests above would be content with a report that hides everything."""
    query = urlencode({"area": f"o{world.cooperative.pk}"})
    page = knock(people["somchai"], f"{reverse('reports:report', args=['kinds'])}?{query}")
    book = knock(people["somchai"], f"{reverse('reports:workbook', args=['kinds'])}?{query}")
    assert few_in_page(page) != []
    assert ("7.3" in page.text, "7.3" in book.text) == (True, True)


@pytest.mark.parametrize("name", sorted(TOTALS))
def test_no_page_of_organizations_names_anybody(name: str, world: World, people: dict[str, Caller]) -> None:
    organizations = [world.cooperative, world.women, world.predecessor, world.crowd]
    found = {}
    for organization in organizations:
        answer = knock(people[name], reverse("register:organization", args=[organization.pk]))
        if answer.status != 200 or (told := answer.tells((*PEOPLE, CROWD, "มาลี"))):
            found[str(organization)] = (answer.status, told)
    assert found == {}
