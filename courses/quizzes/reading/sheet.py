"""A spreadsheet of questions, one a row, by the headings of our template. The Thai here is part of the file format."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from cms.thai.digits import to_arabic
from cms.thai.words import normalise
from courses.quizzes.reading.drafts import CannotRead, Fault, Reading, Unreadable
from courses.quizzes.reading.sheet_rows import (
    CHOICE_COLUMN,
    FIELDS,
    FORMULA,
    HEADINGS,
    KINDS,
    MOST_CHOICES,
    draft_of_row,
)

CHOICES = 8  # columns of them in the template; a file may have as many as a question
MOST_ROWS = 5_001
MOST_COLUMNS = 60
HEAD_ROWS = 20
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_PARTS = 2_000
MAX_RATIO = 200
RATIO_COUNTS_FROM = 20 * 1024 * 1024
ENCRYPTED = 0x1

Row = tuple[int, list[str]]


def read_workbook(content: bytes) -> Reading:
    """Every question of every visible sheet. Raises Unreadable."""
    _check_archive(content)
    reading = Reading()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and checks that we do not read
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            sheets = [(sheet.title, _rows_of(sheet)) for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    except Unreadable:
        raise
    except Exception:  # a damaged workbook meets openpyxl with errors of every kind
        raise Unreadable(_("This workbook is damaged. Open it in Excel, save it again and upload that.")) from None
    found = [_read_rows(rows, reading) for _title, rows in sheets]
    if not any(found):
        _no_headings()
    return reading


def read_csv(text: str) -> Reading:
    """Every question of the lines. Raises Unreadable."""
    reading = Reading()
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff").replace("\0", ""), newline=""), delimiter=delimiter)
    rows: list[Row] = []
    try:
        for cells in lines:
            rows.append((lines.line_num, [_written(cell) for cell in cells[:MOST_COLUMNS]]))
            if len(rows) > MOST_ROWS:
                _too_many()
    except csv.Error:
        raise Unreadable(_("A quotation mark in this file is not closed. Save it as .xlsx."), lines.line_num) from None
    if not _read_rows(rows, reading):
        _no_headings()
    return reading


def _no_headings() -> None:
    raise Unreadable(_("No sheet has the headings of the template: “คำถาม” and “เฉลย”. Download the template."))


def _too_many() -> None:
    raise Unreadable(_("This file holds more than 5,000 questions. Split it."))


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
        raise Unreadable(_("This is no Excel workbook. Save it as .xlsx.")) from None
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Unreadable(_("This workbook has a password. Save it without one."))
    if (
        len(parts) > MAX_PARTS
        or unpacked > MAX_UNPACKED_BYTES
        or (unpacked > RATIO_COUNTS_FROM and unpacked / packed > MAX_RATIO)
    ):
        raise Unreadable(_("This workbook unpacks to far more than a list of questions needs."))


def _rows_of(sheet: Any) -> list[Row]:
    sheet.reset_dimensions()  # what a sheet says of its size is often wrong
    rows = []
    for number, cells in islice(enumerate(sheet.iter_rows(values_only=True), 1), MOST_ROWS * 4):
        words = [_written(cell) for cell in cells[:MOST_COLUMNS]]
        if any(words):
            rows.append((number, words))
        if len(rows) > MOST_ROWS:
            _too_many()
    return rows


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ถูก" if cell else "ผิด"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    # Our own files put an invisible sign before a text that begins with =.
    return FORMULA if str(cell)[:1] == "=" and len(str(cell)) > 1 else normalise(str(cell))


# --- rows ----------------------------------------------------------------------------------------
def _read_rows(rows: list[Row], reading: Reading) -> bool:
    """Whether the headings were found; each row beneath them is a draft or a fault."""
    heads = ((place, _columns(cells)) for place, (_number, cells) in enumerate(rows[:HEAD_ROWS]))
    head = next((one for one in heads if {"content", "answer"} <= set(one[1].values())), None)
    if head is None:
        return False
    place, columns = head
    for number, cells in rows[place + 1 :]:
        values: dict[str, str] = {}
        for column, name in columns.items():
            if column < len(cells) and cells[column] and name not in values:
                values[name] = cells[column]
        if not values or values.get("content", "").startswith("ตัวอย่าง:"):
            continue
        try:
            reading.add(draft_of_row(number, values))
        except CannotRead as error:
            reading.faults.append(Fault(number, str(error)))
    return True


def _columns(cells: list[str]) -> dict[int, str]:
    columns = {}
    for column, cell in enumerate(cells):
        word = to_arabic(cell).strip().casefold()
        choice = CHOICE_COLUMN.fullmatch(word)
        if choice and 1 <= int(choice[1]) <= MOST_CHOICES:
            columns[column] = f"choice {int(choice[1])}"
        elif word in FIELDS:
            columns[column] = FIELDS[word]
    return columns


def template_rows() -> Iterator[list[str]]:
    """The headings, and one example of each common kind; examples begin with “ตัวอย่าง:” and are not read."""
    yield [*(words[0] for words in HEADINGS.values()), *(f"ตัวเลือก {n}" for n in range(1, CHOICES + 1))]
    example = "ตัวอย่าง: "
    yield from (
        [f"{example}{content}", KINDS[kind][0], answer, "การเงิน", "", "ง่าย", "", "", "", "", *choices]
        for content, kind, answer, choices in (
            ("ใครควรนับเงินสดทุกสิ้นวัน", "single_choice", "2", ["ผู้ถือเงิน", "คนที่ไม่ได้ถือเงิน", "ใครก็ได้"]),
            ("ข้อใดเป็นสินทรัพย์", "multiple_choice", "1, 3", ["เงินสด", "เงินรับฝาก", "ลูกหนี้"]),
            ("สหกรณ์เป็นนิติบุคคล", "true_false", "ถูก", []),
            ("ชื่อสมุดที่บันทึกรายการขั้นต้น", "short_answer", "สมุดรายวันทั่วไป | สมุดรายวัน", []),
            ("นับเงินได้เท่าใด", "number", "12500 ± 0.5 บาท", []),
            ("จับคู่บัญชีกับหมวด", "matching", "", ["เงินสด = สินทรัพย์", "เงินรับฝาก = หนี้สิน", "- = ทุน"]),
            ("เรียงขั้นตอน", "ordering", "", ["หยุดรับจ่าย", "นับเงิน", "ทำบันทึก"]),
            ("อธิบายการแบ่งแยกหน้าที่", "essay", "ผู้ถือเงินกับผู้ลงบัญชีเป็นคนละคน", []),
        )
    )
