"""Days and years in cells: Thai dates, days that Excel counted, years of either era, ages."""

import calendar
import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cms.thai.dates import BE_OFFSET, MONTHS, SHORT_MONTHS, NotAThaiDate, parse_thai_date
from cms.thai.digits import to_arabic
from learning.register.reading.cells import Clean, cell

# Excel counts days from here; its count of 1900 as a leap year is behind us from day 61 on.
EXCEL_BEGAN = date(1899, 12, 30)
SERIALS = range(20_000, 80_001)  # 1954 to 2119
# A day whose Buddhist year was typed as if it were the Gregorian one: 2497 to 2662.
BE_SERIALS = range(218_000, 279_000)
OLDEST = 1900
LONGEST_LIFE = 120

_ENGLISH_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_ENGLISH = re.compile(r"(\d{1,2})[ \-/]([A-Za-z]{3})[a-z]*\.?[ ,\-/]+(\d{4})")
_CLOCK = re.compile(r"[ T]\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?: ?น\.?)?$")


def _counted(days: int) -> date:
    """A day from Excel's count; ValueError when the Buddhist year has no such day in our calendar."""
    day = EXCEL_BEGAN + timedelta(days=days)
    return day.replace(year=day.year - BE_OFFSET) if days in BE_SERIALS else day


def _read(text: str) -> date:
    written = _CLOCK.sub("", to_arabic(text).strip("'\" "))
    number = written.removesuffix(".0")
    if number.isdecimal() and (int(number) in SERIALS or int(number) in BE_SERIALS):
        return _counted(int(number))
    if (match := _ENGLISH.fullmatch(written)) and (month := _ENGLISH_MONTHS.get(match[2].lower())):
        written = f"{match[1]}/{month}/{match[3]}"
    return parse_thai_date(written)


@cell
def day(text: str) -> Clean:
    """A `date`."""
    try:
        return Clean(_read(text))
    except NotAThaiDate as error:
        return Clean(problem=str(error.message))
    except ValueError:
        return Clean(problem=_("Check the day: this month of that year does not have it."))


# --- the year a person was born in ---------------------------------------------------------------
_YEAR = re.compile(r"(?:ปี ?)?(?:(?P<era>พ\.? ?ศ\.?|ค\.? ?ศ\.?|เกิด) ?)?(?P<year>\d{4})(?:\.0)?")
_AGE = re.compile(r"(?:อายุ ?)?(\d{1,3})(?:\.0)? ?ปี.{0,12}|อายุ ?(\d{1,3})")


def _born(year: int, today: date) -> Clean:
    if OLDEST <= year <= today.year:
        return Clean(year)
    return Clean(
        problem=_("This year of birth cannot be right. Write a year from %(first)d to %(last)d.")
        % {"first": OLDEST + BE_OFFSET, "last": today.year + BE_OFFSET}
    )


def _born_before(years: int, today: date) -> Clean:
    if 0 < years <= LONGEST_LIFE:
        return Clean(today.year - years)
    return Clean(problem=_("This age cannot be right. Write the age in years, for example 45."))


@cell
def birth_year(text: str, *, today: date) -> Clean:
    """The Gregorian year of birth, from a year of either era, a date, or an age like 45 ปี."""
    written = to_arabic(text).strip("'\" ")
    if match := _AGE.fullmatch(written):
        return _born_before(int(match[1] or match[2]), today)
    if match := _YEAR.fullmatch(written):
        year = int(match["year"])
        is_buddhist = year > 2300 and not (match["era"] or "").startswith("ค")
        return _born(year - BE_OFFSET if is_buddhist else year, today)
    try:
        return _born(_read(written).year, today)
    except ValueError:
        return Clean(problem=_("Write the year of birth with four digits, for example 2510, or the age like 45 ปี."))


def says_more_than_a_year(text: str) -> bool:
    """Whether a readable cell for the year of birth holds the day too, which nobody needs."""
    written = to_arabic(text).strip("'\" ")
    return not _AGE.fullmatch(written) and not _YEAR.fullmatch(written)


@cell
def age(text: str, *, today: date) -> Clean:
    """The Gregorian year of birth that an age in years leads to, right to a year."""
    match = re.search(r"\d{1,4}", to_arabic(text))
    return _born_before(int(match[0]) if match else 0, today)


# --- the last day of a financial year ------------------------------------------------------------
_SPOKEN_MONTHS = tuple(re.sub(r"(?:ยน|คม|พันธ์)$", "", name) for name in MONTHS)
_MONTHS = {
    name.replace(".", ""): number
    for names in (MONTHS, SHORT_MONTHS, _SPOKEN_MONTHS)
    for number, name in enumerate(names, start=1)
}
_YEAR_END = re.compile(
    r"(?:(?:ณ ?)?(?:ทุก)?(?:วัน)?(?:ที่)? ?(?P<day>\d{1,2})|(?:สิ้น)?(?:เดือน)?) ?[/.\- ]? ?"
    r"(?:(?:เดือน ?)?(?P<name>[ก-ฮ][ก-์. ]*?)|(?P<month>\d{1,2}))"
    r"(?: ?[/.\- ]? ?(?:พ\.? ?ศ\.? ?)?\d{4}| ?ของทุกปี| ?ทุกปี| ?ของปี)?"
)


@cell
def year_end(text: str) -> Clean:
    """(month, day), whatever year is written; a month alone ends on its last day, February on the 28th."""
    written = to_arabic(text).strip("'\" ")
    problem = Clean(problem=_("Write the day and the month, for example 31 มีนาคม."))
    if written.isdecimal() and len(written) >= 5:
        found = day(written).value
        return Clean((found.month, found.day)) if found else problem
    match = _YEAR_END.fullmatch(written)
    if match is None:
        return problem
    month = _MONTHS.get(re.sub(r"[. ]", "", match["name"]), 0) if match["name"] else int(match["month"])
    if not 1 <= month <= 12 or (match["day"] is None and not match["name"]):
        return problem
    last = calendar.monthrange(2023, month)[1]  # no leap year: the day must be there every year
    number = int(match["day"] or last)
    if number == 29 and month == 2:
        number = last
    return Clean((month, number)) if 1 <= number <= last else problem
