"""How long a package of H5P questions takes on its way into the bank, and how much memory."""

import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection

from learning.desk.benchmarks.h5p_run import time_import

QUESTIONS, PICTURES = 200, 40
SIDE = 180  # pixels; of noise, so that 40 of them are about 4 MB


def h5p_import(questions: int = QUESTIONS) -> dict[str, Any]:
    """A set of 200 questions, 40 of them with a picture: checked, mapped and saved in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.h5p"
        path.write_bytes(package_of(questions))
        name = str(connection.settings_dict["NAME"])
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            figures = pool.submit(time_import, name, str(path)).result()
        size = path.stat().st_size
    return {"package_mb": round(size / 1024 / 1024, 1), **figures, "limit_seconds": 2, "limit_most_mb": 150}


def package_of(count: int) -> bytes:
    """Questions of four types by turns, written as H5P's editor writes them."""
    random = Random(5)  # noqa: S311 (noise for pictures)
    files = {f"content/images/{number}.png": _noise(random) for number in range(PICTURES)}
    content = {
        "passPercentage": 60,
        "randomQuestions": True,
        "questions": [_question(number, number < PICTURES) for number in range(count)],
    }
    manifest = {
        "title": "ข้อสอบบัญชีสหกรณ์",
        "language": "th",
        "mainLibrary": "H5P.QuestionSet",
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [{"machineName": "H5P.QuestionSet", "majorVersion": 1, "minorVersion": 21}],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("h5p.json", json.dumps(manifest, ensure_ascii=False))
        archive.writestr("content/content.json", json.dumps(content, ensure_ascii=False))
        for name, picture in files.items():
            archive.writestr(name, picture)
    return out.getvalue()


def _question(number: int, has_picture: bool) -> dict[str, Any]:
    asked = f"<p>ข้อที่ {number}: เงินสดในมือและเงินฝากธนาคารของสหกรณ์ต้องตรงกับ<strong>สมุดบัญชี</strong>เมื่อใด</p>"
    kinds: list[tuple[str, dict[str, Any]]] = [
        (
            "H5P.MultiChoice 1.16",
            {
                "question": asked,
                "answers": [{"text": f"<div>ตัวเลือกที่ {n}</div>", "correct": n == 1} for n in range(1, 5)],
                "behaviour": {"type": "auto", "singlePoint": True, "randomAnswers": True},
            },
        ),
        ("H5P.TrueFalse 1.8", {"question": asked, "correct": "true"}),
        ("H5P.Blanks 1.14", {"text": asked, "questions": [f"<p>ข้อ {number} ต้องบันทึก *เดบิต/Dr* เงินสด</p>"]}),
        ("H5P.DragText 1.10", {"taskDescription": asked, "textField": f"*เดบิต* เงินสด *เครดิต* รายได้ {number}"}),
    ]
    library, params = kinds[number % len(kinds)]
    if has_picture:
        file = {"path": f"images/{number}.png", "mime": "image/png", "width": SIDE, "height": SIDE}
        image = {"library": "H5P.Image 1.1", "params": {"file": file, "alt": f"เอกสารที่ {number}"}}
        params["media"] = {"type": image, "disableImageZooming": False}
    return {
        "library": library,
        "params": params,
        "subContentId": f"00000000-0000-4000-8000-{number:012d}",
        "metadata": {"title": f"ข้อที่ {number}", "license": "U"},
    }


def _noise(random: Random) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    rows = b"".join(b"\0" + random.randbytes(SIDE * 3) for _row in range(SIDE))
    head = SIDE.to_bytes(4) + SIDE.to_bytes(4) + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


CASES: dict[str, Callable[[], dict[str, Any]]] = {"h5p-import": h5p_import}
