"""Small cells are not shown to those who may only see totals: few people could be recognised. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from learning.reports.tables import HIDDEN, Cell, Line, Table

# Fewer people than this stand behind a hidden cell.
SMALL_CELL = 5
# What tells of those who have completed, and what would give them away by subtraction.
OF_THE_COMPLETED = ("active", "completed", "percent", "people_completed", "hours")


def hide_small_cells(table: Table, *, people: str = "people") -> Table:
    """Hide what is counted of one to four people, and as much of a second line when the total would tell the first.

    `people` is the key of the column that counts them. A line of so few is hidden as a whole; of a larger one, of
    whom so few have completed, what tells of these. Nobody (0) may be shown. A table that counts no people is
    left as it is.
    """
    keys = [column.key for column in table.columns]
    if people not in keys:
        return table
    table = _hidden(table, people, keys)
    if "people_completed" in keys:
        table = _hidden(table, "people_completed", [key for key in keys if key in OF_THE_COMPLETED])
    return table


def _hidden(table: Table, counted: str, keys: Sequence[str]) -> Table:
    """The table without the cells of these keys in the lines where so few are counted."""
    place = table.column(counted)
    counts = [line.cells[place] for line in table.lines]
    small = {number for number, count in enumerate(counts) if is_small(count)}
    if len(small) == 1 and table.total is not None:
        others = [(count, number) for number, count in enumerate(counts) if isinstance(count, int) and count > 0]
        others = [other for other in others if other[1] not in small]
        if others:
            small.add(min(others)[1])
    places = {table.column(key) for key in keys}
    lines = [_without(line, places) if number in small else line for number, line in enumerate(table.lines)]
    total = table.total
    if total is not None and is_small(total.cells[place]):
        total = _without(total, places)
    return replace(table, lines=tuple(lines), total=total)


def is_small(count: Cell) -> bool:
    return isinstance(count, int) and 0 < count < SMALL_CELL


def _without(line: Line, places: Collection[int]) -> Line:
    """The line with some of its cells hidden; hidden as a whole, it leads nowhere."""
    cells = tuple(HIDDEN if place in places and cell is not None else cell for place, cell in enumerate(line.cells))
    return replace(line, cells=cells, url="" if len(places) == len(line.cells) else line.url)
