"""What is no package, or a trap: refused with a code and a sentence before anything of it is used."""

import io
import stat
import struct
import zipfile
import zlib
from typing import Any

import pytest

from courses.h5p import limits
from courses.h5p.checking import check_package, directory
from tests.courses.h5p.conftest import code_of
from tests.factories.h5p import multi_choice, package, png, with_entry, zipped


def info(name: str, mode: int = 0o644, **values: Any) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    entry.external_attr = mode << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    for key, value in values.items():
        setattr(entry, key, value)
    return entry


def test_a_right_package_is_taken() -> None:
    checked = check_package(io.BytesIO(package(files={"content/images/a.png": png()})), "a.H5P")
    assert (checked.library, checked.content, list(checked.media)) == (
        "H5P.MultiChoice 1.16",
        multi_choice(),
        ["images/a.png"],
    )


def test_folders_hidden_files_and_files_beside_the_folders_do_no_harm() -> None:
    base = with_entry(package(), info("content/", stat.S_IFDIR | 0o755), b"")
    base = with_entry(base, info("__MACOSX/content/._content.json"))
    base = with_entry(base, info("content/.DS_Store"))
    assert code_of(with_entry(base, info("readme.html"), b"<html>")) == ""


# --- the zip -------------------------------------------------------------------------------------
def test_what_is_called_otherwise_is_refused() -> None:
    assert code_of(package(), "a.zip") == "missing-h5p-extension"


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 5000, package()[:-30], b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    assert code_of(content) in ("unable-to-unzip", "too-many-entries")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.txt", "content/../../x.txt", "/etc/x.txt", "C:/x.txt", "content\\x.txt", "content//x.txt"],
)
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    entry = info("placeholder")
    entry.filename = name
    assert code_of(with_entry(package(), entry)) == "unsafe-entry-name"


def test_a_path_with_a_control_sign_or_too_many_bytes_is_refused() -> None:
    assert code_of(with_entry(package(), info("content/a\tb.txt"))) == "unsafe-entry-name"
    assert code_of(with_entry(package(), info(f"content/{'ก' * 100}.txt"))) == "unsafe-entry-name"


def test_a_link_is_refused() -> None:
    entry = info("content/link.txt", stat.S_IFLNK | 0o777)
    assert code_of(with_entry(package(), entry, b"/etc/passwd")) == "symlink-entry"


def test_thirty_thousand_files_are_refused_before_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(30_000):
            archive.writestr(zipfile.ZipInfo(f"content/{number}.txt"), b"")
    monkeypatch.setattr(directory.zipfile, "ZipFile", None)  # nothing but the end is looked at
    assert code_of(out.getvalue()) == "too-many-entries"


def test_an_end_that_lies_about_the_number_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ENTRIES", 3)
    content = bytearray(zipped({f"content/{number}.txt": b"" for number in range(5)}))
    place = content.rfind(b"PK\x05\x06")
    content[place + 8 : place + 12] = struct.pack("<HH", 1, 1)
    assert code_of(bytes(content)) == "too-many-entries"


def test_a_bomb_is_refused_by_its_ratio() -> None:
    assert code_of(package(files={"content/bomb.txt": b"0" * 20_000_000})) == "compression-ratio-too-large"


def test_a_bomb_that_lies_about_its_size_is_never_unpacked_further_than_it_said() -> None:
    content = bytearray(package(files={"content/bomb.txt": b"0" * 20_000_000}))
    for sign, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.rfind(sign)
        content[place + at : place + at + 4] = struct.pack("<L", 1000)
    assert code_of(bytes(content)) == "unable-to-unzip"  # the checksum does not agree


def test_an_entry_that_reaches_over_the_next_is_refused() -> None:
    """Bytes that count for several files: the way to a bomb without a high ratio. Its checksum is right."""
    out = io.BytesIO(package())
    with zipfile.ZipFile(out, "a") as archive:
        for name in ("content/a.txt", "content/b.txt"):
            archive.writestr(zipfile.ZipInfo(name), b"words")
        begin = archive.getinfo("content/a.txt").header_offset + 30 + len("content/a.txt")
        end = archive.getinfo("content/b.txt").header_offset + 30 + len("content/b.txt") + 5
    content = bytearray(out.getvalue())
    both = bytes(content[begin:end])
    place = content.rfind(b"PK\x01\x02", 0, content.rfind(b"PK\x01\x02"))
    content[place + 16 : place + 28] = struct.pack("<LLL", zlib.crc32(both), len(both), len(both))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("content/a.txt") == both
    assert code_of(bytes(content)) == "unable-to-unzip"


@pytest.mark.parametrize(
    ("limit", "code"), [("LARGEST_ENTRY", "file-size-too-large"), ("LARGEST_TOTAL", "total-size-too-large")]
)
def test_files_beyond_the_limits_are_refused(limit: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, limit, 50_000)
    noise = bytes(number * number % 251 for number in range(60_000))
    assert code_of(package(files={"content/a.txt": noise})) == code


def test_a_package_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_PACKAGE", 100)
    assert code_of(package()) == "file-size-too-large"


def test_an_encrypted_file_is_refused() -> None:
    content = bytearray(package(files={"content/a.txt": b"secret"}))
    place = content.rfind(b"PK\x01\x02")
    content[place + 8] |= 1
    assert code_of(bytes(content)) == "encrypted-entry"


@pytest.mark.parametrize("twin", ["content/content.json", "content/CONTENT.json", "Content/content.JSON"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_mean_the_same_file_are_refused(twin: str) -> None:
    assert code_of(with_entry(package(), info(twin), b"{}")) == "duplicate-entry"


def test_names_that_differ_only_in_how_a_letter_is_put_together_are_refused() -> None:
    files = {"content/caf\u00e9.txt": b"1", "content/cafe\u0301.txt": b"2"}
    assert code_of(package(files=files)) == "duplicate-entry"


def test_a_file_that_is_a_folder_too_is_refused() -> None:
    assert code_of(package(files={"content/a.txt": b"", "content/a.txt/b.txt": b""})) == "duplicate-entry"


# --- the files -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["content/a.html", "content/a.svg", "content/a.js", "content/a.php", "content/a", "L/a.exe"]
)
def test_files_of_other_kinds_are_refused(name: str) -> None:
    assert code_of(package(files={name: b"x"})) == "not-in-whitelist"


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"\xef\xbb\xbf  <HTML>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?>",
        "<html>".encode("utf-16"),
    ],
)
@pytest.mark.parametrize("name", ["content/a.png", "content/a.txt", "content/a.json"])
def test_a_web_page_in_disguise_is_refused(head: bytes, name: str) -> None:
    assert code_of(package(files={name: head})) == "markup-in-disguise"


@pytest.mark.parametrize(
    "name", ["content/a.png", "content/a.jpg", "content/a.gif", "content/a.mp4", "content/a.pdf", "content/a.woff2"]
)
def test_a_file_that_is_not_what_its_ending_says_is_refused(name: str) -> None:
    assert code_of(package(files={name: b"MZ\x90\0\x03\0 some program"})) == "wrong-file-type"
