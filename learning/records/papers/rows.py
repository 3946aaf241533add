"""One row of a list of papers: what its cells mean, and a sentence for each that cannot be used. Pure."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cms.thai.digits import to_arabic
from learning.records.papers.columns import REQUIRED
from learning.register.reading.cells import Clean, cell, holds_national_id, too_long
from learning.register.reading.moments import day

LENGTHS = {
    "number": 100, "holder_name": 250, "holder_role": 300, "organization": 200, "course_title": 255, "issuer": 200,
    "signer": 120, "signer_position": 200,
}  # fmt: skip
DAYS = ("started_on", "completed_on", "issued_on", "valid_until")
MOST_HOURS = Decimal(2000)
FIRST_DAY = date(1957, 1, 1)  # of the Buddhist year 2500: papers that are older are read wrongly
_HOURS = re.compile(r"(\d+(?:\.\d+)?)(?: ?(?:ชั่วโมง|ชม\.?|hours?|hrs?|h))?", re.IGNORECASE)


@dataclass
class PaperValues:
    """The values of a row that can be used, and the problems of the others by their column."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


@cell
def _text(text: str, longest: int) -> Clean:
    return too_long(longest) if len(text) > longest else Clean(text)


@cell
def _name(text: str, longest: int) -> Clean:
    if not re.search("[ก-ฮA-Za-z]", text):
        return Clean(problem=_("This is not a name. Write title, name and family name."))
    return too_long(longest) if len(text) > longest else Clean(text)


@cell
def _number(text: str, longest: int) -> Clean:
    number = to_arabic(text).strip("'\"")
    if not re.search(r"\d", number):
        return Clean(
            problem=_("This is no number of a certificate. Write it as it is printed, for example ชน.12/2560.")
        )
    return too_long(longest) if len(number) > longest else Clean(number)


@cell
def _hours(text: str) -> Clean:
    match = _HOURS.fullmatch(to_arabic(text).replace(",", "").strip())
    hours = Decimal(match[1]).quantize(Decimal("0.1")) if match else Decimal(0)
    if not match or not 0 < hours <= MOST_HOURS:
        return Clean(problem=_("Write the hours as a number, for example 6 or 12.5."))
    return Clean(hours)


def clean_paper(cells: dict[str, str], *, today: date) -> PaperValues:
    """The same for a row of a file and for one that a person has corrected. A national ID number is taken out."""
    found = PaperValues()
    for name, text in cells.items():
        if holds_national_id(text):
            cells[name] = ""
            found.problems[name] = _("A national ID number stood here. It was not kept; write what belongs here.")
            continue
        clean = _cleaned(name, text)
        if clean.problem:
            found.problems[name] = clean.problem
        elif clean.value is not None:
            found.values[name] = clean.value
    for name in REQUIRED:
        if name not in found.values and name not in found.problems:
            found.problems[name] = _("Fill in this cell: the row cannot be used without it.")
    _check_days(found, today)
    return found


def _cleaned(name: str, text: str) -> Clean:
    if name in DAYS:
        return day(text)
    if name == "hours":
        return _hours(text)
    if name == "number":
        return _number(text, LENGTHS[name])
    return (_name if name == "holder_name" else _text)(text, LENGTHS[name])


def _check_days(found: PaperValues, today: date) -> None:
    values, problems = found.values, found.problems
    for name in DAYS:
        if name in values and values[name] < FIRST_DAY:
            problems[name] = _("This year is too early. Check whether it is of the Buddhist Era.")
            del values[name]
    for name in ("started_on", "completed_on", "issued_on"):
        if name in values and values[name] > today:
            problems[name] = _("This day is still to come. Only papers that were issued before are recorded here.")
            del values[name]
    pairs = (
        ("started_on", "completed_on", _("The course cannot end before it began. Check both days.")),
        (
            "completed_on",
            "issued_on",
            _("A certificate is not issued before the course is completed. Check both days."),
        ),
        ("issued_on", "valid_until", _("It cannot expire before it was issued. Check both days.")),
    )
    for earlier, later, sentence in pairs:
        if earlier in values and later in values and values[later] < values[earlier]:
            problems[later] = sentence
