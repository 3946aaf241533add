"""The sheets of a file as rows of raw cells, one after another, never the whole sheet at once."""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, BinaryIO

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import column_index_from_string

from learning.register.reading.files import CHUNK, FileKind, encoding_of, refuse, refuse_broken, refuse_size

MAX_ROWS = 50_000
MAX_COLUMNS = 100
BLANK_ROWS = 1_000  # so many without a word end the sheet: a workbook may say that it goes on for a million
HEAD_ROWS = 21  # the headings stand in the first 20, the second line of two one further
MAX_MERGES = 50_000
EXCEL_COLUMNS = 16_384
MAX_CELLS = MAX_ROWS * MAX_COLUMNS
BATCH = 500

Raw = str | int | float | bool | datetime | date | time | timedelta | None
Row = tuple[int, list[Raw]]


@dataclass(frozen=True)
class Merge:
    """Cells made into one; rows and columns count from 1 and from 0, as `Row` has them."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """One visible sheet; it can be read more than once."""

    title: str
    merges: tuple[Merge, ...]
    _open: Callable[[], Iterator[Row]]

    def head(self) -> list[Row]:
        """The first rows, blank ones too; what was written into merged cells stands in each of them."""
        rows = dict(islice(self._open(), HEAD_ROWS))
        for merge in self.merges:
            if merge.first_row not in rows or merge.first_column >= len(rows[merge.first_row]):
                continue
            value = rows[merge.first_row][merge.first_column]
            for number in range(merge.first_row, min(merge.last_row, max(rows)) + 1):
                cells = rows[number]
                cells.extend([None] * (min(merge.last_column + 1, MAX_COLUMNS) - len(cells)))
                for column in range(merge.first_column, min(merge.last_column + 1, MAX_COLUMNS)):
                    cells[column] = value
        return list(rows.items())

    def rows(self, after: int = 0) -> Iterator[Row]:
        """The rows with anything in them, by their numbers in Excel; refused beyond MAX_ROWS of them.

        A cell merged downwards (one cooperative beside twenty people) counts in each of its rows.
        """
        downwards = sorted((m for m in self.merges if m.last_row > m.first_row), key=lambda m: -m.first_row)
        running: list[tuple[Merge, Raw]] = []
        count, last = 0, after
        for number, cells in self._open():
            if number - last > BLANK_ROWS and number > after:
                return
            if not any(cell is not None for cell in cells):
                continue
            while downwards and downwards[-1].first_row <= number:
                merge = downwards.pop()
                if merge.first_row == number and merge.first_column < len(cells) and len(running) < MAX_COLUMNS:
                    running.append((merge, cells[merge.first_column]))
            if running:
                running = [(merge, value) for merge, value in running if merge.last_row >= number]
                for merge, value in running:
                    cells.extend([None] * (merge.first_column + 1 - len(cells)))
                    cells[merge.first_column] = value
            if number <= after:
                continue
            last = number
            count += 1
            if count > MAX_ROWS:
                _refuse_rows()
            yield number, cells


def read_sheets(file: BinaryIO, kind: FileKind) -> Iterator[Sheet]:
    """The visible sheets that hold anything, in their order. Refused when one holds too many rows."""
    return _workbook_sheets(file) if kind is FileKind.XLSX else iter([_text_sheet(file)])


def _refuse_rows() -> None:
    refuse(_("A sheet of this file has more than 50,000 rows. Split the file and upload the parts one after another."))


def without_controls(text: str) -> str:
    """The text without signs that no workbook may hold, such as the Ctrl-Z with which DOS ends a file."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _trimmed(cells: list[Raw]) -> list[Raw]:
    cells = [without_controls(cell) if isinstance(cell, str) else cell for cell in cells[:MAX_COLUMNS]]
    cells = [None if isinstance(cell, str) and not cell.strip() else cell for cell in cells]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


# --- workbooks -----------------------------------------------------------------------------------
def _workbook_sheets(file: BinaryIO) -> Iterator[Sheet]:
    surveys = _surveys(file)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and checks that we do not read
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        merges = [surveys.get(sheet._worksheet_path, ()) for sheet in sheets]
    except Exception as error:  # a damaged workbook meets openpyxl with errors of every kind
        refuse_broken(error)
    for worksheet, merged in zip(sheets, merges, strict=True):
        worksheet.reset_dimensions()  # what a sheet says of its size is often wrong
        sheet = Sheet(worksheet.title, merged, lambda worksheet=worksheet: _numbered(worksheet))
        if any(cells for _number, cells in sheet.head()):
            yield sheet


