"""By place: the provinces of the country or a center, the districts of a province or a promotion group."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.reports import columns
from learning.reports.counting.contributions import Measures
from learning.reports.links import report_url
from learning.reports.queries import total_of, totals_of_areas
from learning.reports.question import Question
from learning.reports.shelf.report import Report, once, table_of
from learning.reports.tables import Table
from learning.reports.within import Within, parts_of


def table(question: Question) -> Table:
    parts = parts_of(question.within)
    counts = totals_of_areas(question, [code for code, _name in parts])
    below = "places" if question.within.is_wide else "organizations"
    return table_of(
        question,
        title=_("Learning by province") if question.within.is_wide else _("Learning by district"),
        by=_("Province") if question.within.is_wide else _("District"),
        lines=[
            columns.line(name, counts.get(code, Measures()), question.days, url=report_url(below, question, area=code))
            for code, name in parts
        ],
        total=total_of(question),
        notes=(once(),),
    )


def has_parts(within: Within) -> bool:
    return within.level in {"n", "c", "p", "f", "g"}


REPORT = Report(
    slug="places",
    title=gettext_lazy("By province or district"),
    summary=gettext_lazy("The parts of your area beside each other; each leads further in."),
    icon="place",
    table=table,
    is_offered=has_parts,
)
