"""Opening a sitting, saving answers one by one, submitting, closing when time runs out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from random import SystemRandom
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from courses.catalog.models import LessonPage
from courses.quizzes.grading import Answered, grade
from courses.quizzes.kinds import kind_of
from courses.quizzes.models import Quiz
from courses.quizzes.queries import draw
from learning.enrollments.models import Enrollment
from learning.enrollments.rules import is_lesson_of
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.progress.flows import complete_lesson
from learning.sittings.choices import TRANSITIONS, SittingState
from learning.sittings.models import Response, Sitting
from learning.sittings.queries import attempts_left, free_sittings_of, sittings_of
from learning.sittings.rules import is_overdue, stays_here

TITLE = 200  # characters


@dataclass(frozen=True)
class PostedAnswer:
    """What a form says about one question: the values, and the newest save its page had seen."""

    values: list[str]
    seen_revision: int


class NewerAnswer(Exception):
    """Another window or device has saved this answer since; nothing was overwritten."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


@transaction.atomic
def open_sitting(enrollment: Enrollment, lesson: LessonPage, *, by: User) -> Sitting:
    """Begin an attempt, or go on with the one that is open: there is never a second beside it."""
    enrollment = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    quiz = lesson.quiz
    lesson_url = f"/courses/{lesson.get_parent().slug}/{lesson.slug}/"
    if quiz is None or quiz.draft:
        raise _not_ready(lesson_url, _("Back to the lesson"))
    attempts = list(sittings_of(enrollment, quiz))
    if begun := _begun(attempts):
        return begun
    if attempts_left(quiz, len(attempts)) == 0:
        raise Refused(
            _("All attempts at this test are used. You may begin the course anew from the page of the test."),
            way_on=reverse("sittings:start", args=[lesson.get_parent().slug, lesson.slug]),
            way_on_label=_("To the page of the test"),
        )
    whose = {"enrollment": enrollment, "user_id": enrollment.user_id}
    return _new_sitting(quiz, number=len(attempts) + 1, whose=whose, lesson=lesson)


@transaction.atomic
def open_free_sitting(
    quiz: Quiz, *, occasion: str, title: str, back_url: str, attempts: int, shows_answers: bool, by: User
) -> Sitting:
    """Begin an attempt for an occasion outside any course, or go on with the one that is open.

    `attempts` is how many each person has, 0 for as many as they want; those of the quiz are for courses. Raises
    Refused when they are used up, when it is passed, and when the quiz is a draft; ValueError when the occasion
    has no name or `back_url` is not a path of this site.
    """
    if not occasion or not stays_here(back_url):
        raise ValueError("A free sitting has the name of its occasion, and a way back that stays on this site.")
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of two clicks the second waits here
    if quiz.draft:
        raise _not_ready(back_url, _("Back"))
    sat = list(free_sittings_of(by, occasion, quiz))
    if begun := _begun(sat):
        return begun
    if attempts and len(sat) >= attempts:
        raise Refused(
            _("You have handed in this test already. It is sat only once.")
            if attempts == 1
            else _("All attempts at this test are used."),
            way_on=reverse("sittings:result", args=[sat[0].pk]),
            way_on_label=_("See the result"),
        )
    whose = {"enrollment": None, "user": by, "occasion": occasion}
    kept = {"title": Truncator(title).chars(TITLE), "back_url": back_url, "shows_answers": shows_answers}
    return _new_sitting(quiz, number=len(sat) + 1, whose=whose, **kept)


def _not_ready(way_on: str, label: str) -> Refused:
    return Refused(_("This test is not ready yet. Please come back later."), way_on=way_on, way_on_label=label)


def _begun(attempts: Sequence[Sitting]) -> Sitting | None:
    """The attempt to go on with. Raises Refused when one is passed: there is nothing to begin."""
    for attempt in attempts:
        if attempt.is_open and is_overdue(attempt, timezone.now()):
            if close_by_clock(attempt).passed:
                return attempt  # its page leads on to the result
        elif attempt.is_open:
            return attempt
        elif attempt.passed:
            raise Refused(
                _("You have passed this test already. There is nothing more to do here."),
                way_on=reverse("sittings:result", args=[attempt.pk]),
                way_on_label=_("See the result"),
            )
    return None


