"""Small cells are not shown to those who may only see totals: few people could be recognised. Pure."""

from dataclasses import replace

from learning.reports.tables import HIDDEN, Line, Table

# Fewer people than this stand behind a hidden line.
SMALL_CELL = 5


def hide_small_cells(table: Table, *, people: str = "people") -> Table:
    """Hide every line with one to four people, and a second one when the total would give the first away.

    `people` is the key of the column that counts them; a table without it is left as it is. Nothing at all
    (0) may be shown: it is nobody.
    """
    try:
        place = table.column(people)
    except KeyError:
        return table
    counts = [line.cells[place] for line in table.lines]
    small = {number for number, count in enumerate(counts) if isinstance(count, int) and 0 < count < SMALL_CELL}
    if len(small) == 1 and table.total is not None:
        others = [
            (count, number) for number, count in enumerate(counts) if isinstance(count, int) and count >= SMALL_CELL
        ]
        if others:
            small.add(min(others)[1])
    lines = tuple(_hidden(line) if number in small else line for number, line in enumerate(table.lines))
    total = table.total
    if total is not None:
        whole = total.cells[place]
        if isinstance(whole, int) and 0 < whole < SMALL_CELL:
            total = _hidden(total)
    return replace(table, lines=lines, total=total)


def _hidden(line: Line) -> Line:
    return replace(line, cells=tuple(None if cell is None else HIDDEN for cell in line.cells), url="")
