"""What a learner sees of the outcome, and from when on: marks, right answers, reasons, each in its own time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.sittings.models import Sitting
from learning.sittings.reasons import without_reasons
from learning.sittings.rules import Review, may_see, review_of
from tests.cast import Cast
from tests.factories.learning import sit_test
from tests.factories.quizzes import make_quiz
from tests.factories.sittings import filled_form, sit_free

Begin = Callable[..., Sitting]
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
NOTHING, ALL = Review(), Review(True, True, True)


# --- the rule ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "is_done", "opens_at", "sees"),
    [
        ("at_once", False, None, True),
        ("when_done", False, None, False),
        ("when_done", True, None, True),
        ("from_day", True, None, False),
        ("from_day", False, NOON + timedelta(seconds=1), False),
        ("from_day", False, NOON, True),
        ("never", True, NOON, False),
    ],
)
def test_each_moment_opens_in_its_own_time(moment: str, is_done: bool, opens_at: Any, sees: bool) -> None:
    assert may_see(moment, is_done=is_done, opens_at=opens_at, now=NOON) is sees


def test_answers_need_marks_and_reasons_need_answers() -> None:
    def review(marks: str, answers: str, reasons: str, shows: bool = True) -> Review:
        quiz = Quiz(review_marks=marks, review_answers=answers, review_reasons=reasons)
        return review_of(quiz, is_done=False, shows_answers=shows, now=NOON)

    assert review("at_once", "at_once", "at_once") == ALL
    assert review("never", "at_once", "at_once") == NOTHING
    assert review("at_once", "never", "at_once") == Review(True, False, False)
    assert review("at_once", "at_once", "never") == Review(True, True, False)
    assert review("at_once", "at_once", "at_once", False) == Review(True, False, False)


def test_reasons_are_taken_out_however_deep_they_stand() -> None:
    shown = {"choices": [{"text": "ก", "feedback": "เพราะ"}], "why": ["ก"], "lines": ({"reason": None},)}
    assert without_reasons(shown) == {
        "choices": [{"text": "ก", "feedback": ""}],
        "why": [],
        "lines": [{"reason": None}],
    }


# --- the page ------------------------------------------------------------------------------------
def result(client: Client, sitting: Sitting) -> Any:
    return client.get(f"/sittings/{sitting.pk}/result/")


def told(client: Client, sitting: Sitting) -> dict[str, bool]:
    """Which parts a learner finds in the page."""
    page = result(client, sitting).content.decode()
    return {
        "marks": 'class="score"' in page,
        "answers": 'class="answers"' in page,
        "reasons": "คำอธิบายลับ" in page or "มาตรา 65" in page,
    }


@pytest.fixture
def change(quiz: Quiz) -> Callable[..., None]:
    def update(**settings: Any) -> None:
        Quiz.objects.filter(pk=quiz.pk).update(**settings)

    return update


pytestmark = pytest.mark.django_db


def test_the_window_of_today_counts_whatever_it_was_when_they_sat(
    malee: Client, cast: Cast, enrollment: Enrollment, change: Any
) -> None:
    sitting = sit_test(enrollment, by=cast.malee)
    assert told(malee, sitting) == {"marks": True, "answers": True, "reasons": True}
    change(review_reasons="never")
    assert told(malee, sitting) == {"marks": True, "answers": True, "reasons": False}
    change(review_answers="never")
    assert told(malee, sitting) == {"marks": True, "answers": False, "reasons": False}
    change(review_marks="never")
    assert told(malee, sitting) == {"marks": False, "answers": False, "reasons": False}


def test_before_the_day_a_page_says_when_and_the_page_of_the_test_keeps_quiet_too(
    malee: Client, cast: Cast, enrollment: Enrollment, change: Any
) -> None:
    sitting = sit_test(enrollment, by=cast.malee, right=False)
    with time_machine.travel(NOON, tick=False):
        malee.force_login(cast.malee)
        change(review_marks="from_day", review_from=NOON + timedelta(days=3))
        page = result(malee, sitting).content.decode()
        assert ('data-waits="window"' in page, "26 พฤศจิกายน 2569" in page, "0%" in page) == (True, True, False)
        assert "0%" not in malee.get("/tests/control/final-test/").content.decode().split("tried")[-1]
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        malee.force_login(cast.malee)
        assert told(malee, sitting) == {"marks": True, "answers": True, "reasons": True}


def test_when_done_means_passed_or_no_attempt_left_and_none_open(
    malee: Client, cast: Cast, enrollment: Enrollment, change: Any, begin: Begin
) -> None:
    change(attempts_allowed=2, review_answers="when_done")
    first = sit_test(enrollment, by=cast.malee, right=False)
    assert told(malee, first)["answers"] is False
    last = begin()
    assert told(malee, first)["answers"] is False, "the last attempt is open: its questions may be the same"
    malee.post(f"/sittings/{last.pk}/submit/", filled_form(last, right=0))
    assert [told(malee, one)["answers"] for one in (first, last)] == [True, True]


def test_a_pass_opens_it_though_attempts_are_left(
    malee: Client, cast: Cast, enrollment: Enrollment, change: Any
) -> None:
    change(review_answers="when_done")
    assert told(malee, sit_test(enrollment, by=cast.malee))["answers"] is True


def test_a_free_sitting_that_keeps_its_answers_back_shows_none_whatever_the_quiz_says(
    malee: Client, cast: Cast, academy: Any
) -> None:
    quiz = make_quiz("before")
    kept = sit_free(quiz, by=cast.malee, occasion="pre")
    open_one = sit_free(quiz, by=cast.malee, occasion="post", shows_answers=True)
    assert [told(malee, one)["answers"] for one in (kept, open_one)] == [False, True]
    Quiz.objects.update(review_answers="never")
    assert [told(malee, one)["answers"] for one in (kept, open_one)] == [False, False]
    Quiz.objects.update(review_marks="never")
    assert 'data-waits="window"' in result(malee, kept).content.decode()


def test_when_done_of_an_occasion_counts_the_attempts_that_it_gave(malee: Client, cast: Cast, academy: Any) -> None:
    quiz = make_quiz("before", review_answers="when_done")
    first = sit_free(quiz, by=cast.malee, right=0, attempts=2, shows_answers=True)
    assert told(malee, first)["answers"] is False
    sit_free(quiz, by=cast.malee, right=0, attempts=2, shows_answers=True)
    assert told(malee, first)["answers"] is True


def test_no_page_of_a_test_stays_in_a_cache(malee: Client, cast: Cast, enrollment: Enrollment, begin: Begin) -> None:
    sitting = begin()
    pages = [malee.get("/tests/control/final-test/"), malee.get(f"/sittings/{sitting.pk}/")]
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting))
    pages.append(result(malee, sitting))
    assert [("no-store" in page["Cache-Control"], "private" in page["Cache-Control"]) for page in pages] == [
        (True, True)
    ] * 3