def _numbered(worksheet: Any) -> Iterator[Row]:
    rows = enumerate(worksheet.iter_rows(values_only=True), start=1)
    while True:
        try:
            # In batches, because a filter of warnings must not stay set while others run.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(islice(rows, BATCH))
        except Exception as error:
            refuse_broken(error)
        if not batch:
            return
        for number, cells in batch:
            yield number, _trimmed(list(cells))


# Only counted, not parsed: openpyxl goes through every sheet when it opens a workbook, so a sheet of a million
# rows is refused before that.
_MARKS = re.compile(
    rb"<(?:\w+:)?(?:(?P<row>row)[\s>]|(?P<cell>c)[\s/>]|(?P<value>is|v|f)[\s>]"
    rb'|mergeCell\s+ref="(?P<c1>[A-Z]{1,3})(?P<r1>\d{1,7}):(?P<c2>[A-Z]{1,3})(?P<r2>\d{1,7})")'
)
LONGEST_MARK = 1_000
SHEETS = "xl/worksheets/"  # where every program that people use puts them


def _surveys(file: BinaryIO) -> dict[str, tuple[Merge, ...]]:
    """The merged cells of each sheet, which openpyxl leaves out when it streams, by the path of its part."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return {name: _survey(archive, name) for name in archive.namelist() if name.startswith(SHEETS)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        refuse_broken(error)


def _survey(archive: zipfile.ZipFile, name: str) -> tuple[Merge, ...]:
    """Refused when too many rows hold a value, or when there are more cells than Excel or a register has."""
    merges: list[Merge] = []
    filled, cells, cells_before, is_counted, rest = 0, 0, 0, True, b""
    with archive.open(name) as source:
        while chunk := source.read(CHUNK):
            chunk = rest + chunk
            cut = chunk.rfind(b"<")
            if cut < 0 or len(chunk) - cut > LONGEST_MARK:
                cut = len(chunk)
            chunk, rest = chunk[:cut], chunk[cut:]
            for mark in _MARKS.finditer(chunk):
                if mark["cell"]:
                    cells += 1
                elif mark["value"]:
                    filled += not is_counted
                    is_counted = True
                elif mark["row"]:
                    is_counted, cells_before = False, cells
                elif len(merges) < MAX_MERGES:
                    merges.append(_merge(mark))
                if cells - cells_before > EXCEL_COLUMNS:
                    refuse_broken()
            if filled > MAX_ROWS + HEAD_ROWS:
                _refuse_rows()
            if cells > MAX_CELLS:
                refuse_size()
    return tuple(merges)


def _merge(mark: re.Match[bytes]) -> Merge:
    first, last = (column_index_from_string(mark[name].decode()) - 1 for name in ("c1", "c2"))
    return Merge(int(mark["r1"]), int(mark["r2"]), first, last)


# --- text files ----------------------------------------------------------------------------------
def _text_sheet(file: BinaryIO) -> Sheet:
    encoding = encoding_of(file) or "utf-8-sig"
    delimiter = _delimiter(file, encoding)
    sheet = Sheet("", (), lambda: _lines(file, encoding, delimiter))
    if sum(1 for _number, cells in sheet._open() if cells) > MAX_ROWS + HEAD_ROWS:
        _refuse_rows()
    return sheet


def _delimiter(file: BinaryIO, encoding: str) -> str:
    """Comma, semicolon, tab or bar: the one that gives most of the first lines the same number of cells."""

    def merit(delimiter: str) -> int:
        widths = Counter(len(cells) for _number, cells in islice(_lines(file, encoding, delimiter), 60) if cells)
        width, lines = max(widths.items(), key=lambda one: (one[0] - 1) * one[1], default=(1, 0))
        return (width - 1) * lines

    return max(",;\t|", key=merit)


def _lines(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[Row]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter), start=1):
            if number == 1 and len(cells) <= 2 and cells and cells[0].startswith("sep="):
                cells = []
            yield number, _trimmed(list(cells))
    except (csv.Error, UnicodeError):
        refuse(_("A quotation mark in this file is not closed. Open it in Excel and save it as .xlsx."))
    finally:
        text.detach()  # or the wrapper would close the file it does not own
