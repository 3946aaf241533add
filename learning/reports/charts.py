"""A table drawn as bars or columns: what each mark says and how long it is, for `reports/chart.html`. Pure."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.reports.tables import HIDDEN, Cell, Column, Line, Measure, Table

MOST_LINES = 12
MOST_SERIES = 3
FEW_COLUMNS = 4  # columns that have room beside each other on a phone
# Marks of one line lie on each other; each tone has its own color and its own share of the thickness, so that
# every one stays in sight, also where a later figure is the larger one.
TONES = {1: ("only",), 2: ("outer", "middle"), 3: ("outer", "middle", "inner")}
SHARES = {"only": 76, "outer": 100, "middle": 48, "inner": 16}  # percent of the thickness


@dataclass(frozen=True, slots=True)
class Series:
    """A column of the table and the tone it is drawn in, with its thickness for the key."""

    label: str
    tone: str
    side: str
    share: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure as drawn: lengths and places in percent of the drawing, written for SVG attributes."""

    tone: str
    length: str
    start: str  # where a column begins, from the top
    side: str  # how far from the edge of its lane
    share: str  # of the thickness of its lane
    is_zero: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the table as drawn. No marks: its figures may not be shown, or there are none."""

    label: str
    marks: tuple[Mark, ...]
    value: str
    value_lines: tuple[str, ...]
    end: str
    top: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of a table. `summary` says in a sentence what is seen; `more` what only the table has.

    `room` is what the longest value takes, in steps of four letters, one to five.
    """

    kind: str
    title: str
    summary: str
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    room: str
    more: str

    @property
    def has_few_columns(self) -> bool:
        return len(self.bars) <= FEW_COLUMNS

    @property
    def value_line_count(self) -> str:
        """How many lines the values over the columns take at most."""
        return str(max((len(bar.value_lines) for bar in self.bars), default=1))


def bar_chart(table: Table, keys: Sequence[str]) -> Chart:
    """Draw the first lines as bars, each with its one to three figures: the whole first, then its parts.

    Raises KeyError for a column that is not there, ValueError for more columns or mixed measures.
    """
    left = len(table.lines) - MOST_LINES
    more = ngettext("And %(count)d more in the table.", "And %(count)d more in the table.", left) % {"count": left}
    return _chart("bars", table, keys, table.lines[:MOST_LINES], more if left > 0 else "", are_parts=True)


def column_chart(table: Table, keys: Sequence[str]) -> Chart:
    """Draw the last lines, which run from past to present, as columns. Raises as `bar_chart` does.

    The figures of a line stand beside each other: what is completed in a quarter was not begun in it.
    """
    left = len(table.lines) - MOST_LINES
    more = ngettext("%(count)d earlier one is in the table.", "%(count)d earlier ones are in the table.", left)
    return _chart(
        "columns", table, keys, table.lines[-MOST_LINES:], more % {"count": left} if left > 0 else "", are_parts=False
    )


def written(cell: Cell, measure: Measure) -> str:
    """A cell in words: 1,250; 12.5 hours as 12.5; 74 percent as 74%; – for none and –* for what is not shown."""
    match cell:
        case None:
            return "–"
        case str():
            return "–*" if cell == HIDDEN else cell
        case _ if measure is Measure.HOURS:
            return f"{cell:,.1f}".removesuffix(".0")
        case _ if measure is Measure.PERCENT:
            return f"{math.floor(cell)}%"
        case _:
            return f"{cell:,}"


def footnotes(table: Table) -> tuple[str, ...]:
    """The sentences under a table: what its columns count, its own notes, and why a figure is not shown."""
    hints = [f"{column.label}: {column.hint}" for column in table.columns if column.hint]
    lines = [*table.lines, table.total] if table.total else table.lines
    hides = any(HIDDEN in line.cells for line in lines)
    hidden = [_("* This figure is not shown, because very few people stand behind it.")] if hides else []
    return (*hints, *table.notes, *hidden)


