"""What marking again would change: the same answers, by the versions that were shown or by mended ones. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from courses.quizzes.grading import Answered, Result, mark, result_of
from courses.quizzes.kinds import kind_of
from courses.quizzes.kinds.kind import Mark
from courses.quizzes.models import QuestionVersion
from learning.sittings.models import Response, Sitting


@dataclass(frozen=True)
class Outcome:
    """A sitting before or after; percent and passed are None while a person still marks it."""

    score: Decimal
    max_score: Decimal
    percent: int | None
    passed: bool | None


@dataclass
class Change:
    """One sitting marked again, and its responses as they would be."""

    sitting: Sitting
    before: Outcome
    after: Outcome
    responses: list[Response] = field(default_factory=list)

    @property
    def is_one(self) -> bool:
        return self.before != self.after

    @property
    def passes_anew(self) -> bool:
        return bool(self.after.passed) and not self.before.passed

    @property
    def fails_anew(self) -> bool:
        return bool(self.before.passed) and self.after.passed is False


def fits(version: QuestionVersion, response: Response) -> bool:
    """Whether an answer can be marked by another version: of the same kind, and knowing what was laid before them."""
    kind = kind_of(version.kind)
    if version.kind != response.question.kind:
        return False
    try:
        kind.values(version.body, response.presentation, response.answer)
        kind.review(version.body, response.presentation, response.answer)
        kind.grade(version.body, response.answer)
    except (ValueError, LookupError, TypeError, ArithmeticError):
        return False
    return True


def changes_of(
    sitting: Sitting, responses: Iterable[Response], *, newest: Mapping[int, QuestionVersion], only: int | None = None
) -> Change:
    """Mark a handed-in sitting again; what a person marked stays.

    `newest`: by question, the version whose key shall count; empty: the one that counts today. `only`: no other
    question. The responses are changed and not written.
    """
    before = Outcome(sitting.score or Decimal(0), sitting.max_score or Decimal(0), sitting.percent, sitting.passed)
    marks, changed = [], []
    for response in responses:
        question = response.question.question_id
        is_meant = (only is None or question == only) and not kind_of(response.question.kind).awaits_person
        if is_meant and _mark_again(sitting, response, newest.get(question)):
            changed.append(response)
        marks.append(Mark(float(response.score or 0), float(response.max_score or 0)))
    result = result_of(marks, pass_mark=sitting.pass_mark)
    return Change(sitting, before, _after(sitting, result), changed)


def _after(sitting: Sitting, result: Result) -> Outcome:
    score, max_score = _points(result.score), _points(result.max_score)
    if not sitting.is_graded:
        return Outcome(score, max_score, None, None)
    return Outcome(score, max_score, result.percent, result.passed)


def _mark_again(sitting: Sitting, response: Response, version: QuestionVersion | None) -> bool:
    """Put the new mark on a response; True when that changes anything."""
    before = _facts(response)
    if version is not None and version.pk != response.key.pk and fits(version, response):
        response.marked_by = version
    key = response.key
    found = mark(Answered(key.kind, key.body, response.answer, key.content), sitting.grading)
    response.score, response.max_score = _points(found.score), _points(found.max_score)
    return _facts(response) != before


def _facts(response: Response) -> tuple[Any, ...]:
    return response.score, response.max_score, response.marked_by_id


def _points(number: float | Decimal) -> Decimal:
    return Decimal(str(number)).quantize(Decimal("0.01"))
