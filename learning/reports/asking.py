"""From the words of an address to a table: the same for the page, the workbook and the paper."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from learning.duties.queries import Areas
from learning.reports.forms import QuestionForm
from learning.reports.hiding import hide_small_cells
from learning.reports.queries import courses_asked_for
from learning.reports.question import Question
from learning.reports.shelf import REPORTS, Report
from learning.reports.tables import Table
from learning.reports.within import Within, find_within, offered


class NotYours(Exception):
    """The area asked for is not inside the person's areas, or there is no such report."""


@dataclass(frozen=True)
class Asked:
    """A report, the form it was asked with, and the areas that can be chosen instead."""

    report: Report | None
    form: QuestionForm
    areas: list[Within]

    @property
    def question(self) -> Question:
        return self.form.question

    def table(self) -> Table:
        """The whole report, with what this person may not see hidden. Raises StillCounting."""
        assert self.report is not None
        table = self.report.table(self.question)
        return table if self.question.within.sees_people else hide_small_cells(table)


def ask(areas: Areas, given: QueryDict, *, slug: str = "") -> Asked:
    """Read what is asked. Raises NotYours.

    Without an area: the widest of the person's own.
    """
    own = offered(areas)
    code = _code_in(given)
    chosen = find_within(areas, code) if code else (own[0] if own else None)
    report = REPORTS.get(slug) if slug else None
    if chosen is None or (slug and (report is None or not report.is_offered(chosen))):
        raise NotYours
    if code and code != chosen.code:  # zeros before its number
        given = given.copy()
        given["area"] = chosen.code
    form = QuestionForm(
        given,
        areas=own,
        chosen=chosen,
        courses=courses_asked_for(),
        has_days=report.has_days if report else True,
        has_course=report.has_course if report else True,
    )
    return Asked(report, form, own)


def query_of(asked: Asked, given: QueryDict) -> str:
    """What is kept of a question so that it can be asked again: the report, its area in front, what was chosen."""
    assert asked.report is not None
    chosen = {name: value for name in asked.form.fields if name != "area" and (value := given.get(name, ""))}
    return f"{asked.report.slug}?{urlencode({'area': asked.question.within.code, **chosen})}"


def ask_again(areas: Areas, query: str) -> Asked:
    """Ask what `query_of` kept, inside the areas of this moment. Raises NotYours, also for what names no area."""
    slug, _mark, words = query.partition("?")
    given = QueryDict(words)
    if not slug or not _code_in(given):
        raise NotYours
    return ask(areas, given, slug=slug)


def is_still_theirs(areas: Areas, query: str, *, with_small_cells: bool) -> bool:
    """Whether a paper made of this question earlier shows no more than its asker may see at this moment."""
    try:
        within = ask_again(areas, query).question.within
    except NotYours:
        return False
    return within.sees_people or not with_small_cells


def _code_in(given: QueryDict) -> str:
    return given.get("area", "").replace("\x00", "")[:20]


def offered_reports(within: Within) -> list[Report]:
    return [report for report in REPORTS.values() if report.is_offered(within)]
