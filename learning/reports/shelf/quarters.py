"""By quarter and fiscal year (October to September, Buddhist Era): what was begun and completed in each."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.reports import columns
from learning.reports.choices import Axis
from learning.reports.counting.contributions import Measures
from learning.reports.queries import lines_of
from learning.reports.question import Days, Question, standing
from learning.reports.shelf.report import Report
from learning.reports.tables import Line, Table

# What happened in a stretch of days: the columns of any two days serve.
IN_THE_QUARTER = Days(since=date.min, until=date.max)


def table(question: Question) -> Table:
    found = lines_of(question, Axis.QUARTER, Axis.YEAR)
    lines: list[Line] = []
    for year in sorted(found[Axis.YEAR]):
        for quarter in range(1, 5):
            counts = found[Axis.QUARTER].get(f"{year}-{quarter}")
            if counts:
                lines.append(_line(_("Quarter %(quarter)s/%(year)s") % {"quarter": quarter, "year": year}, counts))
        lines.append(_line(_("Fiscal year %(year)s") % {"year": year}, found[Axis.YEAR][year]))
    return Table(
        title=_("Learning by quarter and fiscal year"),
        area=question.within.label,
        standing=standing(question.days, today=timezone.localdate()),
        by=_("Quarter"),
        columns=columns.columns(IN_THE_QUARTER),
        lines=tuple(lines),
        notes=(_("The line of a year counts each person once, so it may be less than its quarters together."),),
        shown_in_chart=("enrolled", "completed"),
        filters=(_("Course: %(course)s") % {"course": question.course.title},) if question.course else (),
    )


def last_quarters(question: Question, found: dict[str, Measures], most: int = 8) -> Table:
    """Only the last quarters, from past to present, for a chart."""
    labels = sorted(found)[-most:]
    return Table(
        title=_("Learning by quarter"),
        area=question.within.label,
        standing=standing(question.days, today=timezone.localdate()),
        by=_("Quarter"),
        columns=columns.columns(IN_THE_QUARTER),
        lines=tuple(_line("{1}/{0}".format(*label.split("-")), found[label]) for label in labels),
        shown_in_chart=("enrolled", "completed"),
    )


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
