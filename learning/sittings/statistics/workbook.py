"""The statistics of a quiz as an XLSX workbook, or its questions as CSV. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from learning.sittings.statistics.results import QuizResults

FACE, BOLD = Font(name="TH Sarabun New", size=16), Font(name="TH Sarabun New", size=16, bold=True)
GROUND = PatternFill("solid", fgColor="E4EFE9")
WIDEST = 60
Value = str | int | float | None
_BEGINS_A_FORMULA = re.compile(r"\s*[=+\-@]")


def question_table(results: QuizResults) -> tuple[list[str], list[list[Value]]]:
    """The headings, and a line for each question; undefined figures are empty."""
    heads = [
        _("No."),
        _("Question"),
        _("Category"),
        _("Kind"),
        _("Answers"),
        _("Facility"),
        _("Difficulty p"),
        _("Discrimination r"),
        _("Discrimination against the rest"),
        _("Discriminative efficiency"),
        _("Standard deviation (points)"),
        _("Effective weight"),
        _("Advice"),
    ]
    rows: list[list[Value]] = []
    for one in results.questions:
        item = one.item
        figures = (item.facility, item.p, item.r, item.discrimination, item.efficiency, item.deviation, item.weight)
        rows.append(
            [
                one.number,
                one.content,
                one.category,
                one.kind_name,
                item.asked_count,
                *(_rounded(figure) for figure in figures),
                " ".join(advice.words for advice in one.advice),
            ]
        )
    return heads, rows


def write_csv(results: QuizResults) -> bytes:
    """With the mark by which spreadsheets know UTF-8; what begins like a formula is written as a text."""
    heads, rows = question_table(results)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(heads)
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def write_workbook(title: str, results: QuizResults) -> bytes:
    """Three sheets: the test, its questions, and their choices. Figures are numbers, texts are texts."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = ""
    test = results.test
    _sheet(
        book,
        _("Test"),
        [_("Figure"), _("Value")],
        [
            [_("Quiz"), title],
            [_("Sittings counted"), test.sitting_count],
            [_("Counted are"), _("first attempts") if results.first_only else _("all attempts")],
            [_("Passed"), results.passed_count],
            [_("Highest score"), _rounded(test.max_score)],
            [_("Mean (points)"), _rounded(test.mean)],
            [_("Median (points)"), _rounded(test.median)],
            [_("Standard deviation (points)"), _rounded(test.deviation)],
            [_("Skewness"), _rounded(test.skewness)],
            [_("Kurtosis"), _rounded(test.kurtosis)],
            [_("Reliability (Cronbach's alpha)"), _rounded(test.alpha)],
            [_("Error ratio"), _rounded(test.error_ratio)],
            [_("Standard error (points)"), _rounded(test.standard_error)],
        ],
    )
    _sheet(book, _("Questions"), *question_table(results))
    choices: list[list[Value]] = [
        [
            one.number,
            one.content,
            use.text if use.is_answer else _("No answer"),
            (_("right") if use.is_right else _("wrong")) if use.is_answer else None,
            use.count,
            _rounded(use.share),
            _rounded(use.upper),
            _rounded(use.lower),
        ]
        for one in results.questions
        for use in one.uses
    ]
    heads = [_("No."), _("Question"), _("Choice"), _("Key"), _("Chosen")]
    _sheet(book, _("Choices"), [*heads, _("Share of all"), _("Best 27 of 100"), _("Weakest 27 of 100")], choices)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: Workbook, name: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    sheet = book.create_sheet(name)
    lines: list[Sequence[Value]] = [heads, *rows]
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            _write(sheet, row, column, value, is_head=row == 1)
    for column in range(1, len(heads) + 1):
        longest = max(len(str(line[column - 1] or "")) for line in lines)
        sheet.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(12, longest * 1.15 + 2))
    sheet.freeze_panes = "A2"


def _write(sheet: Worksheet, row: int, column: int, value: Value, *, is_head: bool) -> None:
    cell = sheet.cell(row, column)
    cell.font = BOLD if is_head else FACE
    if is_head:
        cell.fill = GROUND
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if _BEGINS_A_FORMULA.match(value):
            cell.quotePrefix = True
    else:
        cell.value = value
        cell.alignment = Alignment(vertical="top")


def _as_text(cell: Value) -> Value:
    return f"'{cell}" if isinstance(cell, str) and _BEGINS_A_FORMULA.match(cell) else cell


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)
