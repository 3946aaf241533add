"""A table as an XLSX workbook: its figures can be summed and sorted, and it prints as it is. Pure."""

import math
import re
import unicodedata
from copy import copy
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as Place
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from learning.reports.charts import footnotes, written
from learning.reports.tables import HIDDEN, Cell, Line, Measure, Table

FACE = "TH Sarabun New"  # the face of Thai government papers; a program without it takes its own
SIZE = 16
FORMATS = {Measure.COUNT: "#,##0", Measure.HOURS: "#,##0.0", Measure.PERCENT: "0%", Measure.TEXT: "@"}
GROUND = PatternFill("solid", fgColor="E4EFE9")
HAIRLINE = Side(style="thin", color="7A857F")
DOUBLE = Side(style="double", color="1E2A26")
LABEL_WIDTHS, COLUMN_WIDTHS = (24, 60), (12, 30)  # least and most, in characters of the program's own face
LETTER = 1.15  # a Thai letter of FACE at SIZE in these characters
FORMULA = re.compile(r"\s*[=+\-@]")
Looks = dict[tuple[object, ...], StyleArray]  # what cells look like, by what they hold
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


def write_workbook(table: Table) -> bytes:
    """Write the whole table on one sheet: what it is, the heading, a line each, the total, the notes.

    Figures are numbers; percent is written as a share, so 74 is 0.74 and shown as 74%. Every text is a text, also
    one that begins like a formula. A figure that may not be shown is not in the file.
    """
    workbook = Workbook()
    workbook.properties.title = _clean(table.title)
    workbook.properties.creator = ""
    sheet = workbook.active
    sheet.title = NOT_IN_SHEET_NAMES.sub(" ", _clean(table.title))[:31].strip() or _("Report")
    looks: Looks = {}
    heading = _write_top(sheet, table)
    _write_heading(sheet, heading, table)
    for row, line in enumerate(table.lines, start=heading + 1):
        _write_line(sheet, row, table, line, looks)
    last = heading + len(table.lines)
    if not table.lines:
        last += 1
        _write_words(sheet.cell(last, 1), _("There is no data for this report."))
    elif table.total:
        last += 1
        _write_line(sheet, last, table, table.total, looks, is_total=True)
    for row, note in enumerate(footnotes(table), start=last + 2):
        _write_words(sheet.cell(row, 1), note)
    _set_widths(sheet, table)
    _set_print(sheet, heading, len(_headings(table)))
    if table.lines:
        end = f"{get_column_letter(len(_headings(table)))}{heading + len(table.lines)}"
        sheet.auto_filter.ref = f"A{heading}:{end}"
    file = BytesIO()
    workbook.save(file)
    workbook.close()
    return file.getvalue()


def _write_top(sheet: Worksheet, table: Table) -> int:
    """What the sheet is about; gives the row of the heading, after an empty one."""
    _write_words(sheet.cell(1, 1), table.title, bold=True, size=SIZE + 4)
    rows = [text for text in (table.area, table.standing, *table.filters) if text]
    for row, text in enumerate(rows, start=2):
        _write_words(sheet.cell(row, 1), text)
    return len(rows) + 3


def _headings(table: Table) -> list[str]:
    notes = [_("Remark")] if _has_notes(table) else []
    return [table.by, *(column.label for column in table.columns), *notes]


def _has_notes(table: Table) -> bool:
    return any(line.note for line in table.lines)


def _write_heading(sheet: Worksheet, row: int, table: Table) -> None:
    for place, text in enumerate(_headings(table), start=1):
        cell = sheet.cell(row, place)
        _write_words(cell, text, bold=True)
        cell.fill = GROUND
        cell.border = Border(top=HAIRLINE, bottom=HAIRLINE)
        cell.alignment = Alignment(horizontal="left" if place == 1 else "center", vertical="center", wrap_text=True)
    sheet.freeze_panes = sheet.cell(row + 1, 2)


def _write_line(sheet: Worksheet, row: int, table: Table, line: Line, looks: Looks, *, is_total: bool = False) -> None:
    measures = [Measure.TEXT, *(column.measure for column in table.columns)]
    cells: list[Cell] = [line.label, *line.cells]
    if _has_notes(table):
        measures.append(Measure.TEXT)
        cells.append(line.note)
    for place, (value, measure) in enumerate(zip(cells, measures, strict=True), start=1):
        cell = sheet.cell(row, place)
        if isinstance(value, int | float):
            cell.value = value / 100 if measure is Measure.PERCENT else value
        elif value is not None:
            _write_text(cell, written(value, measure))
        # openpyxl takes 0.3 ms to find a style among its own, so each is made once.
        look = (measure, isinstance(value, int | float), value == HIDDEN, is_total)
        if look not in looks:
            _dress(cell, measure, value, is_total=is_total)
            looks[look] = copy(cell._style)
        is_prefixed = cell.quotePrefix
        cell._style = copy(looks[look])
        cell.quotePrefix = is_prefixed


def _dress(cell: Place, measure: Measure, value: Cell, *, is_total: bool) -> None:
    is_text = measure is Measure.TEXT and value != HIDDEN
    cell.font = Font(name=FACE, size=SIZE, bold=is_total)
    cell.border = Border(top=HAIRLINE, bottom=DOUBLE) if is_total else Border(bottom=HAIRLINE)
    cell.alignment = Alignment(horizontal="left" if is_text else "right", vertical="top", wrap_text=is_text)
    cell.number_format = FORMATS[measure if isinstance(value, int | float) else Measure.TEXT]


def _write_text(cell: Place, text: str) -> None:
    cell.value = _clean(text)
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula, and #N/A for an error
    if FORMULA.match(text):
        cell.quotePrefix = True  # stays a text when somebody edits the cell


def _write_words(cell: Place, text: str, *, bold: bool = False, size: int = SIZE) -> None:
    _write_text(cell, text)
    cell.font = Font(name=FACE, size=size, bold=bold)


def _clean(text: str) -> str:
    """The text without signs that no XML may hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", str(text))


def _set_widths(sheet: Worksheet, table: Table) -> None:
    texts: list[list[str]] = [[line.label for line in table.lines]]
    texts += [
        [written(line.cells[place], column.measure) for line in table.lines]
        for place, column in enumerate(table.columns)
    ]
    texts.append([line.note for line in table.lines])
    for place, (heading, below) in enumerate(zip(_headings(table), texts, strict=False), start=1):
        least, most = LABEL_WIDTHS if place == 1 else COLUMN_WIDTHS
        # A heading may take two lines.
        letters = max([_width(heading) / (1 if place == 1 else 2), *map(_width, below)])
        sheet.column_dimensions[get_column_letter(place)].width = min(most, max(least, math.ceil(letters * LETTER) + 2))


def _width(text: str) -> int:
    """The letters that take room: marks over and under Thai consonants take none."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text)


def _set_print(sheet: Worksheet, heading: int, columns: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.oddFooter.right.text = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
