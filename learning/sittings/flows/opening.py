"""Beginning an attempt, or going on with the one that is open."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from courses.catalog.models import LessonPage
from courses.quizzes.kinds import kind_of
from courses.quizzes.models import Quiz
from courses.quizzes.queries import draw
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.sittings.flows.handing_in import close_by_clock
from learning.sittings.models import Response, Sitting
from learning.sittings.queries import (
    Extra,
    attempts_at,
    attempts_for,
    extra_in,
    extra_of,
    free_sittings_of,
    reading_at,
    sittings_of,
    with_extra,
)
from learning.sittings.rules import is_overdue, stays_here

TITLE = 200  # characters


@transaction.atomic
def begin_test(lesson: LessonPage, *, by: User) -> Sitting | None:
    """Begin or go on with the test of a lesson; None for who is not enrolled, or when it is off the shelf."""
    enrollment = _locked(reading_at(by, lesson)).first()
    if enrollment is None:
        return None
    return _open(enrollment, lesson, is_offered=enrollment.course.live and lesson.live)


@transaction.atomic
def open_sitting(enrollment: Enrollment, lesson: LessonPage, *, by: User) -> Sitting:
    """Begin an attempt, or go on with the one that is open: there is never a second beside it."""
    enrollment = _locked(with_extra(Enrollment.objects.filter(pk=enrollment.pk), lesson.quiz_id)).get()
    sitting = _open(enrollment, lesson, is_offered=True)
    assert sitting is not None
    return sitting


def _locked(enrollments: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    return enrollments.select_for_update(of=("self",))  # of two clicks the second waits here


def _open(enrollment: Enrollment, lesson: LessonPage, *, is_offered: bool) -> Sitting | None:
    quiz, course, now = lesson.quiz, enrollment.course, timezone.now()
    if quiz is None or quiz.draft:
        raise _not_ready(f"/courses/{course.slug}/{lesson.slug}/", _("Back to the lesson"))
    sat = list(sittings_of(enrollment, quiz))
    if begun := _begun(sat):
        return begun
    if not is_offered:
        return None
    extra = extra_in(enrollment)
    attempts = attempts_at(quiz, sat, extra=extra, now=now)
    page: dict[str, Any] = {
        "way_on": reverse("sittings:start", args=[course.slug, lesson.slug]),
        "way_on_label": _("To the page of the test"),
    }
    if attempts.left == 0:
        raise Refused(
            _("All attempts at this test are used. You may begin the course anew from the page of the test."), **page
        )
    if attempts.next_at:
        raise Refused(
            _("You may try again on %(day)s at %(time)s.")
            % {"day": format_be(attempts.next_at), "time": format_be(attempts.next_at, "time")},
            **page,
        )
    whose = {"enrollment": enrollment, "user_id": enrollment.user_id, "lesson": lesson}
    return _new_sitting(quiz, number=len(sat) + 1, whose=whose, extra=extra, now=now)


@transaction.atomic
def open_free_sitting(
    quiz: Quiz, *, occasion: str, title: str, back_url: str, attempts: int, shows_answers: bool, by: User
) -> Sitting:
    """Begin an attempt for an occasion outside any course, or go on with the one that is open.

    `attempts` is how many each person has, 0 for as many as they want; those of the quiz, and its waiting time,
    are for courses. Raises Refused when they are used up, when it is passed, and when the quiz is a draft;
    ValueError when the occasion has no name or `back_url` is not a path of this site.
    """
    if not occasion or not stays_here(back_url):
        raise ValueError("A free sitting has the name of its occasion, and a way back that stays on this site.")
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of two clicks the second waits here
    if quiz.draft:
        raise _not_ready(back_url, _("Back"))
    sat = list(free_sittings_of(by, occasion, quiz))
    if begun := _begun(sat):
        return begun
    if attempts_for(attempts, sat).left == 0:
        raise Refused(
            _("You have handed in this test already. It is sat only once.")
            if attempts == 1
            else _("All attempts at this test are used."),
            way_on=reverse("sittings:result", args=[sat[0].pk]),
            way_on_label=_("See the result"),
        )
    whose = {"user": by, "occasion": occasion, "attempts_allowed": attempts}
    kept = {"title": Truncator(title).chars(TITLE), "back_url": back_url, "shows_answers": shows_answers}
    extra = extra_of(by.pk, quiz.pk) if quiz.time_limit_minutes else Extra()
    return _new_sitting(quiz, number=len(sat) + 1, whose={**whose, **kept}, extra=extra, now=timezone.now())


def _not_ready(way_on: str, label: str) -> Refused:
    return Refused(_("This test is not ready yet. Please come back later."), way_on=way_on, way_on_label=label)


def _begun(attempts: list[Sitting]) -> Sitting | None:
    """The attempt to go on with. Raises Refused when one is passed, or is still being marked."""
    for number, attempt in enumerate(attempts):
        result: dict[str, Any] = {
            "way_on": reverse("sittings:result", args=[attempt.pk]),
            "way_on_label": _("See the result"),
        }
        if attempt.is_open:
            if not is_overdue(attempt, timezone.now()):
                return attempt
            attempts[number] = attempt = close_by_clock(attempt)
            if attempt.passed:
                return attempt  # its page leads on to the result
        if attempt.is_in_review:
            raise Refused(
                _("Your last attempt is still being marked. Wait for its result before you try again."), **result
            )
        if attempt.passed:
            raise Refused(_("You have passed this test already. There is nothing more to do here."), **result)
    return None


def _new_sitting(quiz: Quiz, *, number: int, whose: Mapping[str, Any], extra: Extra, now: datetime) -> Sitting:
    """An open sitting with its questions drawn, and the quiz as it is today written down with it.

    The caller holds the lock that keeps a second one from being opened.
    """
    random = SystemRandom()
    versions = draw(quiz, random)
    if not versions:
        raise Refused(_("This test has no questions yet. Please come back later."))
    minutes = extra.minutes_of(quiz.time_limit_minutes)
    sitting = Sitting.objects.create(
        quiz=quiz,
        number=number,
        pass_mark=quiz.pass_mark,
        grading=quiz.grading,
        layout=quiz.layout,
        navigation=quiz.navigation,
        limit_minutes=quiz.time_limit_minutes,
        opened_at=now,
        due_at=now + timedelta(minutes=minutes) if minutes else None,
        **whose,
    )
    Response.objects.bulk_create(
        Response(
            sitting=sitting,
            position=position,
            question=version,
            presentation=kind_of(version.kind).present(version.body, random, shuffle=quiz.shuffle_choices),
        )
        for position, version in enumerate(versions, 1)
    )
    return sitting
