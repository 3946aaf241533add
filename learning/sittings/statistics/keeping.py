"""Results kept until something new is graded: a large quiz is counted by the worker, not while a page waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max

from courses.quizzes.models import Quiz
from learning.sittings.models import Regrade
from learning.sittings.statistics.reading import graded_at
from learning.sittings.statistics.results import QuizResults, statistics_of

KEPT_SECONDS = 7 * 24 * 3600
AT_ONCE = 500  # sittings that are counted while the page waits, a third of a second
BUSY_SECONDS = 600

Stamp = tuple[int, datetime | None, int | None]


@dataclass(frozen=True)
class Kept:
    """The newest results there are; None before the first.

    `is_counting`: newer ones are on their way. `is_due`: whoever asked must tell the worker; nobody else will.
    """

    results: QuizResults | None
    is_counting: bool = False
    is_due: bool = False


def results_for_page(quiz: Quiz, *, first_only: bool) -> Kept:
    """Results as they stand; of a large quiz that changed since, the last ones until the worker has counted."""
    stamp = _stamp(quiz, first_only)
    found: tuple[Stamp, QuizResults] | None = cache.get(_name(quiz.pk, first_only))
    if found and found[0] == stamp:
        return Kept(found[1])
    if stamp[0] <= AT_ONCE:
        return Kept(count(quiz, first_only=first_only))
    is_due = cache.add(_busy(quiz.pk, first_only), True, BUSY_SECONDS)
    return Kept(found[1] if found else None, is_counting=True, is_due=is_due)


def count(quiz: Quiz, *, first_only: bool = True) -> QuizResults:
    """Count and keep."""
    stamp = _stamp(quiz, first_only)
    results = statistics_of(quiz, first_only=first_only)
    cache.set(_name(quiz.pk, first_only), (stamp, results), KEPT_SECONDS)
    cache.delete(_busy(quiz.pk, first_only))
    return results


def forget(quiz: Quiz) -> None:
    """What is asked for next is counted anew."""
    cache.delete_many([_name(quiz.pk, first_only) for first_only in (True, False)])


def _stamp(quiz: Quiz, first_only: bool) -> Stamp:
    """Another one whenever something was graded or marked again; two queries."""
    graded: dict[str, Any] = graded_at(quiz, first_only=first_only).aggregate(n=Count("pk"), last=Max("submitted_at"))
    again = Regrade.objects.filter(quiz=quiz).aggregate(last=Max("pk"))
    return graded["n"], graded["last"], again["last"]


def _name(quiz_id: int, first_only: bool) -> str:
    return f"quiz-statistics:{quiz_id}:{'first' if first_only else 'all'}"


def _busy(quiz_id: int, first_only: bool) -> str:
    return f"{_name(quiz_id, first_only)}:busy"
