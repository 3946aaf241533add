"""What a drawing of a report says, how long its marks are, and what the page gets."""

import re
from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from learning.reports.charts import Chart, bar_chart, column_chart, footnotes, written
from learning.reports.tables import HIDDEN, Cell, Column, Line, Measure, Table

LONG_NAME = "สหกรณ์ออมทรัพย์ครูและบุคลากรทางการศึกษาจังหวัดประจวบคีรีขันธ์และใกล้เคียง จำกัด"
COLUMNS = (
    Column("enrolled", "Enrolled"),
    Column("completed", "Completed"),
    Column("late", "Late"),
    Column("share", "Share", Measure.PERCENT),
    Column("last", "Last", Measure.TEXT),
)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The words of a report are those of its reader; here they are the ones in the code."""
    with translation.override("en"):
        yield


def table(*rows: tuple[str, tuple[Cell, ...]]) -> Table:
    padding: tuple[Cell, ...] = (None,) * len(COLUMNS)
    lines = [Line(label, (*cells, *padding)[: len(COLUMNS)]) for label, cells in rows]
    return Table("Learning", "Phatthalung", "As of today", "Organization", COLUMNS, lines)


def drawn(chart: Chart) -> str:
    return render_to_string("reports/chart.html", {"chart": chart})


def test_one_series_is_as_long_as_its_share_of_the_largest() -> None:
    chart = bar_chart(table(("A", (40,)), ("B", (10,)), ("C", (0,))), ["enrolled"])
    assert [(bar.value, bar.end, bar.marks[0].is_zero) for bar in chart.bars] == [
        ("40", "100%", False),
        ("10", "25%", False),
        ("0", "0%", True),
    ]
    assert 'width="2"' in drawn(chart)


def test_a_part_is_told_of_its_whole() -> None:
    chart = bar_chart(table(("A", (52, 40))), ["enrolled", "completed"])
    assert chart.bars[0].value == "40 of 52"
    assert chart.bars[0].value_lines == ("40", "of 52")
    assert [(mark.tone, mark.length) for mark in chart.bars[0].marks] == [("outer", "100%"), ("middle", "76.92%")]


def test_a_second_figure_that_is_larger_is_no_part_and_stays_in_sight() -> None:
    bar = bar_chart(table(("A", (20, 40))), ["enrolled", "completed"]).bars[0]
    assert (bar.value, bar.end) == ("20 · 40", "100%")
    assert [mark.length for mark in bar.marks] == ["50%", "100%"]


def test_three_series_stand_in_the_order_of_their_key_and_differ_in_thickness() -> None:
    chart = bar_chart(table(("A", (1250, 40, 3))), ["enrolled", "completed", "late"])
    assert chart.bars[0].value == "1,250 · 40 · 3"
    assert len({series.share for series in chart.series}) == 3


def test_a_figure_that_may_not_be_shown_is_a_hatched_stub_without_a_length() -> None:
    chart = bar_chart(table(("A", (HIDDEN, HIDDEN)), ("B", (9, 3))), ["enrolled", "completed"])
    assert (chart.bars[0].value, chart.bars[0].marks, chart.bars[0].is_hidden) == ("not shown", (), True)
    assert drawn(chart).count('class="hatch"') == 1


def test_no_figure_is_a_dash_and_not_a_zero() -> None:
    bar = bar_chart(table(("A", (None,)), ("B", (9,))), ["enrolled"]).bars[0]
    assert (bar.value, bar.marks, bar.is_hidden) == ("–", (), False)


def test_percent_is_drawn_of_a_hundred() -> None:
    bar = bar_chart(table(("A", (0, 0, 0, 74))), ["share"]).bars[0]
    assert (bar.value, bar.end) == ("74%", "74%")


def test_bars_show_the_first_twelve_and_count_the_others() -> None:
    chart = bar_chart(table(*((f"L{number}", (number,)) for number in range(15))), ["enrolled"])
    assert [bar.label for bar in chart.bars] == [f"L{number}" for number in range(12)]
    assert chart.more == "And 3 more in the table."


def test_columns_show_the_last_twelve_and_count_the_earlier() -> None:
    chart = column_chart(table(*((f"Q{number}", (number,)) for number in range(13))), ["enrolled"])
    assert [bar.label for bar in chart.bars] == [f"Q{number}" for number in range(1, 13)]
    assert chart.more == "1 earlier one is in the table."


@pytest.mark.parametrize(
    ("rows", "summary"),
    [
        ([("A", (5,)), ("B", (9,)), ("C", (2,))], "Learning: Enrolled, most in B (9), least in C (2)."),
        ([("A", (5,)), ("B", (HIDDEN,))], "Learning: Enrolled, A 5."),
        ([("A", (5,)), ("B", (5,))], "Learning: Enrolled, the same in all: 5."),
        ([("A", (HIDDEN,))], "Learning: there are no figures to draw."),
    ],
)
def test_the_drawing_is_told_in_one_sentence(rows: list[tuple[str, tuple[Cell, ...]]], summary: str) -> None:
    chart = bar_chart(table(*rows), ["enrolled"])
    assert chart.summary == summary
    assert f'role="img" aria-label="{summary}"' in drawn(chart)


@pytest.mark.parametrize("keys", [[], ["enrolled", "completed", "late", "share"], ["last"], ["enrolled", "share"]])
def test_a_chart_of_other_than_one_to_three_like_figures_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="chart"):
        bar_chart(table(("A", (1,))), keys)


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        bar_chart(table(("A", (1,))), ["nobody"])


def test_names_are_whole_and_escaped_and_nothing_carries_its_own_style() -> None:
    page = drawn(bar_chart(table((LONG_NAME, (1,)), ("<b>ก</b>", (2,))), ["enrolled"]))
    assert f'<p class="bar-label">{LONG_NAME}</p>' in page
    assert "<b>" not in page
    assert not re.search(r"\sstyle=|<style|\sid=", page)


def test_columns_are_drawn_with_their_bars_for_a_phone() -> None:
    chart = column_chart(table(*((f"Q{number}", (8, 4)) for number in range(5))), ["enrolled", "completed"])
    page = drawn(chart)
    assert (page.count('<svg class="bar"'), page.count('<svg class="column"')) == (5, 5)
    assert "chart-few" not in page
    assert '<tspan x="50%" dy="-8">4</tspan><tspan x="50%" dy="-20">8</tspan>' in page, "what is completed is no part"


def test_a_table_without_lines_has_no_drawing() -> None:
    assert drawn(bar_chart(table(), ["enrolled"])).strip() == ""


@pytest.mark.parametrize(
    ("cell", "measure", "words"),
    [
        (1250, Measure.COUNT, "1,250"),
        (12.0, Measure.HOURS, "12"),
        (1012.5, Measure.HOURS, "1,012.5"),
        (74.9, Measure.PERCENT, "74%"),
        (None, Measure.PERCENT, "–"),
        (HIDDEN, Measure.COUNT, "–*"),
        ("23 พ.ย. 2569", Measure.TEXT, "23 พ.ย. 2569"),
    ],
)
def test_a_cell_is_written_by_its_measure(cell: Cell, measure: Measure, words: str) -> None:
    assert written(cell, measure) == words


def test_footnotes_explain_the_counts_and_what_is_not_shown() -> None:
    column = Column("people", "People", hint="Each person once.")
    line = Line("A", (HIDDEN,))
    hiding = Table("T", "", "", "By", (column,), [line], notes=("A note.",))
    reason = "* This figure is not shown, because very few people stand behind it."
    assert footnotes(hiding) == ("People: Each person once.", "A note.", reason)
    assert footnotes(Table("T", "", "", "By", (column,), [Line("A", (9,))], notes=("A note.",))) == (
        "People: Each person once.",
        "A note.",
    )
