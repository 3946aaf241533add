"""Sitting a quiz in the browser: begin, answer, hand in, see the result."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.catalog.models import CoursePage, LessonPage
from courses.catalog.queries import lesson_with_path
from courses.quizzes.kinds import kind_of
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import reading_enrollment
from learning.enrollments.views import locked
from learning.progress.queries import progress_of
from learning.progress.views import unpublished
from learning.sittings.flows import (
    NewerAnswer,
    PostedAnswer,
    close_by_clock,
    open_sitting,
    save_answer,
    submit_sitting,
)
from learning.sittings.models import Response, Sitting
from learning.sittings.queries import attempts_left, responses_of, scores_by_category, sittings_of, visible_to
from learning.sittings.rules import is_overdue, stays_here


def _lesson_and_enrollment(request: HttpRequest, course: str, lesson: str) -> tuple[LessonPage, Enrollment | None]:
    page = lesson_with_path(f"{course}/{lesson}")
    if page is None or page.quiz is None:
        raise Http404
    return page, reading_enrollment(request.user, page.get_parent().pk)


@login_required
def start(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The page before a test: how it works, what was tried; POST begins or goes on."""
    page, enrollment = _lesson_and_enrollment(request, course, lesson)
    parent = CoursePage.objects.get(pk=page.get_parent().pk)
    if enrollment is None:
        return locked(request, parent)
    quiz = page.quiz
    assert quiz is not None
    sittings = list(sittings_of(enrollment, quiz))
    open_one = next((s for s in sittings if s.is_open), None)
    if open_one is None and not (parent.live and page.live):
        return unpublished(request, parent, lesson=page if parent.live else None)
    if request.method == "POST":
        return redirect("sittings:sit", sitting_id=open_sitting(enrollment, page, by=request.user).pk)  # type: ignore[arg-type]
    questions = quiz.questions.count()
    context = {
        "lesson": page,
        "course": parent,
        "quiz": quiz,
        "enrollment": enrollment,
        "sittings": sittings,
        "open_sitting": open_one,
        "passed_sitting": next((s for s in sittings if s.passed), None),
        "attempts_left": attempts_left(quiz, len(sittings)),
        "question_count": min(questions, quiz.max_questions or questions),
    }
    return render(request, "sittings/start.html", context)


@login_required
@never_cache
@require_safe
def sit(request: HttpRequest, sitting_id: str) -> HttpResponse:
    """The test, with what is saved so far: the same on any device."""
    sitting = get_object_or_404(visible_to(request.user).select_related("quiz", "lesson"), pk=sitting_id)
    if sitting.is_open and is_overdue(sitting, timezone.now()):
        close_by_clock(sitting)
        return redirect("sittings:result", sitting_id=sitting.pk)
    if not sitting.is_open:
        return redirect("sittings:result", sitting_id=sitting.pk)
    questions = [_question(response) for response in responses_of(sitting)]
    seconds_left = (sitting.due_at - timezone.now()).total_seconds() if sitting.due_at else None
    context = {
        "sitting": sitting,
        "quiz": sitting.quiz,
        "above": sitting.lesson.title if sitting.lesson else sitting.title,
        "questions": questions,
        "answered_count": sum(question["is_answered"] for question in questions),
        "seconds_left": max(0, int(seconds_left)) if seconds_left is not None else None,
    }
    return render(request, "sittings/sit.html", context)


def _question(response: Response) -> dict[str, Any]:
    """A question as it is put: never its key nor its explanation."""
    question = response.question
    kind = kind_of(question.kind)
    return {
        "position": response.position,
        "field": f"q{response.position}",
        "revision": response.revision,
        "content": question.content,
        "format": question.format,
        "figure": question.figure,
        "kind": question.kind,
        "template": kind.template,
        "scripts": kind.scripts,
        "shown": kind.shown(question.body, response.presentation, response.answer),
        "is_answered": response.is_answered,
    }


