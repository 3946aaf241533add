"""When a course is complete: pure, so every case is a line."""

import pytest

from courses.catalog.choices import PassRule
from courses.catalog.queries import LessonLine
from learning.progress.completion import is_complete, lessons_left, percent_done

ATTEND = LessonLine(4, 4, "4", "c/4", 360, False, needs_workshop=True)
READ, TEST, LAST = (LessonLine(number, number, f"{number}", f"c/{number}", 20, number > 1) for number in (1, 2, 3))
LESSONS = (READ, TEST, LAST)


@pytest.mark.parametrize(
    ("rule", "done", "left", "percent", "complete"),
    [
        (PassRule.ALL_LESSONS, set(), [1, 2, 3], 0, False),
        (PassRule.ALL_LESSONS, {1}, [2, 3], 33, False),
        (PassRule.ALL_LESSONS, {3, 1}, [2], 66, False),
        (PassRule.ALL_LESSONS, {1, 2, 3}, [], 100, True),
        (PassRule.TESTS_ONLY, set(), [2, 3], 0, False),
        (PassRule.TESTS_ONLY, {1}, [2, 3], 0, False),
        (PassRule.TESTS_ONLY, {2}, [3], 50, False),
        (PassRule.TESTS_ONLY, {2, 3}, [], 100, True),
        (PassRule.ALL_LESSONS, {1, 2, 3, 99}, [], 100, True),  # 99 is published no longer
    ],
)
def test_what_is_left_by_either_rule(rule: str, done: set[int], left: list[int], percent: int, complete: bool) -> None:
    assert [lesson.id for lesson in lessons_left(LESSONS, done, rule)] == left
    assert percent_done(LESSONS, done, rule) == percent
    assert is_complete(LESSONS, done, rule) == complete


@pytest.mark.parametrize("rule", PassRule)
def test_a_lesson_of_a_workshop_counts_by_either_rule(rule: str) -> None:
    blended = (*LESSONS, ATTEND)
    assert [lesson.id for lesson in lessons_left(blended, {1, 2, 3}, rule)] == [4]
    assert not is_complete(blended, {1, 2, 3}, rule)
    assert is_complete(blended, {1, 2, 3, 4}, rule)
    assert is_complete((ATTEND,), {4}, rule)


@pytest.mark.parametrize(("lessons", "rule"), [((), PassRule.ALL_LESSONS), ((READ,), PassRule.TESTS_ONLY)])
def test_a_course_with_nothing_that_counts_is_never_complete(lessons: tuple[LessonLine, ...], rule: str) -> None:
    assert not is_complete(lessons, {1, 2, 3}, rule)
    assert percent_done(lessons, {1, 2, 3}, rule) == 0


def test_one_hundred_percent_is_said_only_when_nothing_is_left() -> None:
    many = [LessonLine(number, number, "", "", 1, False) for number in range(300)]
    assert percent_done(many, set(range(299)), PassRule.ALL_LESSONS) == 99
