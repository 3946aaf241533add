"""Small cells are not shown to those who may only see totals: few people could be recognised. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from learning.reports.tables import HIDDEN, Cell, Line, Table

# Fewer people than this stand behind a hidden cell.
SMALL_CELL = 5
# Who has completed and who still learns: from one the other follows, alone or by subtraction.
OF_THE_COMPLETED = ("active", "completed", "percent", "people_completed", "hours")
# A column whose small counts are hidden, and what is hidden with them on the same line.
OF_A_PART = (
    ("people_completed", OF_THE_COMPLETED),
    ("active", OF_THE_COMPLETED),
    ("overdue", ("overdue",)),
)
# A sum and its parts, by their places among the lines; None: the total, which is told.
Sum = tuple[int | None, Sequence[int]]


def hide_small_cells(table: Table, *, people: str = "people") -> Table:
    """Hide what is counted of one to four people, and as much of other lines when a sum would tell it.

    `people` is the key of the column that counts them. A line of so few is hidden as a whole; of a larger one, what
    tells of so few who have completed or still learn, and so few overdue enrollments. Nobody (0) may be shown. A
    table that counts no people is left as it is.
    """
    keys = [column.key for column in table.columns]
    if people not in keys:
        return table
    hidden = table
    for counted, told in ((people, keys), *OF_A_PART):
        if counted in keys:
            places = {table.column(key) for key in told if key in keys}
            hidden = _hidden(hidden, table, table.column(counted), places)
    return hidden


def _hidden(table: Table, whole: Table, counted: int, places: Collection[int]) -> Table:
    """The table without the cells of these places in the lines where so few are counted; `whole` hides nothing yet."""
    counts = [line.cells[counted] for line in whole.lines]
    small = {
        number for number, line in enumerate(table.lines) if line.cells[counted] == HIDDEN or is_small(counts[number])
    }
    total = table.total
    if total is not None and is_small(total.cells[counted]):
        total = _without(total, places)
    _add_companions(small, counts, _sums(table, is_told=total is not None and total.cells[counted] != HIDDEN))
    lines = tuple(_without(line, places) if number in small else line for number, line in enumerate(table.lines))
    return replace(table, lines=lines, total=total)


def _sums(table: Table, *, is_told: bool) -> list[Sum]:
    """Every sum with its parts. All sums together are told by other reports, also where this one has no total."""
    sums: list[Sum] = [(place, range(place - line.sums, place)) for place, line in enumerate(table.lines) if line.sums]
    parts = {part for _place, own in sums for part in own}
    if sums or is_told:
        sums.append((None, [place for place in range(len(table.lines)) if place not in parts]))
    return sums


def _add_companions(hidden: set[int], counts: Sequence[Cell], sums: Sequence[Sum]) -> None:
    """Hide the smallest other part of a sum that would tell a single hidden one, until none does."""
    before = -1
    while before != len(hidden):
        before = len(hidden)
        for place, parts in sums:
            some = [(count, part) for part in parts if isinstance(count := counts[part], int) and count > 0]
            inside = [count for count, part in some if part in hidden]
            left = [one for one in some if one[1] not in hidden]
            # A hidden sum is told by its parts when all of them are.
            is_missing = not inside if place in hidden else len(inside) == 1 and is_small(inside[0])
            if left and is_missing:
                hidden.add(min(left)[1])


def is_small(count: Cell) -> bool:
    return isinstance(count, int) and 0 < count < SMALL_CELL


def _without(line: Line, places: Collection[int]) -> Line:
    """The line with some of its cells hidden; hidden as a whole, it leads nowhere."""
    cells = tuple(HIDDEN if place in places and cell is not None else cell for place, cell in enumerate(line.cells))
    return replace(line, cells=cells, url="" if len(places) == len(line.cells) else line.url)
