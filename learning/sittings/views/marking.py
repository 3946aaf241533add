"""The desk of those who mark what no machine can."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.quizzes.kinds import kind_of, kinds
from courses.quizzes.models import Quiz
from learning.sittings.flows import mark_response, set_marking_rule
from learning.sittings.forms import MarkForm, MarkingRuleForm
from learning.sittings.models import Response
from learning.sittings.queries.marking import criteria_of, rule_of, waiting_for
from learning.sittings.views.office import managing

PAGE = 30


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person, oldest first."""
    by = managing(request)
    page = Paginator(waiting_for(by), PAGE).get_page(request.GET.get("page"))
    for response in page:
        response.rule = rule_of(response.sitting.quiz)
    quizzes = Quiz.objects.filter(questions__kind__in=_marked_kinds()).distinct().order_by("title")
    return render(request, "sittings/marking.html", {"page_obj": page, "quizzes": quizzes})


def _marked_kinds() -> list[str]:
    return [code for code, kind in kinds().items() if kind.awaits_person]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, response_id: int) -> HttpResponse:
    """One answer beside its rubric; POST keeps the points and leads to the next that waits."""
    by = managing(request)
    response = get_object_or_404(waiting_for(by), pk=response_id)
    criteria = criteria_of(response)
    form = MarkForm(request.POST or None, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        comment = form.cleaned_data["comment"]
        mark_response(response, points=form.points, most=form.most, comment=comment, by=by)
        messages.success(request, _("The mark is kept."))
        following = waiting_for(by).first()
        return redirect("sittings:mark", response_id=following.pk) if following else redirect("sittings:marking")
    context = {"form": form, **_laid_out(response), "left": waiting_for(by).count()}
    return render(request, "sittings/mark.html", context, status=422 if form.errors else 200)


def _laid_out(response: Response) -> dict[str, Any]:
    """The answer beside its key; a blind marker is not told whose it is."""
    key, kind = response.key, kind_of(response.key.kind)
    rule = rule_of(response.sitting.quiz)
    return {
        "response": response,
        "rule": rule,
        "who": "" if rule.is_blind else response.sitting.user,
        "keywords": kind.keyword_hint(key.body, response.answer) if hasattr(kind, "keyword_hint") else [],
        "review": {
            "content": response.question.content,
            "format": response.question.format,
            "figure": response.question.figure,
            "template": kind.review_template,
            "shown": kind.review(key.body, response.presentation, response.answer),
        },
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, uid: str) -> HttpResponse:
    """How the essays of a quiz are marked."""
    by = managing(request)
    quiz = get_object_or_404(Quiz, uid=uid)
    form = MarkingRuleForm(request.POST or None, instance=rule_of(quiz))
    if request.method == "POST" and form.is_valid():
        set_marking_rule(quiz, **form.cleaned_data, by=by)
        messages.success(request, _("Saved."))
        return redirect("sittings:marking")
    context = {"quiz": quiz, "form": form}
    return render(request, "sittings/marking_rule.html", context, status=422 if form.errors else 200)
