"""Saving one answer, and handing in."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses.quizzes.kinds import kind_of
from learning.sittings.flows import NewerAnswer, PostedAnswer, save_answer, submit_sitting
from learning.sittings.models import Sitting
from learning.sittings.posting import number_in, posted_answers


@login_required
@never_cache
@require_POST
def answer(request: HttpRequest, sitting_id: UUID, position: int) -> JsonResponse:
    """Save one answer. 200 saved · 409 newer elsewhere, handed in or out of time · 413 too long · 422 nonsense."""
    posted = PostedAnswer(request.POST.getlist("answer"), number_in(request.POST.get("revision")))
    try:
        response = save_answer(sitting_id, position, posted, by=request.user)  # type: ignore[arg-type]
    except NewerAnswer as newer:
        kept = newer.response
        values = kind_of(kept.question.kind).values(kept.question.body, kept.presentation, kept.answer)
        body = {"newer": True, "revision": kept.revision, "answer": values}
        return JsonResponse(body, status=HTTPStatus.CONFLICT)
    except Sitting.DoesNotExist:
        raise Http404 from None
    return JsonResponse({"saved": True, "revision": response.revision})


@login_required
@never_cache
@require_POST
def submit(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Hand in: the form carries every answer, so it works without a script."""
    try:
        submit_sitting(sitting_id, answers=posted_answers(request.POST), by=request.user)  # type: ignore[arg-type]
    except Sitting.DoesNotExist:
        raise Http404 from None
    return redirect("sittings:result", sitting_id=sitting_id)
