"""Boards and committees of which less than half have completed a course, or any course."""

from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.thai.names import COLLATION
from learning.organizations.choices import Kind
from learning.organizations.models import Organization
from learning.reports.columns import percent
from learning.reports.counting.contributions import Measures
from learning.reports.hiding import SMALL_CELL, hide_small_cells
from learning.reports.links import organization_urls, report_url
from learning.reports.queries import boards_of, boards_of_areas, boards_one_by_one
from learning.reports.question import Question, standing
from learning.reports.shelf.report import Report
from learning.reports.tables import HIDDEN, Cell, Column, Line, Measure, Table
from learning.reports.within import parts_of


def table(question: Question) -> Table:
    return _by_area(question) if question.within.is_wide else _one_by_one(question)


def _one_by_one(question: Question) -> Table:
    """The boards below half, those with least first; of an area up to a province."""
    boards = boards_one_by_one(question)
    below = {pk: (seats, trained) for pk, seats, trained in boards if trained * 2 < seats}
    names = list(
        Organization.objects.filter(pk__in=below)
        .order_by(Collate("search_key", COLLATION), "pk")
        .values_list("pk", "name", "kind")
    )
    kinds = {value: str(label) for value, label in Kind.choices}
    url_of = organization_urls(question)
    lines = [
        Line(
            name,
            _cells(question, *below[pk]),
            url=url_of(pk),
            note=kinds[kind],
        )
        for pk, name, kind in names
    ]
    shares = [below[pk][1] / below[pk][0] for pk, _name, _kind in names]
    order = sorted(range(len(lines)), key=shares.__getitem__)
    return _table(
        question,
        by=_("Cooperative or group"),
        columns=(
            Column("seats", _("Seats")),
            Column("trained", _("Have completed"), hint=_("Seats whose holders have completed the course.")),
            Column("percent", _("Share"), Measure.PERCENT),
        ),
        lines=[lines[place] for place in order],
        notes=(
            _("%(below)d of %(all)d boards and committees are below half.") % {"below": len(below), "all": len(boards)},
        ),
        drawn=("seats", "trained"),
    )


def _cells(question: Question, seats: int, trained: int) -> tuple[Cell, ...]:
    """Who may see only totals learns that a board is below half, not how many of so few."""
    if not question.within.sees_people and 0 < trained < SMALL_CELL:
        return seats, HIDDEN, HIDDEN
    return seats, trained, percent(trained, seats)


def _by_area(question: Question) -> Table:
    """How many boards are below half in each province; of the country or a center."""
    parts = parts_of(question.within)
    counts = boards_of_areas(question, [code for code, _name in parts])
    whole = Measures()
    for line in boards_of(question).values():
        whole.add(line)
    table = _table(
        question,
        by=_("Province"),
        columns=(
            Column("boards", _("Boards and committees")),
            Column("below", _("Below half"), hint=_("Less than half of the seats have completed the course.")),
            Column("percent", _("Share below half"), Measure.PERCENT),
            Column("seats", _("Seats")),
            Column("trained", _("Have completed"), hint=_("Seats whose holders have completed the course.")),
        ),
        lines=[
            _area_line(name, counts.get(code, Measures()), report_url("boards", question, area=code))
            for code, name in parts
        ],
        total=_area_line(_("Total"), whole),
        drawn=("boards", "below"),
    )
    return table if question.within.sees_people else hide_small_cells(table, people="trained")


def _area_line(label: str, counts: Measures, url: str = "") -> Line:
    below = counts.enrolled - counts.completed
    cells = (counts.enrolled, below, percent(below, counts.enrolled), counts.people, counts.people_completed)
    return Line(label, cells, url=url)


def _table(
    question: Question,
    *,
    by: str,
    columns: tuple[Column, ...],
    lines: list[Line],
    drawn: tuple[str, ...],
    total: Line | None = None,
    notes: tuple[str, ...] = (),
) -> Table:
    course = question.course.title if question.course else _("any course")
    return Table(
        title=_("Boards below half trained"),
        area=question.within.label,
        standing=standing(question.days, today=timezone.localdate()),
        by=by,
        columns=columns,
        lines=tuple(lines),
        total=total,
        notes=(*notes, _("A board counts with those who sit on it on that day.")),
        shown_in_chart=drawn,
        filters=(_("Course: %(course)s") % {"course": course},),
    )


REPORT = Report(
    slug="boards",
    title=gettext_lazy("Boards below half trained"),
    summary=gettext_lazy("Boards and committees of which less than half have completed a course."),
    icon="people",
    table=table,
)
