"""From what a person has learned to plain values that are kept, and from those to what is printed."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from certification.codes import grouped
from certification.rendering.official import formal, printable
from cms.thai.dates import format_be
from cms.thai.digits import to_thai
from learning.kernel.codes import qr_svg
from learning.records.learned import Learned, Line, LineKind, Note
from learning.records.models import TrainingRecord

# A paper of record in Thai: its words stand here, not in the catalog, so that no language setting changes them.
KINDS = {
    LineKind.COURSE: "หลักสูตร",
    LineKind.WORKSHOP: "การอบรมเชิงปฏิบัติการ",
    LineKind.PAPER: "วุฒิบัตรกระดาษ",
    LineKind.OTHER: "การอบรมอื่น",
}
NOTES = {
    Note.NONE: "",
    Note.WITH_WORKSHOP: "ชั่วโมงของการอบรมเชิงปฏิบัติการนับไว้ในรายการของการอบรมนั้นแล้ว",
    Note.NOT_COMPLETED: "เข้าร่วม แต่ยังไม่ผ่านการอบรม จึงไม่นับชั่วโมง",
    Note.REVOKED: "วุฒิบัตรถูกเพิกถอน จึงไม่นับชั่วโมง",
    Note.COUNTED_ABOVE: "เป็นการอบรมเดียวกับรายการอื่นในเอกสารนี้ จึงไม่นับซ้ำ",
    Note.FROM_PAPER: "บันทึกจากวุฒิบัตรกระดาษ มิได้ออกโดยระบบนี้",
}


def frozen(learned: Learned, *, name: str, roles: Iterable[str], until: date) -> dict[str, Any]:
    """Everything that a training record says, as JSON: it is never asked for again."""
    return {
        "name": name,
        "roles": list(roles),
        "until": until.isoformat(),
        "issuer": settings.ORGANIZATION_NAME,
        "address": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        "hours": str(learned.hours),
        "count": learned.counted_lines,
        "years": [
            {"year": year.year, "hours": str(year.hours), "lines": [_kept(line) for line in year.lines]}
            for year in learned.years
        ],
    }


def _kept(line: Line) -> dict[str, str]:
    return {
        "kind": str(line.kind),
        "title": line.title,
        "where": line.where,
        "on": line.on.isoformat(),
        "hours": str(line.hours),
        "counted": str(line.counted),
        "note": str(line.note),
        "number": line.number,
        "code": line.code,
    }


def check_address(record: TrainingRecord) -> str:
    """Where a stranger checks this paper."""
    return f"{record.facts['address']}/r/{record.code}"


def printed(record: TrainingRecord) -> dict[str, Any]:
    """The words of the paper, in Thai digits. Pure, but for the row it is given."""
    facts = record.facts
    number = 0
    years = []
    for year in facts["years"]:
        lines = []
        for line in year["lines"]:
            number += 1
            lines.append({"place": to_thai(number), **_printed(line)})
        years.append({"year": to_thai(year["year"]), "hours": thai_hours(year["hours"]), "lines": lines})
    address = check_address(record)
    return {
        "issuer": printable(facts["issuer"]),
        "name": printable(facts["name"]),
        "roles": [formal(role) for role in facts["roles"]],
        "until": format_be(date.fromisoformat(facts["until"]), "formal"),
        "moment": record.created_at.isoformat(timespec="seconds"),
        "hours": thai_hours(facts["hours"]),
        "count": to_thai(facts["count"]),
        "years": years,
        "code": grouped(record.code),
        "address": address.partition("://")[2],
        "url": address,
        "square": qr_svg(address),
    }


def _printed(line: dict[str, str]) -> dict[str, str]:
    counted = Decimal(line["counted"])
    return {
        "kind": KINDS[LineKind(line["kind"])],
        "title": printable(line["title"]),
        "where": formal(line["where"]),
        "on": to_thai(format_be(date.fromisoformat(line["on"]))),
        "hours": thai_hours(line["hours"]) if counted != Decimal(line["hours"]) else "",
        "counted": thai_hours(line["counted"]) if counted else "–",
        "note": NOTES[Note(line["note"])],
        "number": to_thai(printable(line["number"])) if line["number"] else "–",
    }


def thai_hours(hours: str | Decimal) -> str:
    """7.5 → ๗.๕, 3.0 → ๓."""
    return to_thai(f"{Decimal(hours).normalize():f}")
