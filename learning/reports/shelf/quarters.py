"""By quarter and fiscal year (October to September, Buddhist Era): what was begun and completed in each."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.reports import columns
from learning.reports.choices import Axis
from learning.reports.counting.contributions import Measures
from learning.reports.hiding import hide_small_cells
from learning.reports.queries import Lines, lines_of
from learning.reports.question import Days, Question, standing
from learning.reports.shelf.report import Report
from learning.reports.tables import Line, Table

# What happened in a stretch of days: the columns of any two days serve.
IN_THE_QUARTER = Days(since=date.min, until=date.max)


def table(question: Question) -> Table:
    found = lines_of(question, Axis.QUARTER, Axis.YEAR)
    return Table(
        title=_("Learning by quarter and fiscal year"),
        area=question.within.label,
        standing=standing(question.days, today=timezone.localdate()),
        by=_("Quarter"),
        columns=columns.columns(IN_THE_QUARTER),
        lines=tuple(_lines(found[Axis.QUARTER], found[Axis.YEAR], _("Quarter %(quarter)s/%(year)s"))),
        notes=(_("The line of a year counts each person once, so it may be less than its quarters together."),),
        shown_in_chart=("enrolled", "completed"),
        filters=(_("Course: %(course)s") % {"course": question.course.title},) if question.course else (),
    )


def last_quarters(question: Question, quarters: Lines, years: Lines, most: int = 8) -> Table:
    """Only the last quarters, from past to present, for a chart; what the whole report hides is hidden here."""
    table = Table(
        title=_("Learning by quarter"),
        area=question.within.label,
        standing=standing(question.days, today=timezone.localdate()),
        by=_("Quarter"),
        columns=columns.columns(IN_THE_QUARTER),
        lines=tuple(_lines(quarters, years, "%(quarter)s/%(year)s")),
        shown_in_chart=("enrolled", "completed"),
    )
    if not question.within.sees_people:
        table = hide_small_cells(table)
    return replace(table, lines=tuple(line for line in table.lines if not line.sums)[-most:])


def _lines(quarters: Lines, years: Lines, label: str) -> Iterator[Line]:
    """The quarters of each year that have a count, and after them the year."""
    for year in sorted(years):
        own = {quarter: counts for quarter in range(1, 5) if (counts := quarters.get(f"{year}-{quarter}"))}
        for quarter, counts in own.items():
            yield _line(label % {"quarter": quarter, "year": year}, counts)
        yield replace(_line(_("Fiscal year %(year)s") % {"year": year}, years[year]), sums=len(own))


def _line(label: str, counts: Measures) -> Line:
    return columns.line(label, counts, IN_THE_QUARTER)


REPORT = Report(
    slug="quarters",
    title=gettext_lazy("By quarter and fiscal year"),
    summary=gettext_lazy("What was begun and completed in each quarter."),
    icon="calendar",
    table=table,
    has_days=False,
    is_drawn_in_time=True,
)
