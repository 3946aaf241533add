"""Reads of the counts: of now from the tallies, of past days from a counted span."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from courses.catalog.models import CoursePage
from learning.organizations.models import Organization
from learning.reports.choices import Axis
from learning.reports.counting.contributions import EVERY_COURSE, MEASURES, Measures
from learning.reports.counting.spans import span_of
from learning.reports.counting.tallies import lines_of_organization
from learning.reports.models import BoardCount, ReportFile, Span, SpanTally, Tally
from learning.reports.question import Days, Question

Lines = dict[str, Measures]


class StillCounting(Exception):
    """Past days of a large area nobody has asked for before: the worker counts, the page waits."""

    def __init__(self, span: Span) -> None:
        super().__init__(f"{span} is being counted.")
        self.span = span


def counted_span(question: Question) -> Span | None:
    """The span of a question about past days; None for now. Raises StillCounting."""
    days = question.days
    if days.until is None:
        return None
    if question.counted:
        return question.counted[0]
    span = span_of(question.within, since=days.since, until=days.until)
    if span.counted_at is None:
        raise StillCounting(span)
    question.counted.append(span)
    return span


def _tallies(question: Question) -> QuerySet[Tally] | QuerySet[SpanTally]:
    span = counted_span(question)
    return SpanTally.objects.filter(span=span) if span else Tally.objects.all()


def lines_of(question: Question, *axes: str) -> dict[str, Lines]:
    """The lines of several axes in one query: axis → value → measures. Values with nothing are left out."""
    found: dict[str, Lines] = {str(axis): {} for axis in axes}
    within = question.within
    if within.organization and question.days.are_now and set(axes) != {Axis.ALL}:
        for key, kept in lines_of_organization(within.where("enrollment__"), within.code).items():
            if key.axis in found and key.course == question.course_id:
                found[key.axis][key.value] = kept
        return found
    rows = (
        _tallies(question)
        .filter(area=within.code, axis__in=axes, course=question.course_id)
        .values_list("axis", "value", *MEASURES)
    )
    for axis, value, *measures in rows:
        if line := Measures(*measures):
            found[axis][value] = line
    return found


def total_of(question: Question) -> Measures:
    """Everybody in the area, each person once."""
    return lines_of(question, Axis.ALL)[Axis.ALL].get("", Measures())


def totals_of_areas(question: Question, codes: Collection[str], axis: str = Axis.ALL) -> Lines:
    """The total of each of several areas inside the one asked; for boards, all kinds together."""
    rows = (
        _tallies(question).filter(area__in=codes, axis=axis, course=question.course_id).values_list("area", *MEASURES)
    )
    found: Lines = {}
    for area, *measures in rows:
        if area in found:
            found[area].add(Measures(*measures))
        else:
            found[area] = Measures(*measures)
    return found


def totals_of_courses(question: Question) -> dict[int, Measures]:
    """The total of each course in the area."""
    rows = (
        _tallies(question)
        .filter(area=question.within.code, axis=Axis.ALL, value="")
        .exclude(course=EVERY_COURSE)
        .values_list("course", *MEASURES)
    )
    return {course: line for course, *measures in rows if (line := Measures(*measures))}


def _on_last_day(question: Question) -> Question:
    """A stretch of days has no board of its own: of the boards of its last day."""
    days = question.days
    return replace(question, days=Days(until=days.until)) if days.are_between else question


def boards_of(question: Question) -> Lines:
    """Boards of the area by kind: all boards and seats, and for the course asked how far they are."""
    question = _on_last_day(question)
    if question.within.organization:
        return {"": _sum_of(boards_one_by_one(question))}
    rows = (
        _tallies(question)
        .filter(area=question.within.code, axis=Axis.BOARD, course__in={EVERY_COURSE, question.course_id})
        .values_list("value", "course", *MEASURES)
    )
    return _boards(((value, course, Measures(*rest)) for value, course, *rest in rows), question.course_id)


def _sum_of(boards: Iterable[tuple[int, int, int]]) -> Measures:
    """One organization with its groups: no line of boards is kept ready for it."""
    whole = Measures()
    for _organization, seats, trained in boards:
        whole.add(Measures(enrolled=1, people=seats, completed=int(trained * 2 >= seats), people_completed=trained))
    return whole


def boards_of_areas(question: Question, codes: Collection[str]) -> Lines:
    """The same for each of several areas, all kinds together."""
    question = _on_last_day(question)
    rows = (
        _tallies(question)
        .filter(area__in=codes, axis=Axis.BOARD, course__in={EVERY_COURSE, question.course_id})
        .values_list("area", "course", *MEASURES)
    )
    return _boards(((area, course, Measures(*rest)) for area, course, *rest in rows), question.course_id)


def _boards(rows: Iterable[tuple[str, int, Measures]], wanted: int) -> Lines:
    whole: Lines = {}
    trained: Lines = {}
    for value, course, line in rows:
        if course == EVERY_COURSE:
            whole.setdefault(value, Measures()).add(line)
        if course == wanted:
            trained.setdefault(value, Measures()).add(line)
    return {value: _joined(line, trained.get(value, Measures())) for value, line in whole.items() if line.enrolled}


def _joined(whole: Measures, trained: Measures) -> Measures:
    """Boards and seats stand on the line of all courses; how many have learned on the line of the course asked."""
    return Measures(
        enrolled=whole.enrolled,
        people=whole.people,
        completed=trained.completed,
        people_completed=trained.people_completed,
    )


def boards_one_by_one(question: Question) -> list[tuple[int, int, int]]:
    """Organization, seats, and seats whose holders have completed the course asked; of areas up to a province."""
    span = counted_span(_on_last_day(question))
    within = question.within
    boards = BoardCount.objects.filter(span=span) if span else BoardCount.objects.filter(span__isnull=True)
    if not span:
        if within.districts:
            boards = boards.filter(district__in=within.districts)
        elif within.provinces:
            boards = boards.filter(province__in=within.provinces)
        elif within.organization:
            boards = boards.filter(organization__in=_with_groups(within.organization))
    rows = boards.filter(course__in={EVERY_COURSE, question.course_id}).values_list(
        "organization_id", "course", "seats", "trained"
    )
    seats: dict[int, int] = {}
    trained: dict[int, int] = {}
    for organization, course, seat_count, trained_count in rows:
        seats.setdefault(organization, seat_count)
        if course == question.course_id:
            trained[organization] = trained_count
    return [(organization, count, trained.get(organization, 0)) for organization, count in seats.items()]


def _with_groups(organization: Organization) -> list[int]:
    groups = Organization.objects.filter(parent=organization).values_list("pk", flat=True)
    return [organization.pk, *groups]


def courses_asked_for() -> list[tuple[int, str]]:
    """Every course that can be asked for, by title; unpublished ones too, as they have a past."""
    return list(CoursePage.objects.order_by("title").values_list("pk", "title"))


def files_of(user: AbstractBaseUser) -> QuerySet[ReportFile]:
    """Files one has asked for oneself."""
    return ReportFile.objects.filter(asked_by=user.pk)
