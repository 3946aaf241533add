"""The result of a sitting, as far as it is shown today."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.quizzes.choices import ReviewMoment
from courses.quizzes.kinds import kind_of
from learning.enrollments.models import Enrollment
from learning.progress.queries import progress_of
from learning.sittings.models import Response, Sitting
from learning.sittings.queries import (
    Attempts,
    Extra,
    attempts_at,
    attempts_for,
    extra_of,
    free_sittings_of,
    responses_of,
    scores_by_category,
    sittings_of,
    visible_to,
)
from learning.sittings.queries.marking import Marked, marked_on
from learning.sittings.reasons import without_reasons
from learning.sittings.rules import Review, review_of, stays_here
from learning.sittings.statistics.topics import weak_topics
from learning.sittings.wording import when_open


@login_required
@never_cache
@require_safe
def result(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Score, right answers and explanations: only of a sitting that was handed in, and as far as the quiz says."""
    sitting = get_object_or_404(
        visible_to(request.user).select_related(
            "quiz", "lesson", "enrollment__course__outline", "enrollment__certificate"
        ),
        pk=sitting_id,
    )
    if sitting.is_open:
        return redirect("sittings:sit", sitting_id=sitting.pk)
    quiz, enrollment, now = sitting.quiz, sitting.enrollment, timezone.now()
    attempts = _attempts(sitting, request.user)  # type: ignore[arg-type]
    review = review_of(quiz, is_done=attempts.is_done, shows_answers=sitting.shows_answers, now=now)
    back = sitting.back_url if stays_here(sitting.back_url) else ""
    context = {
        "sitting": sitting,
        "quiz": quiz,
        "review": review,
        "attempts": attempts,
        "attempts_left": attempts.left,
        "back_url": back,
        "marks_when": when_open(quiz, quiz.review_marks),
        "answers_when": when_open(quiz, quiz.review_answers) if sitting.shows_answers else "",
        **(_way_on(sitting, enrollment) if enrollment else {}),
    }
    if sitting.is_in_review or not review.marks:
        return render(request, "sittings/result_waits.html", context)
    context |= told(sitting, review)
    return render(request, "sittings/result.html" if enrollment else "sittings/free_result.html", context)


def _attempts(sitting: Sitting, learner: AbstractBaseUser) -> Attempts:
    """The attempts that this one is of; a free one is asked only when that decides what is shown."""
    quiz, now = sitting.quiz, timezone.now()
    if sitting.enrollment:
        extra = extra_of(sitting.user_id, quiz.pk) if quiz.attempts_allowed else Extra()
        return attempts_at(quiz, list(sittings_of(sitting.enrollment, quiz)), extra=extra, now=now)
    if ReviewMoment.WHEN_DONE in {quiz.review_marks, quiz.review_answers, quiz.review_reasons}:
        every = free_sittings_of(learner, sitting.occasion, quiz)
        return attempts_for(sitting.attempts_allowed, list(every))
    return attempts_for(sitting.attempts_allowed, [sitting])


def told(sitting: Sitting, review: Review) -> dict[str, Any]:
    """What the result tells of each question; nothing of them when the answers are kept back."""
    responses = list(responses_of(sitting).select_related("marked_by")) if sitting.shows_answers else []
    marked = marked_on([one for one in responses if kind_of(one.question.kind).awaits_person])
    return {
        "categories": scores_by_category(responses),
        "weak_topics": weak_topics(sitting, responses),
        "reviews": [_review(one, review, marked.get(one.pk)) for one in responses] if review.answers else [],
        # Without the right answers, what markers said is told all the same: it is about the learner's own words.
        "remarks": [(one.position, marked[one.pk].comments) for one in responses if one.pk in marked],
    }


def _way_on(sitting: Sitting, enrollment: Enrollment) -> dict[str, Any]:
    return {
        "lesson": sitting.lesson,
        "enrollment": enrollment,
        "course": enrollment.course,
        "progress": progress_of(enrollment),
    }


def _review(response: Response, review: Review, marked: Marked | None) -> dict[str, Any]:
    question, key = response.question, response.key
    shown = kind_of(key.kind).review(key.body, response.presentation, response.answer)
    return {
        "position": response.position,
        "content": question.content,
        "figure": question.figure,
        "asked_format": question.format,
        "format": key.format,  # of all that the key says; it may be newer than what was asked
        "template": kind_of(question.kind).review_template,
        "shown": shown if review.reasons else without_reasons(shown),
        "is_right": response.is_right,
        "is_partly_right": not response.is_right and bool(response.score),
        "is_answered": response.is_answered,
        "score": response.score,
        "max_score": response.max_score,
        "explanation": key.explanation if review.reasons else "",
        "source": key.source if review.reasons else "",
        "marking": {"points": marked.points} if marked else None,
        "comments": marked.comments if marked else [],
        "is_mended": response.marked_by_id is not None,
    }
