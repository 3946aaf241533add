"""From the words of an address to a table: the same for the page, the workbook and the paper."""

from dataclasses import dataclass

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
    code = given.get("area", "").replace("\x00", "")[:20]
    chosen = find_within(areas, code) if code else (own[0] if own else None)
    report = REPORTS.get(slug) if slug else None
    if chosen is None or (slug and (report is None or not report.is_offered(chosen))):
        raise NotYours
    form = QuestionForm(
        given,
        areas=own,
        chosen=chosen,
        courses=courses_asked_for(),
        has_days=report.has_days if report else True,
        has_course=report.has_course if report else True,
    )
    return Asked(report, form, own)


def offered_reports(within: Within) -> list[Report]:
    return [report for report in REPORTS.values() if report.is_offered(within)]
