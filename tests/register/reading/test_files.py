"""A file that cannot be a register is refused by its size and its bytes, with a sentence that says what to do."""

import io
import zipfile
from collections.abc import Callable
from http import HTTPStatus

import pytest

from learning.kernel.refusals import Refused
from learning.register.reading import files
from learning.register.reading.files import FileKind, check_file

OLD = "This workbook is in an old form or has a password. Save it as .xlsx without a password."
MACROS = "This workbook has macros. Save it as .xlsx without macros."
NO_WORKBOOK = "This file is named .xlsx but is no Excel workbook. Open it in Excel and save it as .xlsx."
DAMAGED = "This workbook is damaged. Open it in Excel, save it again as .xlsx and upload that."
TOO_MUCH = "This workbook unpacks to far more than a register needs. Copy only the rows into a new workbook."
NO_CSV = "This file is named .csv but is something else. Open it in Excel and save it as .xlsx."
NO_LETTERS = "The letters of this file cannot be read. In Excel, save it as .xlsx or as “CSV UTF-8”."
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


TYPES = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


@pytest.mark.parametrize(
    ("name", "content", "sentence", "status"),
    [
        ("a.xlsx", b"", "This file is empty. Choose the file again.", 422),
        ("a.xls", OLE, OLD, 422),
        ("a.xlsx", OLE, OLD, 422),
        ("a.xlsm", archive(**TYPES), MACROS, 422),
        ("a.xlsx", archive(**TYPES, **{"xl/vbaProject.bin": b"1"}), MACROS, 422),
        ("a.xlsx", archive(**TYPES | {"[Content_Types].xml": b"sheet.macroEnabled.main"}), MACROS, 422),
        ("a.xlsx", b"%PDF-1.7 ...", NO_WORKBOOK, 422),
        ("a.xlsx", archive(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b""}), NO_WORKBOOK, 422),
        ("a.xlsx", archive(**TYPES)[:-30], DAMAGED, 422),
        ("a.csv", archive(**TYPES), NO_CSV, 422),
        ("a.csv", b"\x89PNG\r\n", NO_CSV, 422),
        ("a.csv", b"<html><table>", NO_CSV, 422),
        ("a.csv", "ชื่อ,โทร".encode("utf-16-le"), NO_LETTERS, 422),
        ("a.csv", b"\xaa\xd7\xe8\xcd\xff\xfe", NO_LETTERS, 422),
        ("a.pdf", b"%PDF", "Only .xlsx and .csv files can be read. Open the file in Excel and save it as .xlsx.", 422),
    ],
)
def test_each_file_that_cannot_be_read_is_refused_in_one_sentence(
    name: str, content: bytes, sentence: str, status: int
) -> None:
    with pytest.raises(Refused) as refusal:
        check_file(name, io.BytesIO(content))
    assert (refusal.value.sentence, refusal.value.status) == (sentence, status)


def test_a_file_past_ten_megabytes_is_too_large_and_one_of_exactly_ten_is_not() -> None:
    with pytest.raises(Refused) as refusal:
        check_file("a.csv", io.BytesIO(b"a" * (files.MAX_BYTES + 1)))
    assert refusal.value.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert check_file("a.csv", io.BytesIO(b"a" * files.MAX_BYTES)) is FileKind.CSV


@pytest.mark.parametrize("limit", ["MAX_UNPACKED_BYTES", "MAX_PART_BYTES", "MAX_PARTS", "RATIO_COUNTS_FROM"])
def test_an_archive_that_grows_beyond_measure_is_refused_unopened(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive(**TYPES, **{"xl/sharedStrings.xml": bytes(1_000_000)})
    assert check_file("a.xlsx", io.BytesIO(content)) is FileKind.XLSX
    monkeypatch.setattr(files, limit, 1)
    with pytest.raises(Refused) as refusal:
        check_file("a.xlsx", io.BytesIO(content))
    assert (refusal.value.sentence, refusal.value.status) == (TOO_MUCH, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def test_a_workbook_encrypted_part_by_part_has_a_password() -> None:
    content = bytearray(archive(**TYPES))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= files.ENCRYPTED
    with pytest.raises(Refused) as refusal:
        check_file("a.xlsx", io.BytesIO(bytes(content)))
    assert refusal.value.sentence == OLD


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874", "tis-620"])
def test_thai_text_is_known_in_each_encoding_that_offices_use(encoding: str) -> None:
    file = io.BytesIO("ชื่อ,โทร\nมาลี,0812345678\n".encode(encoding))
    assert check_file("รายชื่อ.CSV", file) is FileKind.CSV
    assert file.tell() == 0


def test_an_ordinary_workbook_is_one(workbook: Callable[..., io.BytesIO]) -> None:
    file = workbook([["ชื่อ", "โทร"]])
    assert check_file("รายชื่อ.xlsx", file) is FileKind.XLSX
    assert file.tell() == 0
