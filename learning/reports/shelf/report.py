"""What every report on the shelf is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from learning.reports import columns
from learning.reports.counting.contributions import Measures
from learning.reports.question import Question, standing
from learning.reports.tables import Line, Table
from learning.reports.within import Within

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Report:
    """`table` gives the whole report; `is_offered` whether it makes sense for an area.

    `has_days` False: always of today. `has_course` False: the course is no filter.
    """

    slug: str
    title: "StrOrPromise"
    summary: "StrOrPromise"
    icon: str
    table: Callable[[Question], Table]
    is_offered: Callable[[Within], bool] = lambda within: True
    has_days: bool = True
    has_course: bool = True
    is_drawn_in_time: bool = False


def table_of(
    question: Question,
    *,
    title: str,
    by: str,
    lines: Sequence[Line],
    total: Measures | None,
    notes: tuple[str, ...] = (),
) -> Table:
    """A table of counts with the shared columns."""
    days = question.days
    return Table(
        title=title,
        area=question.within.label,
        standing=standing(days, today=timezone.localdate()),
        by=by,
        columns=columns.columns(days),
        lines=lines,
        total=columns.line(_("Total"), total, days) if total is not None else None,
        notes=notes,
        shown_in_chart=("enrolled", "completed"),
        filters=(_("Course: %(course)s") % {"course": question.course.title},) if question.course else (),
    )


def lines_in_order(question: Question, counts: Mapping[str, Measures], labels: Mapping[str, object]) -> list[Line]:
    """One line for each value that has a count, in the order of the labels."""
    return [
        columns.line(str(label), counts[value], question.days) for value, label in labels.items() if value in counts
    ]


def once() -> str:
    return _("Who is in several of these lines counts in each of them, and once in the total.")
