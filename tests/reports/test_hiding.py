"""Who may see only totals cannot tell from a report what one of few people does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.reports.hiding import SMALL_CELL, hide_small_cells
from learning.reports.tables import HIDDEN, Column, Line, Measure, Table

COLUMNS = (Column("people", "คน"), Column("enrolled", "สมัคร"), Column("percent", "ร้อยละ", Measure.PERCENT))


def report(*people: int, total: int | None = None) -> Table:
    return Table(
        title="รายงาน",
        area="ชัยนาท",
        standing="วันนี้",
        by="ประเภท",
        columns=COLUMNS,
        lines=tuple(
            Line(str(place), (count, 2 * count, 50 if count else None), url="/") for place, count in enumerate(people)
        ),
        total=None if total is None else Line("รวม", (total, 2 * sum(people), 50)),
    )


def shown(table: Table) -> list[object]:
    return [line.cells[0] for line in table.lines]


def test_a_line_of_four_people_is_hidden_and_one_of_five_is_not() -> None:
    hidden = hide_small_cells(report(SMALL_CELL - 1, SMALL_CELL, 9, 3, total=20))
    assert shown(hidden) == [HIDDEN, 5, 9, HIDDEN]
    assert hidden.lines[0] == Line("0", (HIDDEN, HIDDEN, HIDDEN), url="")
    assert hidden.lines[1].url == "/"


def test_nobody_may_be_shown() -> None:
    table = report(0, 7, total=7)
    assert hide_small_cells(table) == table


def test_a_single_small_line_takes_the_smallest_other_with_it_so_that_the_total_does_not_give_it_away() -> None:
    assert shown(hide_small_cells(report(2, 30, 6, 8, total=46))) == [HIDDEN, 30, HIDDEN, 8]


def test_without_a_total_a_single_small_line_is_hidden_alone() -> None:
    assert shown(hide_small_cells(report(2, 30, 6))) == [HIDDEN, 30, 6]


def test_a_total_of_few_people_is_hidden_too() -> None:
    hidden = hide_small_cells(report(3, 0, total=3))
    assert shown(hidden) == [HIDDEN, 0]
    assert hidden.total is not None
    assert hidden.total.cells == (HIDDEN, HIDDEN, HIDDEN)


def test_what_is_empty_stays_empty() -> None:
    table = Table("รายงาน", "ชัยนาท", "วันนี้", "ประเภท", COLUMNS, (Line("ก", (1, 2, None)),))
    assert hide_small_cells(table).lines[0].cells == (HIDDEN, HIDDEN, None)


def test_a_table_that_counts_no_people_is_left_as_it_is() -> None:
    table = Table("คณะกรรมการ", "ชัยนาท", "วันนี้", "จังหวัด", (Column("boards", "คณะ"),), (Line("ก", (1,)),))
    assert hide_small_cells(table) == table


@given(people=st.lists(st.integers(0, 12), max_size=8))
def test_the_cells_that_are_left_never_give_a_hidden_line_away(people: list[int]) -> None:
    hidden = hide_small_cells(report(*people, total=sum(people)))
    assert not [count for count in shown(hidden) if isinstance(count, int) and 0 < count < SMALL_CELL]
    places = [place for place, count in enumerate(shown(hidden)) if count == HIDDEN]
    assert hidden.total is not None
    if hidden.total.cells[0] != HIDDEN and places:
        assert len(places) > 1
        assert sum(people[place] for place in places) > max(people[place] for place in places)


@pytest.mark.parametrize("people", [(1, 5), (4, 5, 5), (1, 1), (1, 0, 5)])
def test_two_lines_or_none_are_hidden_beside_a_total(people: tuple[int, ...]) -> None:
    assert shown(hide_small_cells(report(*people, total=sum(people)))).count(HIDDEN) == 2


COMPLETING = (
    Column("people", "คน"),
    Column("enrolled", "สมัคร"),
    Column("active", "กำลังเรียน"),
    Column("completed", "จบ"),
    Column("people_completed", "คนที่จบ"),
)


def completing(*people_completed: int, total: int | None = None) -> Table:
    """Lines of fifty people each, of whom so many have completed one course."""
    lines = tuple(Line(str(count), (50, 50, 50 - count, count, count), url="/") for count in people_completed)
    whole = None if total is None else Line("รวม", (50 * len(lines), 50 * len(lines), 0, total, total))
    return Table("รายงาน", "ชัยนาท", "วันนี้", "ประเภท", COMPLETING, lines, total=whole)


def test_of_many_of_whom_few_have_completed_only_the_completing_is_hidden() -> None:
    hidden = hide_small_cells(completing(3, 20))
    assert hidden.lines[0] == Line("3", (50, 50, HIDDEN, HIDDEN, HIDDEN), url="/")
    assert hidden.lines[1].cells == (50, 50, 30, 20, 20)


def test_the_total_does_not_give_the_few_who_have_completed_away() -> None:
    hidden = hide_small_cells(completing(3, 20, 9, total=32))
    assert [line.cells[3] for line in hidden.lines] == [HIDDEN, 20, HIDDEN]


def test_who_completed_in_these_days_without_having_begun_in_them_is_hidden_too() -> None:
    table = Table("รายงาน", "ชัยนาท", "วันนี้", "ไตรมาส", COMPLETING, (Line("1", (0, 0, 0, 2, 2)),))
    assert hide_small_cells(table).lines[0].cells == (0, 0, HIDDEN, HIDDEN, HIDDEN)


STANDING = (*COMPLETING, Column("overdue", "เลยกำหนด"))


def standing(*lines: tuple[int, int, int], total: tuple[int, int, int] | None = None) -> Table:
    """Lines of fifty people with one course each: (still learning, have completed, overdue)."""
    made = tuple(Line(str(place), (50, 50, a, c, c, o), url="/") for place, (a, c, o) in enumerate(lines))
    whole = None
    if total:
        active, completed, overdue = total
        whole = Line("รวม", (50 * len(lines), 50 * len(lines), active, completed, completed, overdue))
    return Table("รายงาน", "ชัยนาท", "วันนี้", "ประเภท", STANDING, made, total=whole)


def test_few_overdue_are_hidden_alone() -> None:
    hidden = hide_small_cells(standing((30, 20, 4), (30, 20, 5), (30, 20, 0)))
    assert hidden.lines[0].cells == (50, 50, 30, 20, 20, HIDDEN)
    assert [line.cells[5] for line in hidden.lines] == [HIDDEN, 5, 0]


def test_the_total_does_not_give_few_overdue_away() -> None:
    hidden = hide_small_cells(standing((30, 20, 4), (30, 20, 9), (30, 20, 6), total=(90, 60, 19)))
    assert [line.cells[5] for line in hidden.lines] == [HIDDEN, 9, HIDDEN]
    assert hidden.total is not None
    assert hidden.total.cells[5] == 19


def test_few_overdue_of_a_whole_area_are_hidden_in_the_total() -> None:
    hidden = hide_small_cells(standing((30, 20, 2), (30, 20, 0), total=(60, 40, 2)))
    assert [line.cells[5] for line in hidden.lines] == [HIDDEN, 0]
    assert hidden.total is not None
    assert hidden.total.cells == (100, 100, 60, 40, 40, HIDDEN)


def test_few_who_still_learn_cannot_be_told_from_those_who_have_completed() -> None:
    hidden = hide_small_cells(standing((2, 48, 0), (30, 20, 0)))
    assert hidden.lines[0].cells == (50, 50, HIDDEN, HIDDEN, HIDDEN, 0)
    assert hidden.lines[1].cells == (50, 50, 30, 20, 20, 0)


def quarters(*years: tuple[int, tuple[int, ...]]) -> Table:
    """Years with their quarters before them; `enrolled` is the sum, people are counted once."""
    lines: list[Line] = []
    for people, parts in years:
        lines += [Line(f"{place}", (count, count, None)) for place, count in enumerate(parts)]
        lines.append(Line("ปี", (people, sum(parts), None), sums=len(parts)))
    return Table("รายงาน", "ชัยนาท", "วันนี้", "ไตรมาส", COLUMNS, tuple(lines))


def test_a_year_does_not_give_its_one_small_quarter_away() -> None:
    hidden = hide_small_cells(quarters((25, (3, 20, 6, 9))))
    assert shown(hidden) == [HIDDEN, 20, HIDDEN, 9, 25]


def test_a_year_of_few_is_hidden_with_its_quarters() -> None:
    assert shown(hide_small_cells(quarters((3, (2, 0, 1)), (4, (4,))))) == [HIDDEN, 0, HIDDEN, HIDDEN, HIDDEN, HIDDEN]


def test_all_years_together_which_other_reports_tell_do_not_give_a_year_of_few_away() -> None:
    hidden = hide_small_cells(quarters((3, (3,)), (40, (20, 20)), (30, (12, 18))))
    assert shown(hidden) == [HIDDEN, HIDDEN, 20, 20, 40, HIDDEN, 18, HIDDEN]


@given(years=st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=4), max_size=4))
def test_no_sum_of_quarters_or_years_gives_a_small_one_away(years: list[list[int]]) -> None:
    """Read as a curious reader would: what a sum leaves for a single hidden line is known."""
    table = quarters(*((sum(parts), tuple(parts)) for parts in years))
    cells = dict(enumerate(shown(hide_small_cells(table))))
    sums: list[tuple[int | None, list[int]]] = [
        (place, list(range(place - line.sums, place))) for place, line in enumerate(table.lines) if line.sums
    ]
    true = dict(enumerate(shown(table)))
    known = {place for place, cell in cells.items() if cell != HIDDEN or true[place] == 0}
    sums.append((None, [place for place, _parts in sums if place is not None]))  # all years: told elsewhere
    for _round in range(len(sums) + 1):
        for whole, parts in sums:
            members = [*parts, *([] if whole is None else [whole])]
            unknown = [place for place in members if place not in known]
            if len(unknown) == 1:
                known.add(unknown[0])
    all_years = sum(map(sum, years))
    small = [place for place, count in true.items() if isinstance(count, int) and 0 < count < SMALL_CELL]
    assert all_years < SMALL_CELL or not known & set(small)
