"""Handing in, by the learner or by the clock; and what a graded sitting brings about."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from courses.catalog.models import LessonPage
from courses.quizzes.grading import Answered, Result, mark, result_of
from courses.quizzes.kinds.kind import Mark
from learning.enrollments.models import Enrollment
from learning.enrollments.rules import is_lesson_of
from learning.kernel.states import move
from learning.people.models import User
from learning.progress.flows import complete_lesson
from learning.sittings.choices import TRANSITIONS, SittingState
from learning.sittings.flows.answering import KEPT, PostedAnswer, newer_answers
from learning.sittings.models import Response, Sitting
from learning.sittings.queries import visible_to
from learning.sittings.rules import is_overdue

MARKED = ["score", "max_score", "awaits_person"]


@transaction.atomic
def submit_sitting(sitting_id: UUID, *, answers: Mapping[int, PostedAnswer], by: User) -> Sitting:
    """Hand in and grade. Handing in twice is handing in once.

    Answers in the form count when they are not older than what is saved; after the time limit only
    saved answers count, and where there is no way back only the question that is put. A pass completes the
    lesson, and with the last lesson the course; of a free sitting it completes nothing. Raises
    Sitting.DoesNotExist when it is not one's own.
    """
    sitting = _locked(visible_to(by).filter(pk=sitting_id))
    if not sitting.is_open:
        return sitting
    posted = dict(answers)
    if sitting.is_sequential:
        posted = {place: one for place, one in posted.items() if place == sitting.place}
    responses = _responses(sitting)
    is_late = is_overdue(sitting, timezone.now())
    if not is_late:
        newer_answers(responses, posted)
    return _hand_in(sitting, responses, by=by, closed_by_clock=is_late)


@transaction.atomic
def close_by_clock(sitting: Sitting) -> Sitting:
    """Grade what was saved when the time ran out; the learner is the one who did it."""
    sitting = _locked(Sitting.objects.filter(pk=sitting.pk))
    if not sitting.is_open or not is_overdue(sitting, timezone.now()):
        return sitting  # handed in meanwhile, or given more time
    return _hand_in(sitting, _responses(sitting), by=sitting.user, closed_by_clock=True)


def _locked(sittings: Any) -> Sitting:
    found: Sitting = (
        sittings.select_for_update(of=("self",)).select_related("user", "enrollment__course", "lesson").get()
    )
    return found


def _responses(sitting: Sitting) -> list[Response]:
    return list(sitting.responses.select_related("question").order_by("position"))


def _hand_in(sitting: Sitting, responses: Sequence[Response], *, by: User, closed_by_clock: bool) -> Sitting:
    result = mark_all(sitting, responses)
    Response.objects.bulk_update(responses, [*KEPT, *MARKED])
    handed_in: dict[str, Any] = {"stamp": "submitted_at", "closed_by_clock": closed_by_clock}
    if any(response.awaits_person for response in responses):
        points: dict[str, Any] = {"score": result.score, "max_score": result.max_score}
        move(sitting, SittingState.IN_REVIEW, transitions=TRANSITIONS, **handed_in, **points)
        return sitting
    move(sitting, SittingState.GRADED, transitions=TRANSITIONS, **handed_in, **outcome(result))
    complete(sitting, by=by)
    return sitting


def mark_all(sitting: Sitting, responses: Sequence[Response]) -> Result:
    """Write marks onto the responses, not to the database, and give the outcome. One without an answer waits for
    nobody; one that a person has marked keeps that mark.
    """
    marks = []
    for response in responses:
        found = mark_of(sitting, response)
        marks.append(found)
        response.score, response.max_score = Decimal(str(found.score)), Decimal(str(found.max_score))
        response.awaits_person = found.awaits_person
    return result_of(marks, pass_mark=sitting.pass_mark)


def mark_of(sitting: Sitting, response: Response) -> Mark:
    """What the machine gives; for an essay that was answered: that it awaits a person."""
    question = response.key
    found = mark(Answered(question.kind, question.body, response.answer, question.content), sitting.grading)
    if found.awaits_person and not response.is_answered:
        return Mark(0, found.max_score)
    return found


def outcome(result: Result) -> dict[str, Any]:
    """The facts of a graded sitting."""
    return {
        "score": result.score,
        "max_score": result.max_score,
        "percent": result.percent,
        "passed": result.passed,
    }


def complete(sitting: Sitting, *, by: User) -> None:
    """A passed sitting completes its lesson; twice is once."""
    enrollment, lesson = sitting.enrollment, sitting.lesson
    if sitting.passed and enrollment and lesson and _still_completes(enrollment, lesson):
        complete_lesson(enrollment, lesson, by=by)


def count_pass_at(lesson: LessonPage, sitting: Sitting, *, by: User) -> None:
    """A test passed at one lesson of a course is passed at every lesson that holds it: nobody may sit it again.

    Without this, a test that stands at two lessons, or that was moved to another, could never be done there.
    """
    if not sitting.passed or sitting.lesson_id == lesson.pk:
        return
    enrollment = sitting.enrollment
    if enrollment and _still_completes(enrollment, lesson):
        complete_lesson(enrollment, lesson, by=by)


def _still_completes(enrollment: Enrollment, lesson: LessonPage) -> bool:
    """Not when the lesson moved to another course since, or is now completed by a workshop."""
    return is_lesson_of(enrollment, lesson) and not lesson.needs_workshop
