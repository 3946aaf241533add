"""By transfer center, over the provinces that each serves today."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.places.models import TransferCenter
from learning.reports import columns
from learning.reports.counting.contributions import Measures
from learning.reports.links import report_url
from learning.reports.queries import total_of, totals_of_areas
from learning.reports.question import Question
from learning.reports.shelf.report import Report, table_of
from learning.reports.tables import Table


def table(question: Question) -> Table:
    centers = list(TransferCenter.objects.all())
    counts = totals_of_areas(question, [f"c{center.pk}" for center in centers])
    return table_of(
        question,
        title=_("Learning by transfer center"),
        by=_("Transfer center"),
        lines=[
            columns.line(
                str(center),
                counts.get(f"c{center.pk}", Measures()),
                question.days,
                url=report_url("places", question, area=f"c{center.pk}"),
            )
            for center in centers
        ],
        total=total_of(question),
        notes=(_("A province served by two centers counts for both, and once in the total."),),
    )


REPORT = Report(
    slug="centers",
    title=gettext_lazy("By transfer center"),
    summary=gettext_lazy("The provinces each center serves, together."),
    icon="building",
    table=table,
    is_offered=lambda within: within.level == "n",
)
