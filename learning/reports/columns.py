"""The columns that most reports share, and a line of counts in them."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learning.reports.counting.contributions import Measures
from learning.reports.question import Days
from learning.reports.tables import Cell, Column, Line, Measure


def columns(days: Days) -> tuple[Column, ...]:
    """Of a state: now or as of a day. Between two days: what happened in them."""
    people = Column("people", pgettext("counted", "People"), hint=_("Each person once, in however many groups."))
    completed = Column("completed", _("Completed"), hint=_("Enrollments that were completed."))
    people_completed = Column(
        "people_completed", _("People who completed"), hint=_("Each person once who completed at least one course.")
    )
    hours = Column("hours", _("Hours"), Measure.HOURS, _("Hours of the completed courses."))
    if days.are_between:
        enrolled = Column("enrolled", _("New enrollments"), hint=_("Made in these days."))
        return people, enrolled, completed, people_completed, hours
    return (
        people,
        Column("enrolled", _("Enrollments"), hint=_("One for each person and course.")),
        Column("active", _("Learning"), hint=_("Begun and not yet completed.")),
        completed,
        Column("overdue", _("Overdue"), hint=_("Assigned, not completed, and the due day has passed.")),
        Column("percent", _("Completed of all"), Measure.PERCENT),
        people_completed,
        hours,
    )


def line(label: str, counts: Measures, days: Days, *, url: str = "", note: str = "") -> Line:
    """The cells of one line, in the order of `columns`."""
    hours = float(counts.hours)
    cells: tuple[Cell, ...]
    if days.are_between:
        cells = (counts.people, counts.enrolled, counts.completed, counts.people_completed, hours)
    else:
        cells = (
            counts.people,
            counts.enrolled,
            counts.active,
            counts.completed,
            counts.overdue,
            percent(counts.completed, counts.enrolled),
            counts.people_completed,
            hours,
        )
    return Line(label, cells, url=url, note=note)


def percent(part: int | Decimal, whole: int | Decimal) -> int | None:
    """Whole percent, rounded down so that 100 means all; None of nothing."""
    return int(100 * part // whole) if whole else None
