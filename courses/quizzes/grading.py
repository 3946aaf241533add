"""Grading is pure: no database, clock or request."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from courses.quizzes.choices import Grading
from courses.quizzes.kinds import Mark, h5p_scores, kind_of


@dataclass(frozen=True)
class Answered:
    """One question as it was put, and the answer that was kept (None: no answer)."""

    kind: str
    body: dict[str, Any]
    answer: Any
    content: str = ""


@dataclass(frozen=True)
class Result:
    """The outcome of a sitting; `percent` is a whole number, half rounds up."""

    marks: tuple[Mark, ...]
    score: Decimal
    max_score: Decimal
    percent: int
    passed: bool


def mark(item: Answered, grading: str = Grading.ACADEMY) -> Mark:
    """The mark of one answer. What H5P has no word for is marked in the academy's way in any case."""
    kind = kind_of(item.kind)
    if grading == Grading.H5P and not kind.awaits_person:
        content = kind.to_h5p(item.content, item.body)
        score = content and h5p_scores().get(content.library.split(" ")[0])
        if content and score:
            return Mark(*score(content.params, kind.to_state(item.body, item.answer)))
    return kind.grade(item.body, item.answer)


def grade(answers: Iterable[Answered], *, pass_mark: int, grading: str = Grading.ACADEMY) -> Result:
    """Grade every answer and compare the percentage with the pass mark."""
    return result_of([mark(item, grading) for item in answers], pass_mark=pass_mark)


def result_of(marks: Iterable[Mark], *, pass_mark: int) -> Result:
    """The outcome of these marks.

    The exact share is compared, not the rounded one. 69.6 % fails a pass mark of 70 and is then
    shown as 69, since "70 of 70 and failed" is a sentence nobody can explain.
    """
    marks = tuple(marks)
    score = sum((Decimal(str(mark.score)) for mark in marks), Decimal(0))
    max_score = sum((Decimal(str(mark.max_score)) for mark in marks), Decimal(0))
    share = score * 100 / max_score if max_score else Decimal(0)
    passed = share >= pass_mark
    percent = int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if not passed and percent >= pass_mark:
        percent = pass_mark - 1
    return Result(marks, score, max_score, percent, passed)