def _chart(kind: str, table: Table, keys: Sequence[str], lines: Sequence[Line], more: str, *, are_parts: bool) -> Chart:
    columns = [table.columns[table.column(key)] for key in keys]
    if not 1 <= len(columns) <= MOST_SERIES:
        raise ValueError(f"A chart shows one to {MOST_SERIES} columns, not {len(columns)}.")
    measure = columns[0].measure
    if measure is Measure.TEXT or any(column.measure is not measure for column in columns):
        raise ValueError("The columns of a chart hold figures of one measure.")
    tones = TONES[len(columns)]
    rows = [(line.label, [line.cells[table.column(key)] for key in keys]) for line in lines]
    longest = 100 if measure is Measure.PERCENT else 0
    scale = max([longest, *(_length(cell) for _label, cells in rows for cell in cells)]) or 1
    bars = tuple(_bar(label, cells, measure, tones, scale, are_parts) for label, cells in rows)
    letters = max((_width(bar.value) for bar in bars), default=0)
    return Chart(
        kind=kind,
        title=table.title,
        summary=_summary(table.title, columns[0], [(label, cells[0]) for label, cells in rows]),
        series=tuple(Series(column.label, tone, *_lane(tone)) for column, tone in zip(columns, tones, strict=True)),
        bars=bars,
        room=str(min(5, max(1, math.ceil(letters / 4)))),
        more=more,
    )


def _bar(label: str, cells: list[Cell], measure: Measure, tones: tuple[str, ...], scale: float, are_parts: bool) -> Bar:
    shown = [(tone, cell) for tone, cell in zip(tones, cells, strict=True) if not isinstance(cell, str | None)]
    longest = max((_length(cell) for _tone, cell in shown), default=0) / scale * 100
    lines = _value(cells, measure, are_parts)
    return Bar(
        label=label,
        marks=tuple(_mark(tone, _length(cell) / scale * 100) for tone, cell in shown),
        value=lines[0] if len(lines) == 1 else _joined(lines, cells, are_parts),
        value_lines=lines,
        end=_percent(longest),
        top=_percent(100 - longest),
        is_hidden=not shown and HIDDEN in cells,
    )


def _mark(tone: str, length: float) -> Mark:
    side, share = _lane(tone)
    start = _percent(100 - length)
    return Mark(tone=tone, length=_percent(length), start=start, side=side, share=share, is_zero=length == 0)


def _lane(tone: str) -> tuple[str, str]:
    share = SHARES[tone]
    return _percent((100 - share) / 2), _percent(share)


def _value(cells: list[Cell], measure: Measure, are_parts: bool) -> tuple[str, ...]:
    """What stands at the end of a bar; one line for each figure, as there is little room over a column."""
    words = tuple(_("not shown") if cell == HIDDEN else written(cell, measure) for cell in cells)
    if len(set(words)) == 1 and isinstance(cells[0], str | None):
        return words[:1]
    return (words[1], _("of %(whole)s") % {"whole": words[0]}) if are_parts and _is_part_of_whole(cells) else words


def _joined(lines: tuple[str, ...], cells: list[Cell], are_parts: bool) -> str:
    return (" " if are_parts and _is_part_of_whole(cells) else " · ").join(lines)


def _is_part_of_whole(cells: list[Cell]) -> bool:
    match cells:
        case [int() | float() as whole, int() | float() as part]:
            return part <= whole
        case _:
            return False


def _summary(title: str, column: Column, figures: list[tuple[str, Cell]]) -> str:
    """The drawing in one sentence: the largest and the smallest figure of its first series."""
    known = [(cell, label) for label, cell in figures if not isinstance(cell, str | None)]
    if not known:
        return _("%(title)s: there are no figures to draw.") % {"title": title}
    (most, largest), (least, smallest) = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
    words = {
        "title": title,
        "column": column.label,
        "largest": largest,
        "most": written(most, column.measure),
        "smallest": smallest,
        "least": written(least, column.measure),
    }
    if len(known) == 1:
        return _("%(title)s: %(column)s, %(largest)s %(most)s.") % words
    if most == least:
        return _("%(title)s: %(column)s, the same in all: %(most)s.") % words
    return _("%(title)s: %(column)s, most in %(largest)s (%(most)s), least in %(smallest)s (%(least)s).") % words


def _length(cell: Cell) -> float:
    return 0.0 if isinstance(cell, str | None) else max(0.0, float(cell))


def _percent(value: float) -> str:
    # Text, because templates would write numbers as the reader's language does.
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def _width(text: str) -> int:
    """The letters of a text that take room: marks over and under Thai consonants take none."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text)
