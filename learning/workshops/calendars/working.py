"""Working days of an office: Monday to Friday without public holidays and without the days on which it is closed."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from cms.thai.dates import BE_OFFSET

NONE: frozenset[date] = frozenset()


def is_working_day(day: date, holidays: AbstractSet[date] = NONE, closed: AbstractSet[date] = NONE) -> bool:
    """Whether an office works on this day."""
    return day.weekday() < 5 and day not in holidays and day not in closed


def working_days(
    start: date, end: date, holidays: AbstractSet[date] = NONE, closed: AbstractSet[date] = NONE
) -> list[date]:
    """The working days from `start` to `end`, both included; none when `end` comes first."""
    days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
    return [day for day in days if is_working_day(day, holidays, closed)]


def fiscal_year_days(be_year: int, holidays: AbstractSet[date] = NONE, closed: AbstractSet[date] = NONE) -> list[date]:
    """The working days of a fiscal year in BE: 1 October to 30 September of the year that names it.

    Source: Budget Procedure Act 2561, s. 4.
    """
    ends_in = be_year - BE_OFFSET
    return working_days(date(ends_in - 1, 10, 1), date(ends_in, 9, 30), holidays, closed)
