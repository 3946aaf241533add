"""By kind of organization; women's and youth groups stand on lines of their own."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.organizations.choices import Kind
from learning.reports.choices import Axis
from learning.reports.queries import lines_of
from learning.reports.question import Question
from learning.reports.shelf.report import Report, lines_in_order, once, table_of
from learning.reports.tables import Table


def table(question: Question) -> Table:
    found = lines_of(question, Axis.ALL, Axis.KIND)
    return table_of(
        question,
        title=_("Learning by kind of organization"),
        by=_("Kind of organization"),
        lines=lines_in_order(question, found[Axis.KIND], dict(Kind.choices)),
        total=found[Axis.ALL].get(""),
        notes=(once(),),
    )


REPORT = Report(
    slug="kinds",
    title=gettext_lazy("By kind of organization"),
    summary=gettext_lazy("Cooperatives of each type, farmers' groups, women's and youth groups."),
    icon="building",
    table=table,
)
