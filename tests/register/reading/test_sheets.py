"""Rows come one after another with the numbers that Excel shows, from any text file and any visible sheet."""

import io
import re
import zipfile
from collections.abc import Callable
from itertools import islice

import pytest
from openpyxl import Workbook, load_workbook

from learning.kernel.refusals import Refused
from learning.register.reading import sheet as sheets
from learning.register.reading.files import FileKind
from learning.register.reading.rows import ReadRow
from learning.register.reading.sheet import read_sheets

HEAD = ["ชื่อ", "เบอร์โทร"]
TOO_MANY = "A sheet of this file has more than 50,000 rows. Split the file and upload the parts one after another."
Read = Callable[..., list[ReadRow]]
Write = Callable[..., io.BytesIO]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_a_text_file_is_read_whatever_its_letters_and_separators(
    read: Read, text_file: Write, encoding: str, delimiter: str
) -> None:
    (row,) = read(text_file([HEAD, ["มาลี, น้ำใจดี", "081-234-5678"]], encoding, delimiter))
    assert (row.number, row.cells) == (2, {"first_name": "มาลี, น้ำใจดี", "phone": "081-234-5678"})


def test_a_text_file_written_by_excel_with_a_line_for_the_separator_is_read(read: Read) -> None:
    (row,) = read(io.BytesIO('sep=;\nชื่อ;โทร\nมาลี;="0812345678"\n'.encode()))
    assert (row.number, row.values) == (3, {"first_name": "มาลี", "phone": "+66812345678"})


def test_a_quotation_mark_left_open_is_refused_and_not_read_on_for_ever(read: Read) -> None:
    with pytest.raises(Refused, match="A quotation mark in this file is not closed"):
        read(io.BytesIO(('ชื่อ,โทร\n"มาลี' + "ก" * 200_000).encode()))


def test_the_first_visible_sheet_with_headings_is_read(read: Read, workbook: Write) -> None:
    file = workbook([HEAD, ["ซ่อน", None]], [["ปก"]], [], [HEAD, ["มาลี", None]], [HEAD, ["กฤต", None]], hidden=0)
    assert [row.values for row in read(file)] == [{"first_name": "มาลี"}]


def test_empty_lines_and_blank_columns_are_passed_over_and_numbers_stay_those_of_excel(
    read: Read, workbook: Write
) -> None:
    rows = [[], HEAD, [None, " "], ["มาลี", None, None, "\u00a0"], [], [], ["กฤต"]]
    assert [(row.number, row.values["first_name"]) for row in read(workbook(rows))] == [(4, "มาลี"), (7, "กฤต")]


def test_a_sheet_that_says_it_has_a_million_rows_is_read_for_the_few_it_has(read: Read) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for cells in (HEAD, ["มาลี"]):
        sheet.append(cells)
    sheet.cell(1_048_576, 16_384).number_format = "@"
    file = io.BytesIO()
    book.save(file)
    assert load_workbook(io.BytesIO(file.getvalue()), read_only=True).worksheets[0].max_row == 1_048_576
    assert [row.values for row in read(file)] == [{"first_name": "มาลี"}]


def test_rows_end_where_a_thousand_blank_ones_begin(read: Read, text_file: Write) -> None:
    near, far = [[""]] * 999, [[""]] * 1_000
    assert len(read(text_file([HEAD, ["มาลี", ""], *near, ["กฤต", ""]]))) == 2
    assert len(read(text_file([HEAD, ["มาลี", ""], *far, ["กฤต", ""]]))) == 1


@pytest.mark.parametrize("form", ["workbook", "text_file"])
def test_too_many_rows_are_refused_before_the_first_is_read(
    form: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 30)
    kind = FileKind.XLSX if form == "workbook" else FileKind.CSV
    write = request.getfixturevalue(form)
    with pytest.raises(Refused, match=re.escape(TOO_MANY)):
        next(read_sheets(write([HEAD, *[["มาลี", "1"]] * 60]), kind))
    (sheet,) = read_sheets(write([HEAD, *[["มาลี", "1"]] * 30]), kind)
    assert len(list(sheet.rows(after=1))) == 30
    (sheet,) = read_sheets(write([HEAD, *[["มาลี", "1"]] * 31]), kind)
    with pytest.raises(Refused, match=re.escape(TOO_MANY)):
        list(sheet.rows(after=1))


@pytest.mark.parametrize(
    ("limit", "sentence"), [("EXCEL_COLUMNS", "This workbook is damaged"), ("MAX_CELLS", "unpacks to far more than")]
)
def test_more_cells_than_a_register_has_are_refused_unread(
    limit: str, sentence: str, workbook: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workbook([HEAD, ["มาลี", "1", "2"]])
    assert len(list(read_sheets(file, FileKind.XLSX))) == 1
    monkeypatch.setattr(sheets, limit, 2)
    with pytest.raises(Refused, match=sentence):
        next(read_sheets(file, FileKind.XLSX))


def test_rows_are_streamed(workbook: Write) -> None:
    (sheet,) = read_sheets(workbook([HEAD, *[["มาลี", number] for number in range(2_000)]]), FileKind.XLSX)
    assert list(islice(sheet.rows(after=1), 2)) == [(2, ["มาลี", 0]), (3, ["มาลี", 1])]


def test_a_workbook_whose_sheet_breaks_off_is_refused(read: Read, workbook: Write) -> None:
    whole, broken = workbook([HEAD, ["มาลี", "1"]]), io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, content[:-40] if part.filename.startswith("xl/worksheets/") else content)
    with pytest.raises(Refused, match="This workbook is damaged"):
        read(broken)


def test_a_cell_merged_downwards_counts_in_each_of_its_rows(read: Read) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for cells in (["ชื่อ", "สหกรณ์"], ["มาลี", "สหกรณ์ประมงบึงใหญ่ จำกัด"], ["กฤต"], ["วิภา"]):
        sheet.append(cells)
    sheet.merge_cells("B2:B3")
    file = io.BytesIO()
    book.save(file)
    named = [row.values.get("organization") for row in read(file)]
    assert named == ["สหกรณ์ประมงบึงใหญ่ จำกัด", "สหกรณ์ประมงบึงใหญ่ จำกัด", None]
