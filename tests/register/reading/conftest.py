"""Ways to write the files that the tests read, and the places they name."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook

from learning.register.reading.headings import TableKind
from learning.register.reading.places import Places
from learning.register.reading.rows import ReadRow, read_table

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences as they stand in the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def places() -> Places:
    return Places.of(
        [("18", "ชัยนาท", "Chai Nat"), ("10", "กรุงเทพมหานคร", "Bangkok"), ("17", "สิงห์บุรี", "Sing Buri")],
        [("1801", "เมืองชัยนาท"), ("1804", "สรรพยา"), ("1001", "เขตพระนคร"), ("1701", "เมืองสิงห์บุรี")],
    )


@pytest.fixture
def workbook() -> Callable[..., io.BytesIO]:
    """An .xlsx from lists of rows, one for each sheet."""

    def write(*sheets: Iterable[Iterable[Any]], hidden: int | None = None) -> io.BytesIO:
        book = Workbook()
        book.remove(book.worksheets[0])
        for number, rows in enumerate(sheets):
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(list(row))
            if number == hidden:
                sheet.sheet_state = "hidden"
        file = io.BytesIO()
        book.save(file)
        file.seek(0)
        return file

    return write


@pytest.fixture
def text_file() -> Callable[..., io.BytesIO]:
    """A .csv from rows, in any encoding, with any sign between the cells."""

    def write(rows: Iterable[Iterable[Any]], encoding: str = "utf-8", delimiter: str = ",") -> io.BytesIO:
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows(rows)
        return io.BytesIO(text.getvalue().encode(encoding))

    return write


@pytest.fixture
def read(places: Places) -> Callable[..., list[ReadRow]]:
    """All rows of a file."""

    def rows(file: io.BytesIO, kind: TableKind = TableKind.PEOPLE) -> list[ReadRow]:
        return list(read_table(file, kind, today=TODAY, places=places))

    return rows
