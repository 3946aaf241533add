"""A file is looked at before it is kept: its size, its first bytes, what its archive says it holds.

No cell is read here. Each refusal is one sentence that says what to do.
"""

import codecs
import zipfile
import zlib
from enum import StrEnum
from http import HTTPStatus
from pathlib import PurePath
from typing import BinaryIO, NoReturn

from django.utils.translation import gettext as _

from learning.kernel.refusals import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_PART_BYTES = 60 * 1024 * 1024  # of a part that is held in memory whole: shared texts, styles
MAX_PARTS = 2_000
# Sheets that people fill in pack down to a tenth or a thirtieth; deflate cannot go beyond 1 : 1032.
MAX_RATIO = 200
RATIO_COUNTS_FROM = 20 * 1024 * 1024
CHUNK = 1024 * 1024
ENCRYPTED = 0x1

OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and any workbook with a password
ZIP = b"PK\x03\x04"
OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK", OLE)
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")
TEXT_ENDINGS = {".csv", ".tsv", ".txt"}


class FileKind(StrEnum):
    """What can be read."""

    XLSX = "xlsx"
    CSV = "csv"


def check_file(name: str, file: BinaryIO) -> FileKind:
    """Tell what a file is, or refuse it (413 too large, 422 otherwise). The file is left at its beginning."""
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        refuse(_("This file is empty. Choose the file again."))
    if size > MAX_BYTES:
        refuse(
            _("This file is larger than 10 MB. Remove pictures and sheets that are not needed, or split the file."),
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    ending = PurePath(name).suffix.lower()
    start = file.read(512)
    file.seek(0)
    if ending in {".xls", ".xlsb"} or start.startswith(OLE):
        refuse(_("This workbook is in an old form or has a password. Save it as .xlsx without a password."))
    if ending in {".xlsm", ".xltm", ".xlam"}:
        refuse_macros()
    if ending == ".xlsx":
        if not start.startswith(ZIP):
            refuse(_("This file is named .xlsx but is no Excel workbook. Open it in Excel and save it as .xlsx."))
        _check_workbook(file)
        return FileKind.XLSX
    if ending in TEXT_ENDINGS:
        if start.startswith(OTHER_KINDS) or start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
            refuse(_("This file is named .csv but is something else. Open it in Excel and save it as .xlsx."))
        if encoding_of(file) is None:
            refuse(_("The letters of this file cannot be read. In Excel, save it as .xlsx or as “CSV UTF-8”."))
        return FileKind.CSV
    return refuse(_("Only .xlsx and .csv files can be read. Open the file in Excel and save it as .xlsx."))


def refuse(sentence: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> NoReturn:
    raise Refused(sentence, status=status)


def refuse_macros() -> NoReturn:
    refuse(_("This workbook has macros. Save it as .xlsx without macros."))


def refuse_size() -> NoReturn:
    refuse(
        _("This workbook unpacks to far more than a register needs. Copy only the rows into a new workbook."),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    )


def refuse_broken(cause: Exception | None = None) -> NoReturn:
    sentence = _("This workbook is damaged. Open it in Excel, save it again as .xlsx and upload that.")
    raise Refused(sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY) from cause


def _check_workbook(file: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & ENCRYPTED for part in parts):
                refuse(_("This workbook is in an old form or has a password. Save it as .xlsx without a password."))
            _check_sizes(parts)
            names = {part.filename.lower() for part in parts}
            if any(name.endswith("vbaproject.bin") for name in names):
                refuse_macros()
            if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
                refuse(_("This file is named .xlsx but is no Excel workbook. Open it in Excel and save it as .xlsx."))
            types = next(part for part in parts if part.filename.lower() == "[content_types].xml")
            if b"macroenabled" in archive.read(types).lower():
                refuse_macros()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        refuse_broken(error)
    finally:
        file.seek(0)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """The archive reads no part further than the size it declares, so the declared sizes are enough."""
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    held_whole = (part.file_size for part in parts if not part.filename.startswith(("xl/worksheets/", "xl/media/")))
    if (
        len(parts) > MAX_PARTS
        or unpacked > MAX_UNPACKED_BYTES
        or max(held_whole, default=0) > MAX_PART_BYTES
        or (unpacked > RATIO_COUNTS_FROM and unpacked / packed > MAX_RATIO)
    ):
        refuse_size()


def encoding_of(file: BinaryIO) -> str | None:
    """utf-8-sig, utf-16 (with its mark), or cp874 (TIS-620 with Windows' additions); None when none of them fits."""
    file.seek(0)
    start = file.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16" if _decodes(file, "utf-16") else None
    return next((encoding for encoding in ("utf-8-sig", "cp874") if _decodes(file, encoding)), None)


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    finally:
        file.seek(0)
    return True