def _new_sitting(quiz: Quiz, *, number: int, whose: Mapping[str, Any], **kept: Any) -> Sitting:
    """An open sitting with its questions drawn; `whose` says who may have only one of them open."""
    now = timezone.now()
    random = SystemRandom()
    try:
        with transaction.atomic():
            sitting = Sitting.objects.create(
                quiz=quiz,
                number=number,
                pass_mark=quiz.pass_mark,
                opened_at=now,
                due_at=now + timedelta(minutes=quiz.time_limit_minutes) if quiz.time_limit_minutes else None,
                **whose,
                **kept,
            )
    except IntegrityError:  # the second of two clicks: the first has opened it
        return Sitting.objects.get(quiz=quiz, state=SittingState.OPEN, **whose)
    Response.objects.bulk_create(
        Response(
            sitting=sitting,
            position=position,
            question=version,
            presentation=kind_of(version.kind).present(version.body, random, shuffle=quiz.shuffle_choices),
        )
        for position, version in enumerate(draw(quiz, random), 1)
    )
    return sitting


@transaction.atomic
def save_answer(sitting: Sitting, position: int, posted: PostedAnswer, *, by: User) -> Response:
    """Keep one answer as it is given.

    Raises NewerAnswer when another window saved this answer after `seen_revision`, and Refused when
    the sitting is closed or its time has run out. The sitting's row is locked, so an answer is
    either part of the grading or refused, never lost between.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if not sitting.is_open:
        raise Refused(_("This test has been handed in. Answers can no longer be changed."))
    if is_overdue(sitting, timezone.now()):
        raise Refused(_("Time has run out. What you answered before is kept and will be graded."))
    response = sitting.responses.select_related("question").filter(position=position).first()
    if response is None:
        raise Refused(_("This question is not part of your test. Open the test again."), status=HTTPStatus.NOT_FOUND)
    answer = _clean(response, posted.values)
    if posted.seen_revision != response.revision:
        if answer == response.answer:
            return response  # the same answer came twice: a retry after a lost reply
        raise NewerAnswer(response)
    _answered(response, answer).save(update_fields=KEPT)
    return response


def _clean(response: Response, values: list[str]) -> Any:
    try:
        return kind_of(response.question.kind).clean_answer(response.question.body, response.presentation, values)
    except ValueError:
        raise Refused(
            _("This answer does not fit the question. Choose from the choices shown."),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        ) from None


KEPT = ["answer", "revision", "saved_at"]


def _answered(response: Response, answer: Any) -> Response:
    response.answer = answer
    response.revision += 1
    response.saved_at = timezone.now()
    return response


@transaction.atomic
def submit_sitting(sitting: Sitting, *, answers: Mapping[int, PostedAnswer], by: User) -> Sitting:
    """Hand in and grade. Handing in twice is handing in once.

    Answers in the form count when they are not older than what is saved; after the time limit only
    saved answers count. A pass completes the lesson, and with the last lesson the course; of a free
    sitting it completes nothing.
    """
    sitting = Sitting.objects.select_for_update(of=("self",)).select_related("enrollment", "lesson").get(pk=sitting.pk)
    if not sitting.is_open:
        return sitting
    if is_overdue(sitting, timezone.now()):
        return close_by_clock(sitting)
    newer = []
    for response in sitting.responses.select_related("question"):
        posted = answers.get(response.position)
        if posted is not None and posted.seen_revision >= response.revision:
            answer = _clean(response, posted.values)
            if answer != response.answer and answer is not None:
                newer.append(_answered(response, answer))
    Response.objects.bulk_update(newer, KEPT)
    return _grade(sitting, by=by)


@transaction.atomic
def close_by_clock(sitting: Sitting) -> Sitting:
    """Grade what was saved when the time ran out; the learner is the one who did it."""
    sitting = (
        Sitting.objects.select_for_update(of=("self",))
        .select_related("user", "enrollment", "lesson")
        .get(pk=sitting.pk)
    )
    if not sitting.is_open:
        return sitting
    return _grade(sitting, by=sitting.user, closed_by_clock=True)


def _grade(sitting: Sitting, *, by: User, closed_by_clock: bool = False) -> Sitting:
    responses = list(sitting.responses.select_related("question").order_by("position"))
    result = grade(
        (Answered(r.question.kind, r.question.body, r.answer) for r in responses), pass_mark=sitting.pass_mark
    )
    for response, mark in zip(responses, result.marks, strict=True):
        response.score, response.max_score = mark.score, mark.max_score
    Response.objects.bulk_update(responses, ["score", "max_score"])
    move(
        sitting,
        SittingState.GRADED,
        transitions=TRANSITIONS,
        stamp="submitted_at",
        score=result.score,
        max_score=result.max_score,
        percent=result.percent,
        passed=result.passed,
        closed_by_clock=closed_by_clock,
    )
    if result.passed and sitting.enrollment and sitting.lesson and _still_completes(sitting.enrollment, sitting.lesson):
        complete_lesson(sitting.enrollment, sitting.lesson, by=by)
    return sitting


def _still_completes(enrollment: Enrollment, lesson: LessonPage) -> bool:
    """Not when the lesson moved to another course since, or is now completed by a workshop."""
    return is_lesson_of(enrollment, lesson) and not lesson.needs_workshop
