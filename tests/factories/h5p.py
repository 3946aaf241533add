"""H5P packages, right and wrong ones, written by hand."""

import io
import json
import zipfile
import zlib
from typing import Any

VERSIONS = {
    "H5P.QuestionSet": "1.21",
    "H5P.MultiChoice": "1.16",
    "H5P.TrueFalse": "1.8",
    "H5P.Blanks": "1.14",
    "H5P.DragText": "1.10",
    "H5P.MarkTheWords": "1.11",
    "H5P.Essay": "1.5",
    "H5P.DragQuestion": "1.15",
    "H5P.Summary": "1.10",
    "H5P.SingleChoiceSet": "1.11",
    "H5P.Column": "1.18",
    "H5P.InteractiveBook": "1.11",
    "H5P.CoursePresentation": "1.27",
    "H5P.InteractiveVideo": "1.28",
    "H5P.AdvancedText": "1.1",
    "H5P.Image": "1.1",
}


def library(name: str) -> str:
    return f"{name} {VERSIONS.get(name, '1.0')}"


def dependency(name: str) -> dict[str, Any]:
    major, minor = VERSIONS.get(name, "1.0").split(".")
    return {"machineName": name, "majorVersion": int(major), "minorVersion": int(minor)}


def manifest(main: str = "H5P.MultiChoice", **fields: Any) -> dict[str, Any]:
    return {
        "title": "บัญชีสหกรณ์เบื้องต้น",
        "language": "th",
        "mainLibrary": main,
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [dependency(main)],
        **fields,
    }


def sub(name: str, params: dict[str, Any], *, title: str = "ข้อ", number: int = 1) -> dict[str, Any]:
    return {
        "library": library(name),
        "params": params,
        "subContentId": f"00000000-0000-4000-8000-{number:012d}",
        "metadata": {"title": title, "license": "U", "contentType": name, "authors": [], "changes": []},
    }


def multi_choice(question: str = "<p>ใครตรวจนับเงินสด</p>", **behaviour: Any) -> dict[str, Any]:
    return {
        "question": question,
        "answers": [
            {"text": "<div>ผู้ตรวจนับ</div>", "correct": True, "tipsAndFeedback": {"chosenFeedback": "ใช่"}},
            {"text": "<div>คนเก็บเงินคนเดียว</div>", "correct": False},
        ],
        "behaviour": {"type": "auto", "singlePoint": False, "randomAnswers": True, **behaviour},
        "UI": {"checkAnswerButton": "ตรวจ"},
        "media": {"disableImageZooming": False},
    }


def true_false(correct: str = "true") -> dict[str, Any]:
    return {"question": "<p>เงินสดต้องตรวจนับทุกวัน</p>", "correct": correct, "l10n": {"trueText": "ถูก", "falseText": "ผิด"}}


def question_set(*subs: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"passPercentage": 60, "randomQuestions": True, "questions": list(subs), "progressType": "dots", **fields}


def package(
    content: Any = None,
    *,
    main: str = "H5P.MultiChoice",
    h5p: Any = None,
    files: dict[str, bytes] | None = None,
    **fields: Any,
) -> bytes:
    """A package; `content` and `h5p` may be bytes, to be written as they are."""
    entries = {
        "h5p.json": _bytes(manifest(main, **fields) if h5p is None else h5p),
        "content/content.json": _bytes(multi_choice() if content is None else content),
        **(files or {}),
    }
    return zipped(entries)


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_entry(base: bytes, info: zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    """The package with one more entry, described as the test wants it."""
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info, content)
    return out.getvalue()


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()


def png(width: int = 2, height: int = 2, seed: int = 0) -> bytes:
    """A small real picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    rows = b"".join(b"\0" + bytes([seed % 256, 90, 70]) * width for _row in range(height))
    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
