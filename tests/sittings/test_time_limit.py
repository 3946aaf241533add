"""The server keeps the time: half a minute of grace for a slow line, then what was saved is graded."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from learning.enrollments.flows import enroll
from learning.enrollments.models import Enrollment
from learning.sittings import schedule
from learning.sittings.flows import open_sitting
from learning.sittings.models import Sitting
from learning.sittings.schedule import close_overdue
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import lessons_of
from tests.factories.sittings import filled_form, right_values

pytestmark = pytest.mark.django_db
Begin, Save = Callable[..., Sitting], Callable[..., Any]
BEGUN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DUE = BEGUN + timedelta(minutes=20)
IN_GRACE, TOO_LATE = DUE + timedelta(seconds=30), DUE + timedelta(seconds=31)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(BEGUN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sitting(clock: Any, malee: Client, cast: Cast, begin: Begin) -> Sitting:
    malee.force_login(cast.malee)  # a session of this frozen day
    return begin(time_limit_minutes=20)


def save_all(sitting: Sitting, save: Save) -> None:
    for response in sitting.responses.select_related("question"):
        assert save(sitting, response.position, right_values(response)).status_code == 200


def test_the_time_is_written_down_when_the_test_begins(malee: Client, sitting: Sitting, clock: Any) -> None:
    assert (sitting.opened_at, sitting.due_at) == (BEGUN, DUE)
    clock.move_to(BEGUN + timedelta(minutes=15))
    page = malee.get(f"/sittings/{sitting.pk}/")
    assert page.context["seconds_left"] == 300
    assert 'data-seconds-left="300"' in page.content.decode()


def test_going_on_later_does_not_stop_the_clock(malee: Client, sitting: Sitting, begin: Begin, clock: Any) -> None:
    clock.move_to(BEGUN + timedelta(minutes=19))
    assert begin().due_at == DUE


def test_without_a_limit_there_is_no_clock(malee: Client, begin: Begin) -> None:
    sitting = begin()
    assert sitting.due_at is None
    page = malee.get(f"/sittings/{sitting.pk}/")
    assert page.context["seconds_left"] is None
    assert "data-seconds-left" not in page.content.decode()


def test_a_limit_set_later_does_not_hurry_who_has_begun(malee: Client, begin: Begin) -> None:
    sitting = begin()
    assert begin(time_limit_minutes=1).due_at is None
    assert sitting.due_at is None


@pytest.mark.parametrize(("moment", "status"), [(DUE, 200), (IN_GRACE, 200), (TOO_LATE, 409)])
def test_an_answer_is_taken_until_the_grace_is_over(
    sitting: Sitting, save: Save, clock: Any, moment: datetime, status: int
) -> None:
    clock.move_to(moment)
    response = save(sitting, 1, right_values(sitting.responses.get(position=1)))
    assert response.status_code == status
    assert sitting.responses.get(position=1).revision == (1 if status == 200 else 0)


def test_within_the_grace_the_form_counts(malee: Client, sitting: Sitting, clock: Any) -> None:
    clock.move_to(IN_GRACE)
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting))
    sitting.refresh_from_db()
    assert (sitting.percent, sitting.closed_by_clock) == (100, False)


def test_after_it_only_what_was_saved_counts_and_the_result_says_so(
    malee: Client, sitting: Sitting, save: Save, clock: Any
) -> None:
    save(sitting, 1, right_values(sitting.responses.get(position=1)))
    clock.move_to(TOO_LATE)
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting))
    sitting.refresh_from_db()
    assert (sitting.percent, sitting.closed_by_clock, sitting.submitted_at) == (25, True, TOO_LATE)
    assert malee.get(f"/sittings/{sitting.pk}/result/").context["sitting"].closed_by_clock is True


def test_coming_back_too_late_leads_to_the_result(malee: Client, sitting: Sitting, clock: Any) -> None:
    clock.move_to(TOO_LATE)
    assert malee.get(f"/sittings/{sitting.pk}/")["Location"] == f"/sittings/{sitting.pk}/result/"
    sitting.refresh_from_db()
    assert (sitting.state, sitting.percent, sitting.closed_by_clock) == ("graded", 0, True)


def test_who_had_answered_enough_passes_by_the_clock(
    malee: Client, enrollment: Enrollment, sitting: Sitting, save: Save, clock: Any
) -> None:
    save_all(sitting, save)
    clock.move_to(TOO_LATE)
    malee.get(f"/sittings/{sitting.pk}/")
    sitting.refresh_from_db()
    assert (sitting.passed, enrollment.lesson_completions.count()) == (True, 1)


def test_beginning_again_after_a_pass_by_the_clock_leads_to_that_result_and_opens_no_second(
    malee: Client, sitting: Sitting, save: Save, clock: Any
) -> None:
    save_all(sitting, save)
    clock.move_to(TOO_LATE)
    response = malee.post("/tests/control/final-test/")
    assert response["Location"] == f"/sittings/{sitting.pk}/"
    assert malee.get(response["Location"])["Location"] == f"/sittings/{sitting.pk}/result/"
    assert Sitting.objects.get().passed is True


def test_beginning_again_after_a_failure_by_the_clock_opens_the_next(
    malee: Client, sitting: Sitting, begin: Begin, clock: Any
) -> None:
    clock.move_to(TOO_LATE)
    following = begin()
    assert (following.number, following.due_at) == (2, TOO_LATE + timedelta(minutes=20))
    sitting.refresh_from_db()
    assert (sitting.state, sitting.closed_by_clock) == ("graded", True)


def test_the_sweep_closes_what_nobody_came_back_to_and_nothing_else(
    cast: Cast, sitting: Sitting, save: Save, clock: Any
) -> None:
    save_all(sitting, save)
    clock.move_to(IN_GRACE)
    close_overdue()
    sitting.refresh_from_db()
    assert sitting.state == "open"
    clock.move_to(TOO_LATE)
    close_overdue()
    close_overdue()
    sitting.refresh_from_db()
    assert (sitting.state, sitting.percent, sitting.closed_by_clock) == ("graded", 100, True)


def test_the_sweep_leaves_a_test_without_a_limit_open(begin: Begin) -> None:
    sitting = begin()
    with time_machine.travel(datetime(2099, 1, 1, tzinfo=UTC), tick=False):
        close_overdue()
    sitting.refresh_from_db()
    assert sitting.state == "open"


def test_one_sitting_that_cannot_be_closed_does_not_keep_the_others_open(
    cast: Cast, enrollment: Enrollment, sitting: Sitting, clock: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    other = enroll(make_course("ledger"), membership=cast.board_seat, by=cast.malee)
    lesson = lessons_of(other.course)[-1]
    type(lesson.quiz).objects.filter(pk=lesson.quiz_id).update(time_limit_minutes=20)
    second = open_sitting(other, type(lesson).objects.get(pk=lesson.pk), by=cast.malee)
    close = schedule.close_by_clock

    def broken(row: Sitting) -> Sitting:
        if row.pk == sitting.pk:
            raise RuntimeError("a fault of the program")
        return close(row)

    monkeypatch.setattr(schedule, "close_by_clock", broken)
    clock.move_to(TOO_LATE)
    close_overdue()
    states = {row.pk: row.state for row in Sitting.objects.all()}
    assert states == {sitting.pk: "open", second.pk: "graded"}
    assert str(sitting.pk) in caplog.text
