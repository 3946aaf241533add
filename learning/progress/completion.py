"""When a course is complete. Pure: no database, clock or request."""

from collections.abc import Iterable, Set

from courses.catalog.choices import PassRule
from courses.catalog.queries import LessonLine


def lessons_that_count(lessons: Iterable[LessonLine], pass_rule: str) -> list[LessonLine]:
    """All lessons, or only those that end with a test or are completed by a workshop."""
    return [
        lesson for lesson in lessons if pass_rule == PassRule.ALL_LESSONS or lesson.has_quiz or lesson.needs_workshop
    ]


def lessons_left(lessons: Iterable[LessonLine], done: Set[int], pass_rule: str) -> list[LessonLine]:
    """What still stands between a learner and the end, in order."""
    return [lesson for lesson in lessons_that_count(lessons, pass_rule) if lesson.id not in done]


def is_complete(lessons: Iterable[LessonLine], done: Set[int], pass_rule: str) -> bool:
    """A course with nothing that counts is never complete."""
    counting = lessons_that_count(lessons, pass_rule)
    return bool(counting) and all(lesson.id in done for lesson in counting)


def percent_done(lessons: Iterable[LessonLine], done: Set[int], pass_rule: str) -> int:
    """Whole percent, rounded down, so that 100 means done."""
    counting = lessons_that_count(lessons, pass_rule)
    return 100 * sum(lesson.id in done for lesson in counting) // len(counting) if counting else 0
