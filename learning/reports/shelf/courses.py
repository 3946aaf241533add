"""By course: what has been learned."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.reports import columns
from learning.reports.links import report_url
from learning.reports.queries import courses_asked_for, total_of, totals_of_courses
from learning.reports.question import Question
from learning.reports.shelf.report import Report, once, table_of
from learning.reports.tables import Table


def table(question: Question) -> Table:
    counts = totals_of_courses(question)
    return table_of(
        question,
        title=_("Learning by course"),
        by=_("Course"),
        lines=[
            columns.line(title, counts[pk], question.days, url=report_url("kinds", question, course=pk))
            for pk, title in courses_asked_for()
            if pk in counts
        ],
        total=total_of(question),
        notes=(once(),),
    )


REPORT = Report(
    slug="courses",
    title=gettext_lazy("By course"),
    summary=gettext_lazy("Each course: who learns it and who has completed it."),
    icon="book",
    table=table,
    has_course=False,
)
