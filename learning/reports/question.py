"""What is asked of a report: which area, which course, and of which days."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cms.thai.dates import BE_OFFSET, fiscal_quarter, fiscal_year_be, format_be
from courses.catalog.models import CoursePage
from learning.reports.within import Within

if TYPE_CHECKING:
    from learning.reports.models import Span

# Months in which the quarters of a fiscal year begin; the first lies in the calendar year before.
QUARTER_MONTHS = (10, 1, 4, 7)


@dataclass(frozen=True, slots=True)
class Days:
    """Of which days: now (nothing given), as of a past day (`until`), or between two days."""

    since: date | None = None
    until: date | None = None

    @property
    def are_now(self) -> bool:
        return self.until is None

    @property
    def are_between(self) -> bool:
        return self.since is not None


NOW = Days()


@dataclass(frozen=True, slots=True)
class Question:
    """`course` None: all courses together. `counted` is what was found for its past days, looked for once."""

    within: Within
    days: Days = NOW
    course: CoursePage | None = None
    counted: list["Span"] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def course_id(self) -> int:
        return self.course.pk if self.course else 0

    def of(self, within: Within) -> "Question":
        """The same of another area."""
        return replace(self, within=within)


def fiscal_year_days(year: int, quarter: int = 0) -> tuple[date, date]:
    """First and last day of a fiscal year of the Buddhist Era, or of one of its quarters (1–4)."""
    first = date(year - BE_OFFSET - 1, 10, 1)
    if not quarter:
        return first, date(year - BE_OFFSET, 9, 30)
    begins = [first, *(date(year - BE_OFFSET, month, 1) for month in QUARTER_MONTHS[1:]), date(year - BE_OFFSET, 10, 1)]
    return begins[quarter - 1], begins[quarter] - timedelta(days=1)


def standing(days: Days, *, today: date) -> str:
    """As of when, in a sentence for the head of a report."""
    if days.until is None:
        return _("Data as of today, %(day)s") % {"day": format_be(today)}
    if days.since is None:
        return _("Data as of %(day)s") % {"day": format_be(days.until)}
    span = {"since": format_be(days.since), "until": format_be(days.until)}
    year = fiscal_year_be(days.since)
    if (days.since, days.until) == fiscal_year_days(year):
        return _("Fiscal year %(year)s: %(since)s to %(until)s") % {"year": year, **span}
    quarter = fiscal_quarter(days.since)
    if (days.since, days.until) == fiscal_year_days(year, quarter):
        return _("Quarter %(quarter)s of fiscal year %(year)s: %(since)s to %(until)s") % {
            "quarter": quarter,
            "year": year,
            **span,
        }
    return _("%(since)s to %(until)s") % span
