"""The report of a workshop as an XLSX workbook: one sheet for each part. Pure."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cms.thai.dates import format_be
from learning.workshops.queries.report import Report

FACE = Font(name="TH Sarabun New", size=16)
BOLD = Font(name="TH Sarabun New", size=16, bold=True)
GROUND = PatternFill("solid", fgColor="E4EFE9")
NARROWEST, WIDEST = 12, 60
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
Value = str | int | float | None


def write_report(report: Report) -> bytes:
    """Figures are numbers and texts are texts, also those that begin like a formula."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = ""
    _facts(book, report)
    for part in report.breakdowns:
        heads = [part.title, _("Had a seat"), _("Attended"), _("Completed the workshop")]
        rows = [[line.label, line.seats, line.attended, line.completed] for line in (*part.lines, part.total)]
        _sheet(book, part.title, heads, rows)
    if report.questions:
        _sheet(
            book,
            _("Before and after"),
            [_("Question"), _("Before (%)"), _("After (%)"), _("Gain")],
            [
                [
                    line.content,
                    line.before_percent if line.before else None,
                    line.after_percent if line.after else None,
                    line.points,
                ]
                for line in report.questions
            ],
        )
    if not report.evaluation.is_hidden:
        _evaluation(book, report)
    if report.costs.lines:
        _costs(book, report)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 2)


def _facts(book: Workbook, report: Report) -> None:
    workshop, people, costs = report.workshop, report.people, report.costs
    days = " · ".join(dict.fromkeys(format_be(session.day) for session in report.sessions))
    rows: list[list[Value]] = [
        [_("Workshop"), workshop.title],
        [_("Transfer center"), str(workshop.center)],
        [_("Office that asked"), str(workshop.office) if workshop.office else None],
        [_("Held on"), days],
        [_("Trainers"), " · ".join(str(trainer) for trainer in report.trainers)],
        [_("Had a seat"), people.seats],
        [_("Attended"), people.attended],
        [_("Completed the workshop"), people.completed],
        [_("Mean attendance (%)"), report.mean_attendance],
        [_("Mean before (%)"), round(report.gain.before, 1) if report.gain else None],
        [_("Mean after (%)"), round(report.gain.after, 1) if report.gain else None],
        [_("Normalised gain"), _rounded(report.gain.gain) if report.gain else None],
        [_("Effect size"), _rounded(report.gain.effect_size) if report.gain else None],
        [_("Evaluation, of 5"), round(overall.mean, 2) if (overall := report.evaluation.overall) else None],
        [_("Costs (baht)"), float(costs.total)],
        [_("Costs per head (baht)"), float(costs.per_head) if costs.per_head is not None else None],
    ]
    _sheet(book, _("Summary"), [_("Report of the workshop"), ""], rows)


def _evaluation(book: Workbook, report: Report) -> None:
    heads = [_("Question"), _("Trainer"), _("Answers"), _("Mean"), _("S.D."), _("Meaning")]
    rows: list[list[Value]] = [
        [
            line.item.text,
            str(line.item.trainer) if line.item.trainer else None,
            line.summary.count,
            round(line.summary.mean, 2),
            round(line.summary.deviation, 2),
            line.summary.word,
        ]
        for line in report.evaluation.lines
        if line.summary
    ]
    _sheet(book, _("Evaluation"), heads, rows)
    said = [[line.item.text, text] for line in report.evaluation.lines for text in line.texts]
    if said:
        _sheet(book, _("In their words"), [_("Question"), _("Answer")], said)


def _costs(book: Workbook, report: Report) -> None:
    heads = [_("Kind of cost"), _("For what"), _("Quantity"), _("Price (baht)"), _("Amount (baht)")]
    rows: list[list[Value]] = [
        [str(line.get_kind_display()), line.text, float(line.quantity), float(line.price), float(line.amount)]
        for line in report.costs.lines
    ]
    rows.append([_("Total"), None, None, None, float(report.costs.total)])
    _sheet(book, _("Costs"), heads, rows)


def _sheet(book: Workbook, title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    sheet: Worksheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", title)[:31])
    widths = [len(head) for head in heads]
    for number, row in enumerate([heads, *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.font = BOLD if number == 1 else FACE
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.fill = GROUND
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"
                widths[column - 1] = max(widths[column - 1], len(value))
            elif value is not None:
                cell.value = value
                cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.00"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, max(NARROWEST, width * 1.15))
    sheet.freeze_panes = "A2"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
