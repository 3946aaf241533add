"""Grading is pure: no database, clock or request."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from courses.quizzes.kinds import Mark, kind_of


@dataclass(frozen=True)
class Answered:
    """One question as it was put, and the answer that was kept (None: no answer)."""

    kind: str
    body: dict[str, Any]
    answer: Any


@dataclass(frozen=True)
class Result:
    """The outcome of a sitting; `percent` is a whole number, half rounds up."""

    marks: tuple[Mark, ...]
    score: Decimal
    max_score: Decimal
    percent: int
    passed: bool


def grade(answers: Iterable[Answered], *, pass_mark: int) -> Result:
    """Grade every answer and compare the percentage with the pass mark.

    The exact share is compared, not the rounded one. 69.6 % fails a pass mark of 70 and is then
    shown as 69, since "70 of 70 and failed" is a sentence nobody can explain.
    """
    marks = tuple(kind_of(item.kind).grade(item.body, item.answer) for item in answers)
    score = sum((Decimal(str(mark.score)) for mark in marks), Decimal(0))
    max_score = sum((Decimal(str(mark.max_score)) for mark in marks), Decimal(0))
    share = score * 100 / max_score if max_score else Decimal(0)
    passed = share >= pass_mark
    percent = int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if not passed and percent >= pass_mark:
        percent = pass_mark - 1
    return Result(marks, score, max_score, percent, passed)
