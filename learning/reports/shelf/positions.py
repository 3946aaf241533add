"""By position on the day of enrolling."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.organizations.choices import Position
from learning.reports.choices import Axis
from learning.reports.queries import lines_of
from learning.reports.question import Question
from learning.reports.shelf.report import Report, lines_in_order, once, table_of
from learning.reports.tables import Table


def table(question: Question) -> Table:
    found = lines_of(question, Axis.ALL, Axis.POSITION)
    return table_of(
        question,
        title=_("Learning by position"),
        by=_("Position"),
        lines=lines_in_order(question, found[Axis.POSITION], dict(Position.choices)),
        total=found[Axis.ALL].get(""),
        notes=(once(),),
    )


REPORT = Report(
    slug="positions",
    title=gettext_lazy("By position"),
    summary=gettext_lazy("Boards, managers, staff, business auditors and members."),
    icon="people",
    table=table,
)
