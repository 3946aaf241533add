"""What the files of a package say: h5p.json, the content, its references, libraries that came along."""

import io
import json
from typing import Any

import pytest
from django.utils import translation

from courses.h5p import limits
from courses.h5p.checking import check_package
from courses.h5p.checking.parsing import parse_json
from courses.h5p.refusals import PackageRefused
from tests.courses.h5p.conftest import code_of
from tests.factories.h5p import manifest, multi_choice, package, zipped


# --- what it says ---------------------------------------------------------------------------------
def test_a_package_without_content_or_without_manifest_is_refused() -> None:
    assert code_of(zipped({"h5p.json": json.dumps(manifest()).encode()})) == "invalid-content-folder"
    assert code_of(zipped({"content/content.json": b"{}"})) == "invalid-h5p-json-file"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"a": NaN}',
        b"[1, 2]",
        b'"text"',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        "{}".encode("utf-16-be"),
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b'{"a": "\\u0000"}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_content_that_cannot_be_read_is_refused(content: bytes) -> None:
    assert code_of(package(content)) == "unable-to-parse-package"


@pytest.mark.parametrize("depth", [limits.DEEPEST_JSON + 1, 1000, 200_000])
def test_content_a_thousand_deep_is_refused(depth: int) -> None:
    assert code_of(package(b"[" * depth + b"]" * depth)) == "json-too-deep"
    with pytest.raises(PackageRefused) as refused:
        parse_json(b'{"a":' * depth + b"1" + b"}" * depth, "h5p.json")
    assert refused.value.code == "json-too-deep"


def test_brackets_in_texts_are_no_depth() -> None:
    assert code_of(package(json.dumps({**multi_choice(), "x": '["\\"{' * 500}).encode())) == ""


def test_a_text_of_backslashes_without_end_takes_no_time() -> None:
    with pytest.raises(PackageRefused) as refused:
        parse_json(b'{"a": "' + b'\\"' * 1_000_000, "h5p.json")
    assert refused.value.code == "unable-to-parse-package"


def test_the_sentence_for_a_byte_order_mark_says_what_to_do() -> None:
    with translation.override("en"), pytest.raises(PackageRefused) as refused:
        check_package(io.BytesIO(package(b"\xef\xbb\xbf{}")), "a.h5p")
    assert refused.value.told == (
        "content/content.json: This file begins with a byte order mark. Save it as UTF-8 without one."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 256},
        {"title": "ก" * 100},
        {"title": None},
        {"title": "two\nlines"},
        {"language": "thai language"},
        {"mainLibrary": "../evil"},
        {"mainLibrary": None},
        {"embedTypes": []},
        {"embedTypes": ["object"]},
        {"preloadedDependencies": None},
        {"preloadedDependencies": [{"machineName": "H5P.Blanks", "majorVersion": "x", "minorVersion": 1}]},
        {"preloadedDependencies": [{"machineName": "a/b", "majorVersion": 1, "minorVersion": 1}]},
        {"dynamicDependencies": {}},
        {"license": "mine"},
        {"license": ["U"]},
        {"licenseVersion": "9.9"},
        {"licenseVersion": {}},
        {"source": "javascript:alert(1)"},
        {"authors": [{"role": "Author"}]},
        {"authorComments": "x" * 5001},
    ],
)
def test_a_manifest_that_is_not_as_h5p_wants_it_is_refused(wrong: dict[str, Any]) -> None:
    assert code_of(package(**wrong)) == "invalid-h5p-json-file"


def test_a_title_of_85_thai_letters_fits_and_numbers_may_be_text() -> None:
    needs = [{"machineName": "H5P.MultiChoice", "majorVersion": "1", "minorVersion": "16"}]
    assert code_of(package(title="ก" * 85, preloadedDependencies=needs)) == ""


def test_what_is_null_in_a_manifest_is_not_there() -> None:
    assert code_of(package(license=None, licenseVersion=None, dynamicDependencies=None)) == ""


@pytest.mark.parametrize(
    "path",
    ["../secret.png", "images/../../x.png", "/etc/passwd", "C:/x.png", "a\\b.png", "file:///x", "data:image/png,x"],
)
def test_a_reference_that_leads_out_is_refused(path: str) -> None:
    content = {**multi_choice(), "file": {"path": path, "mime": "image/png"}}
    assert code_of(package(content)) == "unsafe-reference"


def test_a_reference_to_another_site_stands_and_one_to_nothing_is_told() -> None:
    content = {
        "a": {"path": "https://example.org/v.mp4", "mime": "video/mp4"},
        "b": {"path": "images/b.png", "mime": "x"},
    }
    assert check_package(io.BytesIO(package(content)), "a.h5p").missing == ["images/b.png"]


# --- libraries ------------------------------------------------------------------------------------
LIBRARY = {
    "title": "Blanks", "machineName": "H5P.Blanks", "majorVersion": 1, "minorVersion": 14, "patchVersion": 37,
    "runnable": 1, "preloadedJs": [{"path": "js/blanks.js"}],
}  # fmt: skip


def with_library(folder: str = "H5P.Blanks-1.14", files: dict[str, bytes] | None = None, **facts: Any) -> bytes:
    found = {"library.json": json.dumps({**LIBRARY, **facts}).encode(), "js/blanks.js": b"var a;", **(files or {})}
    return package(files={f"{folder}/{name}": content for name, content in found.items()})


def test_libraries_are_checked_and_stay_out() -> None:
    checked = check_package(
        io.BytesIO(with_library(files={"semantics.json": b"[]", "language/th.json": b"{}"})), "a.h5p"
    )
    assert (checked.libraries, checked.media) == (["H5P.Blanks 1.14"], {})


@pytest.mark.parametrize("name", ["zh-hans", "pt-BR", "zh-TW", "sr-Latn-RS", ".en"])
def test_language_files_as_real_libraries_call_them_are_taken(name: str) -> None:
    assert code_of(with_library(files={f"language/{name}.json": b"{}"})) == ""


def test_a_long_name_of_a_language_file_takes_no_time() -> None:
    assert code_of(with_library(files={f"language/{'a' * 200}1.json": b"{}"})) == "invalid-language-file"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (with_library("H5P.Other-1.0"), "library-directory-name-mismatch"),
        (package(files={"H5P.Blanks-1.14/js/a.js": b""}), "library-directory-name-mismatch"),
        (with_library(patchVersion=None), "invalid-library-json-file"),
        (with_library(preloadedJs=[{"path": "js/gone.js"}]), "library-missing-file"),
        (with_library(preloadedJs=[{"path": "../../x.php"}]), "invalid-library-json-file"),
        (with_library(preloadedJs=5), "invalid-library-json-file"),
        (with_library(coreApi={"majorVersion": 2, "minorVersion": 0}), "api-version-unsupported"),
        (with_library(files={"language/TH!.json": b"{}"}), "invalid-language-file"),
        (with_library(files={"semantics.json": b"["}), "unable-to-parse-package"),
        (with_library(files={"images/a.png": b"<html>"}), "markup-in-disguise"),
    ],
)
def test_a_library_that_is_not_right_is_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code
