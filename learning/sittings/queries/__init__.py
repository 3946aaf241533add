"""Reads of sittings."""

from learning.sittings.queries.attempts import (
    Attempts,
    Extra,
    attempts_at,
    attempts_for,
    extra_in,
    extra_of,
    lesson_with_test,
    reading_at,
    with_extra,
)
from learning.sittings.queries.results import (
    CategoryScore,
    QuestionMarks,
    graded_on,
    marks_by_question,
    result_of,
    scores_by_category,
)
from learning.sittings.queries.sittings import (
    GRACE,
    free_sittings_of,
    overdue,
    responses_of,
    sittings_of,
    visible_to,
)

__all__ = [
    "GRACE",
    "Attempts",
    "CategoryScore",
    "Extra",
    "QuestionMarks",
    "attempts_at",
    "attempts_for",
    "extra_in",
    "extra_of",
    "free_sittings_of",
    "graded_on",
    "lesson_with_test",
    "marks_by_question",
    "overdue",
    "reading_at",
    "responses_of",
    "result_of",
    "scores_by_category",
    "sittings_of",
    "visible_to",
    "with_extra",
]
