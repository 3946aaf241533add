"""Boards of which less than half have completed a course, as names and totals may be seen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine
from django.utils import translation

from courses.catalog.models import CoursePage
from learning.desk.opening import open_academy
from learning.reports.counting import fold
from learning.reports.models import BoardCount
from learning.reports.question import Days, Question
from learning.reports.shelf import REPORTS
from learning.reports.tables import HIDDEN, Table
from learning.reports.within import any_within
from tests.reports.walk import BANGKOK, Walk, build_world

pytestmark = pytest.mark.django_db
FIRST = date(2025, 9, 20)


@pytest.fixture
def walk(db: None) -> Iterator[Walk]:
    """A board of five in Manorom; two of them enroll, and one completes."""
    open_academy()
    build_world()
    with (
        time_machine.travel(datetime(2025, 9, 20, 12, tzinfo=BANGKOK), tick=False) as clock,
        translation.override("en"),
    ):
        walk = Walk(clock)
        for position in range(5):
            walk.take(("join", position, 0, position))
        for number in range(2):
            walk.take(("enroll", number, 0, 0))
        walk.take(("complete", 0, 0, 0))
        fold()
        yield walk


def boards(code: str, *, days: Days | None = None, course: int | None = None, sees_people: bool = True) -> Table:
    within = any_within(code)
    assert within is not None
    page = CoursePage.objects.get(pk=course) if course else None
    question = Question(replace(within, sees_people=sees_people), days or Days(), page)
    return REPORTS["boards"].table(question)


def test_a_board_below_half_is_a_line_with_its_seats_and_their_share(walk: Walk) -> None:
    table = boards("p18")
    assert [(line.label, line.cells) for line in table.lines] == [("การเกษตรมโนรมย์", (5, 1, 20))]
    assert table.notes[0] == "1 of 1 boards and committees are below half."


def test_who_sees_only_totals_learns_which_board_is_behind_but_not_how_many_of_so_few(walk: Walk) -> None:
    assert boards("p18", sees_people=False).lines[0].cells == (5, HIDDEN, HIDDEN)


def test_nobody_trained_may_be_said_to_anyone(walk: Walk) -> None:
    other = list(walk.truth.courses)[1]
    assert boards("p18", course=other, sees_people=False).lines[0].cells == (5, 0, 0)


def lines_with_boards(table: Table) -> dict[str, tuple[object, ...]]:
    return {line.label: line.cells for line in table.lines if line.cells[0]}


def test_the_country_counts_boards_by_province(walk: Walk) -> None:
    table = boards("n")
    assert lines_with_boards(table) == {"ชัยนาท": (1, 1, 100, 5, 1)}
    assert table.total is not None
    assert table.total.cells == (1, 1, 100, 5, 1)


def test_a_province_with_few_trained_is_hidden_from_who_sees_only_totals(walk: Walk) -> None:
    table = boards("n", sees_people=False)
    assert lines_with_boards(table) == {"ชัยนาท": (HIDDEN,) * 5}
    assert table.total is not None
    assert table.total.cells == (HIDDEN,) * 5


def test_a_board_of_which_half_have_completed_is_not_behind(walk: Walk) -> None:
    walk.take(("end", 4, 0, 0))
    walk.take(("pass_days", 0, 2, 0))
    walk.take(("complete", 0, 0, 0))
    fold()
    assert [(board.seats, board.trained) for board in BoardCount.objects.filter(course=0)] == [(4, 2)]
    assert boards("p18").lines == ()


def test_a_past_day_has_the_board_of_that_day(walk: Walk) -> None:
    for number in range(5):
        walk.take(("end", number, 0, 0))
    walk.take(("pass_days", 0, 2, 0))
    fold()
    assert boards("p18").lines == ()
    assert [line.cells for line in boards("p18", days=Days(until=FIRST)).lines] == [(5, 1, 20)]


def test_a_stretch_of_days_has_the_board_of_its_last_day(walk: Walk) -> None:
    walk.take(("pass_days", 0, 2, 0))
    table = boards("p18", days=Days(date(2025, 9, 1), FIRST))
    assert [line.cells for line in table.lines] == [(5, 1, 20)]


def test_who_sits_on_a_board_twice_has_one_seat_in_its_count(walk: Walk) -> None:
    walk.take(("join", 0, 0, 3))
    fold()
    assert boards("p18").lines[0].cells == (5, 1, 20)
