"""The exact share is compared with the pass mark; what is shown never contradicts it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.grading import Answered, Result, grade
from courses.quizzes.kinds import Mark

TRUE = {"correct": True}


def sheet(right: int, of: int) -> list[Answered]:
    return [Answered("true_false", TRUE, "true" if number < right else "false") for number in range(of)]


@pytest.mark.parametrize(
    ("right", "of", "pass_mark", "percent", "passed"),
    [
        (7, 10, 70, 70, True),
        (16, 23, 70, 69, False),  # 69.57 % rounds to 70, and still fails
        (39, 56, 70, 69, False),  # 69.64 %
        (16, 23, 69, 70, True),
        (2, 3, 67, 66, False),  # 66.67 % rounds to 67
        (2, 3, 66, 67, True),
        (1, 8, 70, 13, False),  # 12.5 %: half rounds up
        (0, 10, 1, 0, False),
        (199, 200, 100, 99, False),  # 99.5 % rounds to 100
        (10, 10, 100, 100, True),
    ],
)
def test_the_share_and_the_pass_mark(right: int, of: int, pass_mark: int, percent: int, passed: bool) -> None:
    result = grade(sheet(right, of), pass_mark=pass_mark)
    assert (result.percent, result.passed) == (percent, passed)
    assert (result.score, result.max_score) == (Decimal(right), Decimal(of))


def test_a_sitting_without_questions_is_not_passed() -> None:
    assert grade([], pass_mark=1) == Result((), Decimal(0), Decimal(0), 0, False)


def test_questions_of_several_kinds_are_added_up() -> None:
    choices = [{"id": text, "text": text, "correct": text in "กข", "feedback": ""} for text in "กขค"]
    answers = [
        Answered("true_false", TRUE, "true"),
        Answered("multiple_choice", {"choices": choices}, ["ก"]),
        Answered("multiple_choice", {"choices": choices}, None),
    ]
    result = grade(answers, pass_mark=50)
    assert result == Result((Mark(1, 1), Mark(0.5, 1), Mark(0, 1)), Decimal("1.5"), Decimal(3), 50, True)


@given(answers=st.lists(st.booleans(), max_size=60), pass_mark=st.integers(1, 100))
def test_a_shown_percentage_reaches_the_pass_mark_exactly_when_passed(answers: list[bool], pass_mark: int) -> None:
    result = grade(sheet(sum(answers), len(answers)), pass_mark=pass_mark)
    assert result.passed == (result.percent >= pass_mark)
    assert result.passed == (bool(answers) and sum(answers) * 100 >= pass_mark * len(answers))
    assert 0 <= result.percent <= 100
