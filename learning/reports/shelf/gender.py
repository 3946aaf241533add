"""By gender, for statistics; who has not given it stands on a line of their own."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.people.models import Gender
from learning.reports.choices import Axis
from learning.reports.queries import lines_of
from learning.reports.question import Question
from learning.reports.shelf.report import Report, lines_in_order, table_of
from learning.reports.tables import Table


def table(question: Question) -> Table:
    found = lines_of(question, Axis.ALL, Axis.GENDER)
    return table_of(
        question,
        title=_("Learning by gender"),
        by=_("Gender"),
        lines=lines_in_order(question, found[Axis.GENDER], {**dict(Gender.choices), "": _("not given")}),
        total=found[Axis.ALL].get(""),
    )


REPORT = Report(
    slug="gender",
    title=gettext_lazy("By gender"),
    summary=gettext_lazy("As given by the people or their office; it may be left out."),
    icon="user",
    table=table,
)
