"""A certificate to print, and the readers that copy its text out again."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pypdf
import pypdfium2

from certification.rendering.facts import PrintedFacts, Signer

SOMCHAI = Signer("นายสมชาย ตั้งใจ", "ผู้อำนวยการศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์ที่ ๑๔")
FACTS: dict[str, Any] = {
    "number": "วบ.-๐๐๐๑๒๓/๒๕๗๐",
    "name": "นางมาลี ใจดี",
    "organization": "กรรมการ สหกรณ์การเกษตรบ้านนาน้ำใส จำกัด",
    "course_title": "การบัญชีเบื้องต้นสำหรับคณะกรรมการสหกรณ์",
    "hours": Decimal("12.0"),
    "completed_on": date(2026, 12, 14),
    "issued_on": date(2027, 1, 5),
    "issuer": "กรมส่งเสริมสหกรณ์ กระทรวงเกษตรและสหกรณ์",
    "signers": (SOMCHAI,),
    "code": "7K3M9QTX4B2F",
    "verify_url": "https://academy.example/v/7K3M9QTX4B2F",
}
LONG = {
    "name": "ว่าที่ร้อยตรีหญิง กาญจนาภิเษกสุดาจันทร์ ศรีสุวรรณพงษ์ไพบูลย์",
    "course_title": "การบริหารความเสี่ยงและการควบคุมภายในของสหกรณ์ออมทรัพย์และสหกรณ์เครดิตยูเนี่ยน"
    "สำหรับคณะกรรมการดำเนินการและผู้จัดการ รุ่นที่ ๒",
}
# As long as the columns of the table allow.
LONGEST = {
    "name": "นายกฤต " + "พิพัฒนพงศ์" * 24,
    "organization": "ประธานกรรมการดำเนินการ สหกรณ์" * 10,
    "course_title": "การส่งเสริมและพัฒนาสหกรณ์" * 10,
    "issuer": "ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์ " * 6,
    "signers": (SOMCHAI,) * 3,
}


def facts(**changes: Any) -> PrintedFacts:
    return PrintedFacts(**{**FACTS, **changes})


def _by_pypdf(data: bytes) -> Iterator[str]:
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        yield from page.extract_text().splitlines()


def _by_pdfium(data: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            yield from page.get_textpage().get_text_range().splitlines()


# pdfium is what Chrome and Edge read with; pypdf goes by the text map alone.
READERS: dict[str, Callable[[bytes], Iterator[str]]] = {"pypdf": _by_pypdf, "pdfium": _by_pdfium}
