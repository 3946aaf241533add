"""By organization: each cooperative and group of an area up to a province, those behind first if one likes."""

from django.db.models.functions import Collate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.thai.names import COLLATION
from learning.duties.queries import organizations_in
from learning.organizations.choices import Kind, OrganizationState
from learning.reports import columns
from learning.reports.counting.contributions import Measures
from learning.reports.links import organization_url
from learning.reports.queries import total_of, totals_of_areas
from learning.reports.question import Question
from learning.reports.shelf.report import Report, once, table_of
from learning.reports.tables import Table
from learning.reports.within import Within


def organizations_listed(within: Within) -> list[tuple[int, str, str, str]]:
    """Key, name, kind and state of the organizations that stand in an area today, in Thai order."""
    rows = organizations_in(within.area).order_by(Collate("search_key", COLLATION), "pk")
    return list(rows.values_list("pk", "name", "kind", "state"))


def table(question: Question) -> Table:
    listed = organizations_listed(question.within)
    counts = totals_of_areas(question, [f"o{pk}" for pk, *_rest in listed])
    kinds = dict(Kind.choices)
    lines = []
    for pk, name, kind, state in listed:
        if state != OrganizationState.ACTIVE and f"o{pk}" not in counts:
            continue
        note = str(kinds[kind])
        if state != OrganizationState.ACTIVE:
            note = f"{note} · {OrganizationState(state).label}"
        url = organization_url(question, pk)
        lines.append(columns.line(name, counts.get(f"o{pk}", Measures()), question.days, url=url, note=note))
    return table_of(
        question,
        title=_("Learning by cooperative and group"),
        by=_("Cooperative or group"),
        lines=lines,
        total=total_of(question),
        notes=(once(), _("A cooperative counts with the groups attached to it.")),
    )


REPORT = Report(
    slug="organizations",
    title=gettext_lazy("By cooperative and group"),
    summary=gettext_lazy("Each organization of the area, also those where nobody learns yet."),
    icon="building",
    table=table,
    is_offered=lambda within: not within.is_wide,
)
