"""Dates are stored Gregorian and shown in the Buddhist Era: BE = CE + 543.

The one conversion holds for every date from 1 January 1941 on. Before that the Thai year began in
April (Act on the calendar year, 2483), and a day between January and March carried one year less.
"""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.thai.digits import to_arabic, to_thai
from cms.thai.words import normalise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BE_OFFSET = 543
BE_YEARS = range(2400, 2701)
CE_YEARS = range(1900, 2201)

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
STYLES = ("long", "formal", "short", "time")


class NotAThaiDate(ValueError):
    """A text that is no date: a sentence for the person who typed it, and a `code` for programs."""

    def __init__(self, code: str, message: "StrOrPromise") -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def format_be(value: date, style: str = "long") -> str:
    """Show a date in the Buddhist Era: long, formal (for papers), short; or the time of a datetime.

    long `23 พฤศจิกายน 2569`, formal `๒๓ พฤศจิกายน พ.ศ. ๒๕๖๙`, short `23 พ.ย. 2569`, time `13:05 น.`
    An aware datetime is shown in the current time zone. The page keeps a date on one line by its
    style sheet, not by no-break spaces, so that what is copied can be searched.
    ValueError for another style, or for the time of a plain date.
    """
    value = _local(value)
    year = value.year + BE_OFFSET
    match style:
        case "long":
            return f"{value.day} {MONTHS[value.month - 1]} {year}"
        case "formal":
            return to_thai(f"{value.day} {MONTHS[value.month - 1]} พ.ศ. {year}")
        case "short":
            return f"{value.day} {SHORT_MONTHS[value.month - 1]} {year}"
        case "time" if isinstance(value, datetime):
            return f"{value:%H:%M} น."
        case "time":
            raise ValueError("A date without a clock has no time to show.")
        case _:
            raise ValueError(f"The style is one of {', '.join(STYLES)}, not {style!r}.")


def _bare(name: str) -> str:
    return name.replace(".", "")


# Names are compared without dots, so that มค, ม.ค. and ม.ค are one.
_MONTH_NUMBERS = {_bare(name): number for names in (MONTHS, SHORT_MONTHS) for number, name in enumerate(names, start=1)}
_ERA = r"(?:(?P<era>พ\.? ?ศ\.?|ค\.? ?ศ\.?) ?)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}}) ?[/.\- ] ?(?P<month>\d{{1,2}}) ?[/.\- ] ?{_ERA}(?P<year>\d+)",
        rf"(?:วัน\S*? ?)?(?:ที่ ?)?(?P<day>\d{{1,2}})[ /.\-]*(?P<name>[ก-์][ก-์. ]*?)[ /.\-]*{_ERA}(?P<year>\d+)",
    )
)


def parse_thai_date(text: str) -> date:
    """Read a date as people here write it; the year tells the era: 2400–2700 is BE, 1900–2200 is CE.

    Read are day/month/year with / - . or blanks between, eight digits without any (23112569), a
    month by its Thai name or abbreviation, and ISO year-month-day; all in Arabic or Thai digits, with
    or without พ.ศ. or ค.ศ. NotAThaiDate (a ValueError) tells what is wrong with anything else.
    """
    written = to_arabic(normalise(text))
    match = next(filter(None, (form.fullmatch(written) for form in _FORMS)), None)
    if match is None:
        raise NotAThaiDate("unreadable", _("Write the date as day/month/year, for example 23/11/2569."))
    found = match.groupdict()
    if "name" in found:
        month = _MONTH_NUMBERS.get(_bare(found["name"]).replace(" ", ""))
        if month is None:
            raise NotAThaiDate("month_name", _("Write the month like พฤศจิกายน or พ.ย."))
    else:
        month = int(found["month"])
        if not 1 <= month <= 12:
            raise NotAThaiDate("month", _("Write the day first, then a month from 1 to 12."))
    if len(found["year"]) != 4:
        raise NotAThaiDate("short_year", _("Write the year with four digits, for example 2569."))
    return _build(int(found["day"]), month, _gregorian_year(int(found["year"]), found.get("era")))


def _gregorian_year(year: int, era: str | None) -> int:
    """The CE year of a written one. Refused outside the two ranges, and when the era written does not fit."""
    if year in BE_YEARS and not (era or "").startswith("ค"):
        return year - BE_OFFSET
    if year in CE_YEARS and not (era or "").startswith("พ"):
        return year
    raise NotAThaiDate("year", _("Write a year from 2400 to 2700 (B.E.) or from 1900 to 2200 (A.D.)."))


def _build(day: int, month: int, year: int) -> date:
    # The era is taken off before the day is checked: 2567 is no leap year of the Gregorian rule, 2024 is.
    try:
        return date(year, month, day)
    except ValueError:
        raise NotAThaiDate("day", _("Check the day: this month of that year does not have it.")) from None


def fiscal_year_be(value: date) -> int:
    """The government's fiscal year in BE: October to September, named by the year it ends in.

    Source: Budget Procedure Act 2561, s. 4.
    """
    value = _local(value)
    return value.year + BE_OFFSET + (value.month >= 10)


def fiscal_quarter(value: date) -> int:
    """The quarter (1–4) of the government's fiscal year; the first is October to December."""
    return (_local(value).month - 10) % 12 // 3 + 1
