"""A report as a table of plain values: what the page, the chart, the XLSX and the PDF are all made from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Measure(StrEnum):
    """How a column's values are shown and summed."""

    TEXT = "text"
    COUNT = "count"  # whole number
    HOURS = "hours"  # hours, one decimal when there is one
    PERCENT = "percent"  # whole percent, rounded down


# A cell that may not be shown to somebody who sees only totals: fewer people than SMALL_CELL stand behind it.
HIDDEN = "hidden"
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is stable, for links and files; `label` is for people; `hint` explains the count in a sentence."""

    key: str
    label: str
    measure: Measure = Measure.COUNT
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report: what it counts, where its name leads, and one cell for each column.

    `sums`: so many lines right before it are its parts, as the quarters of a year.
    """

    label: str
    cells: tuple[Cell, ...]
    url: str = ""
    note: str = ""
    sums: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A whole report. `lines` of one page are shown on the site, and may be counted only then; files hold all of them.

    `title` what is reported, `area` of which area, `standing` as of when, `by` the heading of the first
    column, `total` the line under the others (None: no total), `notes` sentences under the table,
    `shown_in_chart` the keys of the columns a chart shows.
    """

    title: str
    area: str
    standing: str
    by: str
    columns: tuple[Column, ...]
    lines: Sequence[Line]
    total: Line | None = None
    notes: tuple[str, ...] = ()
    shown_in_chart: tuple[str, ...] = ()
    filters: tuple[str, ...] = field(default=())

    def column(self, key: str) -> int:
        """The place of a column. Raises KeyError for a key that is not there."""
        for place, column in enumerate(self.columns):
            if column.key == key:
                return place
        raise KeyError(key)