@login_required
@require_POST
def answer(request: HttpRequest, sitting_id: str, position: int) -> JsonResponse:
    """Save one answer. 200 saved · 409 newer elsewhere, handed in or out of time · 422 nonsense."""
    sitting = get_object_or_404(visible_to(request.user), pk=sitting_id)
    posted = PostedAnswer(request.POST.getlist("answer"), _revision(request.POST.get("revision")))
    try:
        response = save_answer(sitting, position, posted, by=request.user)  # type: ignore[arg-type]
    except NewerAnswer as newer:
        kept = newer.response
        values = kind_of(kept.question.kind).values(kept.question.body, kept.presentation, kept.answer)
        body = {"newer": True, "revision": kept.revision, "answer": values}
        return JsonResponse(body, status=HTTPStatus.CONFLICT)
    return JsonResponse({"saved": True, "revision": response.revision})


def values_of(form: QueryDict, field: str) -> list[str]:
    """The values of a question's controls in their order: those called as the field, and `field.anything`."""
    return [value for name, values in form.lists() if name == field or name.startswith(f"{field}.") for value in values]


def _revision(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


@login_required
@require_POST
def submit(request: HttpRequest, sitting_id: str) -> HttpResponse:
    """Hand in: the form carries every answer, so it works without a script."""
    sitting = get_object_or_404(visible_to(request.user), pk=sitting_id)
    positions = sitting.responses.values_list("position", flat=True)
    answers = {
        position: PostedAnswer(values_of(request.POST, f"q{position}"), _revision(request.POST.get(f"r{position}")))
        for position in positions
    }
    submit_sitting(sitting, answers=answers, by=request.user)  # type: ignore[arg-type]
    return redirect("sittings:result", sitting_id=sitting.pk)


@login_required
@require_safe
def result(request: HttpRequest, sitting_id: str) -> HttpResponse:
    """Score, right answers and explanations: only of a graded sitting."""
    sitting = get_object_or_404(
        visible_to(request.user).select_related(
            "quiz", "lesson", "enrollment__course__outline", "enrollment__certificate"
        ),
        pk=sitting_id,
    )
    if not sitting.is_graded:
        return redirect("sittings:sit", sitting_id=sitting.pk)
    if sitting.enrollment:
        reply = render(request, "sittings/result.html", {**_told(sitting), **_way_on(sitting, sitting.enrollment)})
    else:
        back = sitting.back_url if stays_here(sitting.back_url) else ""
        reply = render(request, "sittings/free_result.html", {**_told(sitting), "back_url": back})
    patch_cache_control(reply, private=True, no_cache=True)
    return reply


def _told(sitting: Sitting) -> dict[str, Any]:
    """What the result tells of each question: nothing when the answers are kept back."""
    responses = responses_of(sitting) if sitting.shows_answers else Response.objects.none()
    return {
        "sitting": sitting,
        "quiz": sitting.quiz,
        "categories": scores_by_category(responses),
        "reviews": [_review(response) for response in responses],
    }


def _way_on(sitting: Sitting, enrollment: Enrollment) -> dict[str, Any]:
    used = Sitting.objects.filter(enrollment=enrollment.pk, quiz=sitting.quiz_id).count()
    return {
        "lesson": sitting.lesson,
        "enrollment": enrollment,
        "course": enrollment.course,
        "progress": progress_of(enrollment),
        "attempts_left": attempts_left(sitting.quiz, used),
    }


def _review(response: Response) -> dict[str, Any]:
    question = response.question
    return {
        "position": response.position,
        "content": question.content,
        "figure": question.figure,
        "format": question.format,
        "template": kind_of(question.kind).review_template,
        "shown": kind_of(question.kind).review(question.body, response.presentation, response.answer),
        "is_right": response.is_right,
        "is_partly_right": not response.is_right and bool(response.score),
        "is_answered": response.is_answered,
        "score": response.score,
        "max_score": response.max_score,
        "explanation": question.explanation,
        "source": question.source,
    }
