"""A table as an official paper in Thai: A4, Thai digits, a heading on every page, room for two signatures. Pure."""

from datetime import datetime
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from certification.rendering.engine import write_pdf
from certification.rendering.official import formal, printable, width_mm
from cms.thai.dates import format_be
from cms.thai.digits import to_thai
from cms.thai.words import segment
from learning.reports.charts import Chart, bar_chart, footnotes, written
from learning.reports.tables import HIDDEN, Cell, Column, Line, Measure, Table

STYLE = Path(__file__).parent / "templates" / "reports" / "paper.css"
PAPER_MM, WIDE_PAPER_MM = 174, 261  # A4 upright and lying, without the margins of paper.css
POINTS = 10.5  # the table's type size
PADDING_MM = 4
NAMES_MM = 60  # what the first column needs: names of organizations in two lines
FIGURE_MM, TEXT_MM = (14, 26), (18, 42)  # least and most
REPORT = "รายงาน"


def write_paper(table: Table, *, office: str, printed_by: str, printed_at: datetime, chart: bool = False) -> bytes:
    """Print the whole table as a PDF/A for the files of an office; `table` holds Thai texts.

    `chart` puts the bars of `table.shown_in_chart` over the table. Names in the first column keep their own digits.
    Signatures are left open: who prints a report need not be who answers for it.
    Raises RenderingUnavailable when the libraries that draw are missing.
    """
    with translation.override("th"):
        html = render_to_string("reports/paper.html", _context(table, office, printed_by, printed_at, chart=chart))
    return write_pdf(html, css=STYLE)


def _context(table: Table, office: str, printed_by: str, printed_at: datetime, *, chart: bool) -> dict[str, object]:
    title = table.title if table.title.startswith(REPORT) else _("Report: %(title)s") % {"title": table.title}
    drawn = bar_chart(table, table.shown_in_chart) if chart and table.shown_in_chart and table.lines else None
    lines = [_printed(line, table.columns, to_thai(number)) for number, line in enumerate(table.lines, start=1)]
    widths = [_column_mm(column, place, table) for place, column in enumerate(table.columns)]
    number_mm = _mm(to_thai(len(table.lines)))
    is_wide = sum(widths) > PAPER_MM - number_mm - NAMES_MM
    room = (WIDE_PAPER_MM if is_wide else PAPER_MM) - number_mm - NAMES_MM
    share = min(1, room / max(1, sum(widths)))  # so many columns that they must squeeze
    return {
        "title": formal(title),
        "office": formal(office),
        "facts": [formal(text) for text in (table.area, table.standing, *table.filters) if text],
        "by": formal(table.by),
        "columns": [(_kind(column), formal(column.label)) for column in table.columns],
        "widths": [f"{number_mm:.1f}mm", "auto", *(f"{width * share:.1f}mm" for width in widths)],
        "is_wide": is_wide,
        "lines": lines,
        "total": _printed(table.total, table.columns, "") if table.total and table.lines else None,
        "notes": [formal(note) for note in footnotes(table)],
        "chart": drawn and _drawn(drawn),
        "printed_by": printable(printed_by),
        "printed_on": format_be(printed_at, "formal"),
        "printed_time": to_thai(format_be(printed_at, "time")).replace(":", "."),
        "printed_at": printed_at.isoformat(timespec="seconds"),
    }


def _kind(column: Column) -> str:
    return "text" if column.measure is Measure.TEXT else "figure"


def _column_mm(column: Column, place: int, table: Table) -> float:
    """Room for the longest value in one line, and for a heading in two uneven lines that breaks no word."""
    least, most = TEXT_MM if column.measure is Measure.TEXT else FIGURE_MM
    lines = [*table.lines, table.total] if table.total else table.lines
    values = {_cell(line.cells[place], column) for line in lines}
    words = [_mm(word, bold=True) for word in segment(column.label)]
    heading = (_mm(column.label, bold=True) - PADDING_MM) * 0.72 + PADDING_MM
    return min(most, max(least, heading, *words, *map(_mm, values)))


def _mm(text: str, *, bold: bool = False) -> float:
    return width_mm(text, points=POINTS, bold=bold) + PADDING_MM


def _printed(line: Line, columns: tuple[Column, ...], number: str) -> dict[str, object]:
    cells = [(_kind(column), _cell(cell, column)) for cell, column in zip(line.cells, columns, strict=True)]
    return {"number": number, "label": printable(line.label), "note": formal(line.note), "cells": cells}


def _cell(cell: Cell, column: Column) -> str:
    """An empty text stays empty; a figure that is not there is a dash."""
    if column.measure is Measure.TEXT and cell != HIDDEN:
        return formal(written(cell, column.measure)) if cell else ""
    return to_thai(written(cell, column.measure))


def _drawn(chart: Chart) -> dict[str, object]:
    bars = [
        {"label": printable(bar.label), "marks": bar.marks, "is_hidden": bar.is_hidden, "value": formal(bar.value)}
        for bar in chart.bars
    ]
    series = [{"label": formal(series.label), "tone": series.tone} for series in chart.series]
    return {"series": series, "bars": bars, "more": formal(chart.more)}
