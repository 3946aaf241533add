"""Much at once in the register: a PDF of 1,000 sheets, and 5,000 certificates recorded from paper."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.db import connection

from certification.designing.examples import EXAMPLES, example_facts
from certification.models import Certificate
from certification.rendering.engine import render_pdf
from learning.desk.benchmarks.workshops import open_for_races
from learning.places.models import Province
from learning.records.choices import RegisterState
from learning.records.models import PaperRegister, PaperRow
from learning.records.papers import working

ROOT = Path(__file__).resolve().parents[3]
PRINTED = 40  # sheets with another name each; the rest are made different from them
SHEETS = (100, 1_000)
PAPERS = 5_000
SPEC = {
    "layout": "landscape", "border": "rice", "languages": "th", "heading": "วุฒิบัตร", "heading_en": "",
    "issuer": "สหกรณ์อะคาเดมี", "issuer_en": "", "opening": "ขอมอบวุฒิบัตรนี้ให้แก่", "opening_en": "",
    "statement": "ได้ผ่านการอบรมหลักสูตร", "statement_en": "", "logo": "", "seal": "",
    "signers": [{"name": "นางสาววิภา ใฝ่เรียน", "name_en": "", "position": "ผู้อำนวยการ", "position_en": "", "picture": ""}],
}  # fmt: skip


def certificate_bundle() -> dict[str, Any]:
    """Megabytes that a PDF of 1,000 different sheets takes over what one of 100 takes, each in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheets = [_sheet(number) for number in range(PRINTED)]
        for number in range(max(SHEETS)):
            (folder / f"{number}.pdf").write_bytes(_another(sheets[number % PRINTED], number))
        few, many = (_merged(folder, count) for count in SHEETS)
    return {
        "of_100": few,
        "of_1000": many,
        "ratio_of_peaks": round(many["peak_mb"] / few["peak_mb"], 2),
        "ratio_of_seconds": round(many["seconds"] / max(0.1, few["seconds"]), 1),
    }


def _sheet(number: int) -> bytes:
    facts = example_facts(SPEC, {}, pattern="{office}-{number}/{year}", office="", valid_months=None)
    letters = "กขคงจชซดตถทธนบปผพมยรลวสหอ"
    name = "".join(letters[(number * step) % len(letters)] + "า" for step in (3, 7, 11, 13))
    return render_pdf(replace(facts, name=f"นาง{name} {name}", course_title=EXAMPLES["longest"].course))


def _another(sheet: bytes, number: int) -> bytes:
    """The sheet with other bytes in its page and in its fonts, so that nothing of it is the same as in another."""
    saved = BytesIO()
    with pikepdf.open(BytesIO(sheet)) as pdf:
        [page] = pdf.pages
        page.Contents.write(page.Contents.read_bytes() + b"\n%% %d" % number)
        for font in page.Resources.Font.values():
            file = font.DescendantFonts[0].FontDescriptor.FontFile2
            file.write(file.read_bytes() + b"%08d" % number)
        pdf.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return saved.getvalue()


def _merged(folder: Path, count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "learning.desk.benchmarks.bundle_run", str(folder), str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S603  our own words
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def paper_register(count: int = PAPERS) -> dict[str, Any]:
    """Seconds in which a checked list is recorded by its worker; `ratio` is that over a tenth of the list."""
    by = open_for_races()["wipa"]
    by.is_superuser = True
    by.save()
    few, many = _recorded(count // 10, 1, by), _recorded(count, 2, by)
    return {
        "database": connection.vendor,
        "papers": Certificate.objects.count(),
        "wanted": count + count // 10,
        "seconds": round(many, 1),
        "ratio_to_a_tenth": round(many / few, 1),
    }


def _recorded(count: int, which: int, by: Any) -> float:
    register = PaperRegister.objects.create(
        file_name="papers.xlsx",
        province=Province.objects.order_by("pk").first(),
        asked_by=by,
        state=RegisterState.RECORDING,
        seen_at=working.free_to_take(),
        total=count,
    )
    cells = {
        "course_title": "การควบคุมภายใน", "hours": "6", "completed_on": "15/3/2560", "issued_on": "15/3/2560",
        "issuer": "สำนักงานสหกรณ์จังหวัด",
    }  # fmt: skip
    PaperRow.objects.bulk_create(
        [
            PaperRow(
                register=register,
                line=line,
                cells={**cells, "number": f"ชน.{which}-{line}/2560", "holder_name": f"นางมาลี ใจดี {which}-{line}"},
            )
            for line in range(2, count + 2)
        ],
        batch_size=500,
    )
    begun = time.perf_counter()
    working.record_papers(register.pk)
    return time.perf_counter() - begun


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "certificate-bundle": certificate_bundle,
    "paper-register": paper_register,
}
