"""By organization: each cooperative and group of an area up to a province, those behind first if one likes."""

from collections.abc import Iterator, Sequence
from typing import overload

from django.db.models.functions import Collate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.thai.names import COLLATION
from learning.duties.queries import organizations_in
from learning.organizations.choices import Kind, OrganizationState
from learning.reports import columns
from learning.reports.counting.contributions import Measures
from learning.reports.links import organization_urls
from learning.reports.queries import total_of, totals_of_areas
from learning.reports.question import Question
from learning.reports.shelf.report import Report, once, table_of
from learning.reports.tables import Line, Table
from learning.reports.within import Within

Listed = tuple[int, str, str, str]  # key, name, kind, state


def organizations_listed(within: Within) -> list[Listed]:
    """Key, name, kind and state of the organizations that stand in an area today, in Thai order."""
    rows = organizations_in(within.area).order_by(Collate("search_key", COLLATION), "pk")
    return list(rows.values_list("pk", "name", "kind", "state"))


class LinesOfOrganizations(Sequence[Line]):
    """A province has a thousand lines and a page 25: those asked for are counted, each once."""

    def __init__(self, question: Question, listed: list[Listed]) -> None:
        self.question = question
        self.listed = listed
        self.counts: dict[str, Measures] = {}
        self.kinds = {value: str(label) for value, label in Kind.choices}
        self.url_of = organization_urls(question)

    def __len__(self) -> int:
        return len(self.listed)

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...

    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        if isinstance(place, slice):
            return self._lines(self.listed[place])
        return self._lines([self.listed[place]])[0]

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines(self.listed))

    def _lines(self, rows: Sequence[Listed]) -> list[Line]:
        missing = [code for pk, *_rest in rows if (code := f"o{pk}") not in self.counts]
        if missing:
            counted = totals_of_areas(self.question, missing)
            self.counts.update((code, counted.get(code, Measures())) for code in missing)
        return [self._line(*row) for row in rows]

    def _line(self, pk: int, name: str, kind: str, state: str) -> Line:
        note = self.kinds[kind]
        if state != OrganizationState.ACTIVE:
            note = f"{note} · {OrganizationState(state).label}"
        return columns.line(name, self.counts[f"o{pk}"], self.question.days, url=self.url_of(pk), note=note)


def table(question: Question) -> Table:
    listed = organizations_listed(question.within)
    ended = [f"o{pk}" for pk, _name, _kind, state in listed if state != OrganizationState.ACTIVE]
    if ended:
        counted = totals_of_areas(question, ended)
        listed = [row for row in listed if row[3] == OrganizationState.ACTIVE or f"o{row[0]}" in counted]
    return table_of(
        question,
        title=_("Learning by cooperative and group"),
        by=_("Cooperative or group"),
        lines=LinesOfOrganizations(question, listed),
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
