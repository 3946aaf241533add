"""Certificates that nobody holds: what a design looks like with an ordinary and with the longest text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from certification.facts import design_facts
from certification.numbering import number_in, series_of
from certification.rendering.facts import PrintedFacts
from cms.thai.dates import fiscal_year_be
from cms.thai.digits import to_thai

EXAMPLE_OFFICE = "ศส.14"
EXAMPLE_NUMBER = 123
CODE = "7K3M9QTX4B2F"
# As long as a signed text gets, and in its letters; no phone takes it for a proof.
PROOF = "".join("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[(place * 29 + place // 7) % 45] for place in range(220))


@dataclass(frozen=True)
class Example:
    name: str
    name_en: str
    role: str
    course: str
    hours: Decimal
    started_on: date | None
    completed_on: date


ORDINARY = Example(
    "นางมาลี ใจดี",
    "Mrs. Malee Jaidee",
    "กรรมการ สหกรณ์การเกษตรบ้านนาน้ำใส จำกัด",
    "การบัญชีเบื้องต้นสำหรับคณะกรรมการสหกรณ์",
    Decimal(12),
    date(2026, 12, 14),
    date(2026, 12, 14),
)
# Longer than nearly all that is met, with two marks on many letters.
LONGEST = Example(
    "ว่าที่ร้อยตรีหญิง ปิ่นเพ็ชรน้ำผึ้งเพื่อนชื่นจิตต์ ศรีสุวรรณพงษ์ไพบูลย์กิตติ์",
    "Acting Second Lieutenant Pinphetchanamphuengphueanchuenchit Srisuwannaphongphaibunkitti",
    "รองประธานกรรมการดำเนินการและเหรัญญิก สหกรณ์ออมทรัพย์ครูและบุคลากรทางการศึกษาเพื่อการเกื้อกูลเชียงรุ้งพื้นที่ ๒ จำกัด",
    "การบริหารความเสี่ยงและการควบคุมภายในของสหกรณ์ออมทรัพย์และสหกรณ์เครดิตยูเนี่ยน"
    "สำหรับคณะกรรมการดำเนินการ ผู้จัดการ และผู้ที่ทำหน้าที่เหรัญญิกทั่วทุกพื้นที่ รุ่นที่ ๒",
    Decimal("37.5"),
    date(2026, 11, 30),
    date(2026, 12, 14),
)
EXAMPLES = {"ordinary": ORDINARY, "longest": LONGEST}


def example_facts(
    spec: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    *,
    pattern: str,
    office: str,
    valid_months: int | None,
    mode: str = "ordinary",
) -> PrintedFacts:
    """A sheet of a design as `freeze` gives it. The mode is ordinary, longest, or english for both languages."""
    example = EXAMPLES.get(mode, ORDINARY)
    design = design_facts(spec, pictures, spec["signers"])
    if mode == "english":
        design["languages"] = "th-en"
    issued_on = date(2027, 1, 5)
    return PrintedFacts(
        number=example_number(pattern, office=office, on=issued_on),
        name=example.name,
        name_en=example.name_en,
        organization=example.role,
        course_title=example.course,
        hours=example.hours,
        started_on=example.started_on,
        completed_on=example.completed_on,
        issued_on=issued_on,
        valid_until=date(2029, 1, 5) if valid_months else None,
        issuer=spec["issuer"],
        statement=spec["statement"],
        statement_en=spec["statement_en"],
        code=CODE,
        verify_url=f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/v/{CODE}",
        proof=PROOF,
        **design,
    )


def example_number(pattern: str, *, office: str, on: date) -> str:
    """A number as it is printed: ศส.๑๔-๐๐๐๑๒๓/๒๕๗๐."""
    series = series_of(pattern, office=office or EXAMPLE_OFFICE, fiscal_year=fiscal_year_be(on))
    return to_thai(number_in(series, EXAMPLE_NUMBER))
