"""A table as the page shows it: sorted, the cells of one page written out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from learning.reports.charts import MOST_LINES, written
from learning.reports.forms import QuestionForm
from learning.reports.tables import HIDDEN, Cell, Column, Line, Measure, Table


@dataclass(frozen=True, slots=True)
class ShownCell:
    label: str
    text: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    label: str
    url: str
    note: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that sorts: the value of `sort` it leads to, and whether the table is sorted by it."""

    label: str
    hint: str
    sort: str
    order: str


@dataclass(frozen=True, slots=True)
class Sheet:
    headings: tuple[Heading, ...]
    by_name: Heading
    lines: tuple[ShownLine, ...]
    total: ShownLine | None
    has_hidden: bool
    hints: tuple[dict[str, str], ...]


def in_order(table: Table, sort: str) -> Sequence[Line]:
    """Every line; `sort` is a column's key, with - in front for the largest first; anything else is ignored."""
    key, falls = sort.removeprefix("-"), sort.startswith("-")
    if key not in {column.key for column in table.columns}:
        return table.lines
    place = table.column(key)
    return sorted(table.lines, key=lambda line: _rank(line.cells[place], falls=falls))


def shown(table: Table, lines: Sequence[Line] | None = None, *, sort: str = "") -> Sheet:
    """The lines of one page, or of the whole table, under headings that say how it is sorted."""
    key, falls = sort.removeprefix("-"), sort.startswith("-")
    lines = table.lines if lines is None else lines
    # A chart draws the first lines of the table, whatever the page.
    every = [*lines, *table.lines[:MOST_LINES], *([table.total] if table.total else [])]
    return Sheet(
        headings=tuple(_heading(column, key, falls) for column in table.columns),
        by_name=Heading(table.by, "", "", "" if key else "ascending"),
        lines=tuple(_line(line, table.columns) for line in lines),
        total=_line(table.total, table.columns) if table.total else None,
        has_hidden=any(HIDDEN in line.cells for line in every),
        hints=tuple({"label": column.label, "hint": column.hint} for column in table.columns if column.hint),
    )


def _rank(cell: Cell, *, falls: bool) -> tuple[bool, float]:
    """Numbers in order; what is hidden or nothing always last."""
    if not isinstance(cell, int | float):
        return True, 0.0
    return False, -cell if falls else cell


def _heading(column: Column, key: str, falls: bool) -> Heading:
    is_sorted = column.key == key
    order = ("descending" if falls else "ascending") if is_sorted else ""
    return Heading(column.label, column.hint, column.key if is_sorted and falls else f"-{column.key}", order)


def _line(line: Line, columns: tuple[Column, ...]) -> ShownLine:
    cells = tuple(
        ShownCell(column.label, written(cell, column.measure), cell == HIDDEN and column.measure is not Measure.TEXT)
        for column, cell in zip(columns, line.cells, strict=True)
    )
    return ShownLine(line.label, line.url, line.note, cells)


def chosen_filters(form: QuestionForm, given: QueryDict) -> list[dict[str, Any]]:
    """The chips of the filters: each leads to the same page without it."""
    chips = []
    for label, value, fields in form.filters():
        rest = given.copy()
        for name in (*fields, "page"):
            rest.pop(name, None)
        chips.append({"label": label, "value": value, "url": f"?{rest.urlencode()}"})
    return chips
