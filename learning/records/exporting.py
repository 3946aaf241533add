"""The register as a table for an office's own: CSV line by line, XLSX with its rows never all in memory. Pure.

The columns stand in the order in which offices keep their registers on paper; headings are Thai whatever language
is read, and days are written in the Buddhist Era as text, for a spreadsheet would show them in another.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from certification.choices import CertificateState
from certification.codes import grouped
from certification.models import Certificate
from cms.thai.dates import BE_OFFSET

FACE = "TH Sarabun New"
GROUND = PatternFill("solid", fgColor="E4EFE9")
MOST_IN_A_WORKBOOK, MOST_LINES = 10_000, 100_000
WIDTHS = (8, 24, 30, 30, 36, 44, 10, 14, 14, 14, 14, 30, 14, 36, 36, 14, 30, 24, 18, 40)
_FORMULA = re.compile(r"[\s\x00]*[=+\-@\t\r]")
Value = str | int | float


class _Echo:
    """What the writer of the standard library wants of a file: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def headings() -> list[str]:
    return [
        pgettext("heading of a column", "No."),
        _("Certificate number"),
        _("Name as printed"),
        _("Name in English"),
        _("Position and organization"),
        _("Course"),
        _("Hours"),
        pgettext("of a certificate", "Began"),
        pgettext("of a certificate", "Completed"),
        pgettext("of a certificate", "Issued"),
        _("Valid until"),
        _("Cooperative or group"),
        _("Province code"),
        _("Issued by"),
        _("Signed by"),
        _("State"),
        _("Reason"),
        pgettext("of a certificate", "Origin"),
        _("Code"),
        _("Address of the check"),
    ]


def values(place: int, row: Certificate, *, today: date) -> list[Value]:
    """The cells of one certificate."""
    return [
        place,
        row.number,
        row.holder_name,
        row.holder_name_en,
        row.holder_role,
        row.course_title,
        float(row.hours),
        _day(row.started_on),
        _day(row.completed_on),
        _day(row.issued_on),
        _day(row.valid_until),
        row.organization_name,
        row.province_code,
        row.issuer,
        " · ".join(" ".join(filter(None, (one.get("name"), one.get("position")))) for one in row.signers),
        state_of(row, today=today),
        row.reason,
        row.get_origin_display(),
        grouped(row.code),
        row.verify_url,
    ]


def state_of(row: Certificate, *, today: date) -> str:
    """Its state in a word; a valid one whose key was revoked, or whose last day has passed, holds no longer."""
    if row.state == CertificateState.VALID and row.is_signed_by_a_revoked_key:
        return _("Signing key revoked")
    if row.state == CertificateState.VALID and row.has_expired(today):
        return pgettext("of certificates", "Expired")
    return str(row.get_state_display())


def _day(day: date | None) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year + BE_OFFSET}" if day else ""


def csv_lines(rows: Iterable[Certificate], *, today: date) -> Iterator[str]:
    """UTF-8 with the mark that tells Excel so; what a spreadsheet would take for a formula begins with '."""
    writer = csv.writer(_Echo())
    with translation.override(settings.LANGUAGE_CODE):
        heads = headings()
    yield "\ufeff" + writer.writerow(heads)
    for place, row in enumerate(rows, start=1):
        # The words of choices are asked anew for each line: a stream is read outside the view and its language.
        with translation.override(settings.LANGUAGE_CODE):
            yield writer.writerow([_harmless(value) for value in values(place, row, today=today)])


def _harmless(value: Value) -> Value:
    if isinstance(value, str):
        value = value.replace("\x00", "")
        return f"'{value}" if _FORMULA.match(value) else value
    return value


def write_workbook(rows: Iterable[Certificate], file: BinaryIO, *, today: date, standing: str) -> None:
    """One sheet, written as the rows come. Every text is a text, also one that begins like a formula."""
    with translation.override(settings.LANGUAGE_CODE):
        book = Workbook(write_only=True)
        book.properties.creator = ""
        book.properties.title = standing
        sheet = book.create_sheet(_("Register of certificates")[:31])
        for place, width in enumerate(WIDTHS, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "C3"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = "9"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "2:2"
        bold, plain = Font(name=FACE, size=16, bold=True), Font(name=FACE, size=16)
        top = Alignment(vertical="top", wrap_text=True)
        sheet.append([_cell(sheet, standing, bold, None)])
        sheet.append([_cell(sheet, head, bold, top, GROUND) for head in headings()])
        for place, row in enumerate(rows, start=1):
            sheet.append([_cell(sheet, value, plain, top) for value in values(place, row, today=today)])
        book.save(file)


def _cell(sheet: Any, value: Value, font: Font, alignment: Alignment | None, fill: PatternFill | None = None) -> Any:
    cell = WriteOnlyCell(sheet, value=None)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = bool(_FORMULA.match(value))
    else:
        cell.value = value
    cell.font = font
    if alignment:
        cell.alignment = alignment
    if fill:
        cell.fill = fill
    return cell
