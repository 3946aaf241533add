"""A table as the page shows it: sorted by a column, hidden cells last."""

import pytest

from learning.reports.showing import Sheet, in_order, shown
from learning.reports.tables import HIDDEN, Column, Line, Measure, Table

TABLE = Table(
    title="รายงาน",
    area="ชัยนาท",
    standing="วันนี้",
    by="สหกรณ์",
    columns=(Column("people", "คน", hint="แต่ละคนครั้งเดียว"), Column("percent", "ร้อยละ", Measure.PERCENT)),
    lines=(
        Line("ก", (HIDDEN, None)),
        Line("ข", (7, 50)),
        Line("ค", (20, 0)),
        Line("ง", (7, 10)),
        Line("จ", (0, None)),
    ),
    total=Line("รวม", (36, 30)),
)


def order(sheet: Sheet) -> str:
    return "".join(line.label for line in sheet.lines)


@pytest.mark.parametrize(
    ("sort", "labels"),
    [
        ("", "กขคงจ"),
        ("people", "จขงคก"),
        ("-people", "คขงจก"),
        ("percent", "คงขกจ"),
        ("-percent", "ขงคกจ"),
        ("password", "กขคงจ"),
        ("-", "กขคงจ"),
    ],
)
def test_lines_are_sorted_by_a_column_with_hidden_and_empty_cells_last(sort: str, labels: str) -> None:
    assert order(shown(TABLE, in_order(TABLE, sort), sort=sort)) == labels


def test_the_total_stays_where_it_is() -> None:
    sheet = shown(TABLE, sort="people")
    assert sheet.total is not None
    assert sheet.total.label == "รวม"
    assert sheet.total.cells[0].text == "36"


def test_a_heading_leads_to_the_largest_first_and_then_to_the_smallest() -> None:
    plain, falling, rising = (shown(TABLE, sort=sort).headings[0] for sort in ("", "-people", "people"))
    assert [(one.sort, one.order) for one in (plain, falling, rising)] == [
        ("-people", ""),
        ("people", "descending"),
        ("-people", "ascending"),
    ]


def test_hidden_cells_are_marked_and_announced() -> None:
    sheet = shown(TABLE)
    assert [[cell.is_hidden for cell in line.cells] for line in sheet.lines[:2]] == [[True, False], [False, False]]
    assert sheet.has_hidden
    assert not shown(Table("", "", "", "", TABLE.columns, TABLE.lines[1:])).has_hidden


def test_hints_are_those_of_the_columns_that_have_one() -> None:
    assert shown(TABLE).hints == ({"label": "คน", "hint": "แต่ละคนครั้งเดียว"},)
