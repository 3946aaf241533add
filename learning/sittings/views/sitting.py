"""A test in the browser: all questions on one page, or one after the other."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.quizzes.kinds import kind_of
from learning.sittings.flows import PostedAnswer, close_by_clock, go_on
from learning.sittings.models import Response, Sitting
from learning.sittings.posting import number_in, posted_at
from learning.sittings.queries import responses_of, visible_to
from learning.sittings.rules import is_overdue

END = "end"


@login_required
@never_cache
@require_safe
def sit(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The open test; one that is over leads to its result. `?q=` is the question, where there is one per page."""
    sitting = get_object_or_404(visible_to(request.user).select_related("quiz", "lesson"), pk=sitting_id)
    if sitting.is_open and is_overdue(sitting, timezone.now()):
        close_by_clock(sitting)
        return redirect("sittings:result", sitting_id=sitting.pk)
    if not sitting.is_open:
        return redirect("sittings:result", sitting_id=sitting.pk)
    if sitting.shows_one:
        return _one(request, sitting)
    questions = [_question(response) for response in responses_of(sitting)]
    context = {
        **_frame(request, sitting),
        "questions": questions,
        "total": len(questions),
        "answered_count": sum(question["is_answered"] for question in questions),
        "numbers": questions,
        "scripts": _scripts(questions),
    }
    return render(request, "sittings/sit.html", context)


def _frame(request: HttpRequest, sitting: Sitting) -> dict[str, Any]:
    seconds_left = (sitting.due_at - timezone.now()).total_seconds() if sitting.due_at else None
    return {
        "sitting": sitting,
        "quiz": sitting.quiz,
        "above": sitting.lesson.title if sitting.lesson else sitting.title,
        "here": request.get_full_path(),
        "seconds_left": max(0, int(seconds_left)) if seconds_left is not None else None,
    }


def _one(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """One question, or the page at the end from which all is handed in."""
    rows = list(sitting.responses.order_by("position").values_list("position", "saved_at", "answer"))
    numbers = [{"position": place, "is_answered": answer is not None} for place, _at, answer in rows]
    place = _place(sitting, request.GET.get("q", ""), numbers)
    shown = responses_of(sitting).filter(position=place) if place <= len(rows) else Response.objects.none()
    questions = [_question(response) for response in shown]
    context = {
        **_frame(request, sitting),
        "questions": questions,
        "place": place,
        "total": len(rows),
        "is_end": place > len(rows),
        "is_last": place == len(rows),
        "numbers": numbers,
        "answered_count": sum(bool(number["is_answered"]) for number in numbers),
        "open_numbers": [number["position"] for number in numbers if not number["is_answered"]],
        "scripts": _scripts(questions),
    }
    return render(request, "sittings/sit_one.html", context)


def _place(sitting: Sitting, asked: str, numbers: list[dict[str, Any]]) -> int:
    """Which question is put: the one asked for, else the first open one; without a way back the one reached."""
    last = len(numbers)
    if sitting.is_sequential:
        return min(sitting.place, last + 1)
    if asked == END:
        return last + 1
    if number := number_in(asked):
        return min(number, last + 1)
    return next((number["position"] for number in numbers if not number["is_answered"]), last + 1)


def _scripts(questions: list[dict[str, Any]]) -> list[str]:
    """The modules of the kinds that are on the page, each once."""
    return list(dict.fromkeys(script for question in questions for script in question["scripts"]))


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
def go(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Keep the answer of this page and show the next, the one before, or the one asked for."""
    place = number_in(request.POST.get("position", ""))
    if not place:
        return redirect("sittings:sit", sitting_id=get_object_or_404(visible_to(request.user), pk=sitting_id).pk)
    to = _target(request.POST.get("to", "next"), place)
    posted: PostedAnswer | None = posted_at(request.POST, place)
    try:
        go_on(sitting_id, place, posted, to=to or place + 1, by=request.user)  # type: ignore[arg-type]
    except Sitting.DoesNotExist:
        raise Http404 from None
    return redirect(f"{reverse('sittings:sit', args=[sitting_id])}?q={to or END}")


def _target(word: str, place: int) -> int:
    """The place to go to; 0 is the end."""
    if word == "next":
        return place + 1
    if word == "back":
        return max(1, place - 1)
    return number_in(word)
