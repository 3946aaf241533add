"""The first page of an officer: one area at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from learning.organizations.choices import Kind
from learning.reports import columns
from learning.reports.charts import Chart, bar_chart, column_chart
from learning.reports.choices import Axis
from learning.reports.counting.contributions import Measures
from learning.reports.hiding import hide_small_cells
from learning.reports.links import report_url
from learning.reports.queries import boards_of, lines_of
from learning.reports.question import Question
from learning.reports.shelf import organizations, places
from learning.reports.shelf.quarters import last_quarters
from learning.reports.shelf.report import lines_in_order, table_of
from learning.reports.tables import HIDDEN, Line, Table

MOST_BEHIND = 8


@dataclass(frozen=True)
class Dashboard:
    """What the page shows; charts are None when there is nothing to draw."""

    tiles: list[dict[str, Any]]
    kinds: Table
    kinds_chart: Chart | None
    quarters_chart: Chart | None
    quarters: Table
    behind: Sequence[Line] = field(default_factory=tuple)
    is_empty: bool = False


def dashboard(question: Question) -> Dashboard:
    """The whole page in a handful of queries. Raises StillCounting."""
    found = lines_of(question, Axis.ALL, Axis.KIND, Axis.QUARTER, Axis.YEAR)
    total = found[Axis.ALL].get("", Measures())
    boards = Measures()
    if not question.days.are_between:
        for board in boards_of(question).values():
            boards.add(board)
    kinds = table_of(
        question,
        title=_("Learning by kind of organization"),
        by=_("Kind of organization"),
        lines=lines_in_order(question, found[Axis.KIND], dict(Kind.choices)),
        total=total,
    )
    quarters = last_quarters(question, found[Axis.QUARTER], found[Axis.YEAR])
    if not question.within.sees_people:
        kinds = hide_small_cells(kinds)
    return Dashboard(
        tiles=_tiles(question, total, boards, hidden=_hidden_in_total(kinds)),
        kinds=kinds,
        kinds_chart=bar_chart(kinds, kinds.shown_in_chart) if kinds.lines else None,
        quarters=quarters,
        quarters_chart=column_chart(quarters, quarters.shown_in_chart) if quarters.lines else None,
        behind=_behind(question),
        is_empty=not total,
    )


def _hidden_in_total(table: Table) -> frozenset[str]:
    """The columns whose figure of the whole area may not be shown: a tile hides what the total of a table hides."""
    cells = table.total.cells if table.total else ()
    return frozenset(column.key for column, cell in zip(table.columns, cells, strict=False) if cell == HIDDEN)


def _tiles(question: Question, total: Measures, boards: Measures, *, hidden: frozenset[str]) -> list[dict[str, Any]]:
    share = columns.percent(total.completed, total.enrolled)
    of_all = _("%(share)s%% of %(count)s enrollments") % {"share": share, "count": f"{total.enrolled:,}"}
    hours = _("%(hours)s hours learned") % {"hours": f"{total.hours:,.0f}"}
    completed = {
        "key": "completed",
        "label": _("Completed"),
        "number": f"{total.completed:,}",
        "is_main": True,
        "icon": "check-circle",
        "note": f"{of_all} · {hours}" if share is not None else "",
    }
    have_completed = _("%(count)s have completed a course") % {"count": f"{total.people_completed:,}"}
    people = {
        "key": "people",
        "label": _("People who learn"),
        "number": f"{total.people:,}",
        "icon": "people",
        "note": "" if "people_completed" in hidden else have_completed,
    }
    tiles: list[dict[str, Any]] = [completed, people]
    if not question.days.are_between:
        tiles += [*_standing_tiles(question, total), _boards_tile(question, boards)]
    return [_without_figures(tile) if tile.get("key") in hidden else tile for tile in tiles]


def _without_figures(tile: dict[str, Any]) -> dict[str, Any]:
    """Neither its number nor what tells of it: the words below, the color, the way to the lines behind it."""
    return {**tile, "is_hidden": True, "number": "", "note": "", "kind": "", "url": ""}


def _standing_tiles(question: Question, total: Measures) -> list[dict[str, Any]]:
    where = "places" if question.within.is_wide else "organizations"
    return [
        {"key": "active", "label": _("Learning"), "number": f"{total.active:,}", "icon": "book"},
        {
            "key": "overdue",
            "label": _("Overdue"),
            "number": f"{total.overdue:,}",
            "icon": "alert",
            "kind": "harm" if total.overdue else "",
            "url": f"{report_url(where, question)}&sort=-overdue",
        },
    ]


def _boards_tile(question: Question, boards: Measures) -> dict[str, Any]:
    below = boards.enrolled - boards.completed
    return {
        "label": _("Boards below half trained"),
        "number": f"{below:,}",
        "note": _("of %(count)s boards and committees") % {"count": f"{boards.enrolled:,}"},
        "icon": "people",
        "kind": "ask" if below else "",
        "url": report_url("boards", question),
    }


def _behind(question: Question) -> Sequence[Line]:
    """The parts of the area with most overdue enrollments, or, where nothing is due, fewest completed."""
    if question.days.are_between:
        return ()
    report = organizations.REPORT if organizations.REPORT.is_offered(question.within) else places.REPORT
    if question.within.level == "p":
        report = places.REPORT
    if question.within.level == "o":
        return ()
    table = report.table(question)
    if not question.within.sees_people:
        table = hide_small_cells(table)
    place = table.column("overdue")
    late = [line for line in table.lines if isinstance(line.cells[place], int) and line.cells[place]]
    return sorted(late, key=lambda line: -int(line.cells[place] or 0))[:MOST_BEHIND]
