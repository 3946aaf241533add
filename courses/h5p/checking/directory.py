"""The list of files at the end of a zip: judged as a whole before anything is unpacked."""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from typing import IO

from django.utils.translation import gettext as _

from courses.h5p import limits
from courses.h5p.refusals import PackageRefused

END = b"PK\x05\x06"
END_SIZE = 22
ZIP64_LOCATOR = b"PK\x06\x07"
LOCAL_HEADER = 30
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1 | 0x40 | 0x2000
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Whatever reading a broken zip may raise.
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    EOFError,
    OSError,
    KeyError,
    IndexError,
)


def open_directory(file: IO[bytes]) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """The zip and its files in their order, without folders and hidden ones. Raises PackageRefused."""
    size = _check_end(file)
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except BROKEN:
        raise _unreadable() from None
    _check_number(len(entries))
    _check_sizes(entries, size)
    for entry in entries:
        _check_entry(entry)
    _check_names(entries)
    return archive, [entry for entry in entries if not entry.is_dir() and not is_hidden(entry.filename)]


def is_hidden(name: str) -> bool:
    """H5P passes over every path with a part that begins with a point or an underscore."""
    return any(part.startswith((".", "_")) for part in name.split("/"))


def _unreadable() -> PackageRefused:
    return PackageRefused(
        "unable-to-unzip", _("This file cannot be unpacked. Export it again from where it was made, and upload that.")
    )


def _check_end(file: IO[bytes]) -> int:
    """What the end of the zip promises, before a library makes an object of every file. Gives the file's size."""
    file.seek(0, 2)
    size = file.tell()
    if size > limits.LARGEST_PACKAGE:
        raise PackageRefused(
            "file-size-too-large",
            _("This package is larger than %(size)d MB. Make its videos and pictures smaller, and export it again.")
            % {"size": limits.LARGEST_PACKAGE // limits.MB},
        )
    tail_size = min(size, 0xFFFF + END_SIZE + 20)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    place = len(tail) - END_SIZE
    if place < 0 or tail[place : place + 4] != END or tail[-2:] != b"\0\0":
        place = tail.rfind(END)
    if place < 0 or place + END_SIZE > len(tail):
        raise _unreadable()
    if place >= 20 and tail[place - 20 : place - 16] == ZIP64_LOCATOR:
        raise _unreadable()  # only for files that are far too large
    count, directory = struct.unpack_from("<HL", tail, place + 10)
    _check_number(count)
    if directory > limits.LARGEST_DIRECTORY:
        raise _too_many()
    file.seek(0)
    return size


def _check_number(count: int) -> None:
    if count > limits.MOST_ENTRIES:
        raise _too_many()


def _too_many() -> PackageRefused:
    return PackageRefused(
        "too-many-entries",
        _("This package holds more than %(count)d files. Export it without the libraries, or in several parts.")
        % {"count": limits.MOST_ENTRIES},
    )


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    if sum(entry.file_size for entry in entries) > limits.LARGEST_TOTAL:
        raise PackageRefused(
            "total-size-too-large",
            _("Unpacked, this package is larger than %(size)d MB. Make its videos and pictures smaller.")
            % {"size": limits.LARGEST_TOTAL // limits.MB},
        )
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:  # two names for the same bytes: the other way to make a bomb
            raise _unreadable()
        end = entry.header_offset + LOCAL_HEADER + len(entry.orig_filename) + entry.compress_size
    if end > size:
        raise _unreadable()


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """One line of the list: encryption, kind, size, ratio."""
    name = shown(entry.filename)
    if entry.flag_bits & ENCRYPTED:
        raise PackageRefused(
            "encrypted-entry", _("This package is locked with a password. Save it without one."), where=name
        )
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageRefused(
            "symlink-entry", _("This is a link to another place. Put the file itself into the package."), where=name
        )
    if entry.compress_type not in READABLE:
        raise _unreadable()
    if entry.file_size > limits.LARGEST_ENTRY:
        raise PackageRefused(
            "file-size-too-large",
            _("This file is larger than %(size)d MB. Make it smaller.") % {"size": limits.LARGEST_ENTRY // limits.MB},
            where=name,
        )
    if entry.file_size > limits.RATIO_COUNTS_FROM and entry.file_size > limits.HIGHEST_RATIO * entry.compress_size:
        raise PackageRefused(
            "compression-ratio-too-large",
            _("This file grows beyond measure when unpacked. Export the package again from where it was made."),
            where=name,
        )


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """Names that stay inside the package, and of which no two mean the same file on any system."""
    files: set[str] = set()
    folders: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        parts = name.removesuffix("/").split("/")
        if (
            not name
            or "\\" in name
            or _CONTROL.search(name)
            or _DRIVE.match(name)
            or any(part in ("", ".", "..") for part in parts)
            or len(name.encode("utf-8", "surrogatepass")) > limits.LONGEST_NAME
        ):
            raise PackageRefused(
                "unsafe-entry-name",
                _("This path leads out of the package or cannot be kept. Export the package again."),
                where=shown(name),
            )
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", "/".join(parts)).casefold())
        above = ["/".join(folded.split("/")[:depth]) for depth in range(1, len(parts))]
        is_folder = entry.is_dir()
        if folded in files or (not is_folder and folded in folders) or files.intersection(above):
            raise PackageRefused(
                "duplicate-entry",
                _("Two files of the package have the same name. Rename one, and export it again."),
                where=shown(name),
            )
        (folders if is_folder else files).add(folded)
        folders.update(above)


def shown(name: str) -> str:
    """A name of a stranger's making, fit to be shown and kept."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)[:120]
