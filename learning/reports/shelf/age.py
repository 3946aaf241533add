"""By age in the year of enrolling, for statistics."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.reports.choices import AgeBand, Axis
from learning.reports.queries import lines_of
from learning.reports.question import Question
from learning.reports.shelf.report import Report, lines_in_order, once, table_of
from learning.reports.tables import Table


def table(question: Question) -> Table:
    found = lines_of(question, Axis.ALL, Axis.AGE)
    return table_of(
        question,
        title=_("Learning by age"),
        by=_("Age"),
        lines=lines_in_order(question, found[Axis.AGE], dict(AgeBand.choices)),
        total=found[Axis.ALL].get(""),
        notes=(once(),),
    )


REPORT = Report(
    slug="age",
    title=gettext_lazy("By age"),
    summary=gettext_lazy("In the year of enrolling; the birth year may be left out."),
    icon="calendar",
    table=table,
)
