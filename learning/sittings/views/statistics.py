"""How a quiz went, for its authors, in the admin: figures, choices, advice, files."""

from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.quizzes.models import Quiz
from courses.quizzes.statistics.advice import FEWEST
from learning.sittings.rules import may_manage
from learning.sittings.statistics.drawing import columns_of
from learning.sittings.statistics.keeping import forget, results_for_page
from learning.sittings.statistics.results import QuizResults
from learning.sittings.statistics.workbook import write_csv, write_workbook
from learning.sittings.tasks import count_quiz

FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ALL = "all"


def _quiz(request: HttpRequest, quiz_id: int) -> Quiz:
    if not may_manage(request.user):
        raise PermissionDenied
    return get_object_or_404(Quiz, pk=quiz_id)


def _results(quiz: Quiz, *, first_only: bool) -> tuple[QuizResults | None, bool]:
    """The results to show, and whether newer ones are being counted."""
    kept = results_for_page(quiz, first_only=first_only)
    if kept.is_due:
        count_quiz.delay(quiz.pk, first_only)
        kept = results_for_page(quiz, first_only=first_only)  # a worker in this process has them ready
    return kept.results, kept.is_counting


@require_safe
def quiz_statistics(request: HttpRequest, quiz_id: int) -> HttpResponse:
    """Everything about one quiz; `?of=all` counts later attempts as well."""
    quiz = _quiz(request, quiz_id)
    first_only = request.GET.get("of") != ALL
    results, is_counting = _results(quiz, first_only=first_only)
    context: dict[str, Any] = {
        "quiz": quiz,
        "results": results,
        "is_counting": is_counting,
        "first_only": first_only,
        "of": "" if first_only else f"?of={ALL}",
        "columns": columns_of(results.bands) if results else [],
        "fewest": FEWEST,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailsnippets_quizzes_quiz:list"), "label": _("Quizzes")},
            {"url": reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk]), "label": quiz.title},
            {"url": "", "label": _("Statistics")},
        ],
        "header_title": quiz.title,
        "page_title": quiz.title,
        "header_icon": "view",
    }
    return render(request, "sittings/statistics/quiz.html", context)


@require_safe
def quiz_statistics_file(request: HttpRequest, quiz_id: int, kind: str) -> HttpResponse:
    """The same figures as a file; 404 while a large quiz is being counted for the first time."""
    quiz = _quiz(request, quiz_id)
    results, _is_counting = _results(quiz, first_only=request.GET.get("of") != ALL)
    if results is None or kind not in FILES:
        raise Http404
    body = write_csv(results) if kind == "csv" else write_workbook(quiz.title, results)
    reply = HttpResponse(body, content_type=FILES[kind])
    name = quote(f"{_('statistics')} {quiz.title}.{kind}")
    reply["Content-Disposition"] = f"attachment; filename=\"statistics.{kind}\"; filename*=UTF-8''{name}"
    return reply


@require_POST
def count_again(request: HttpRequest, quiz_id: int) -> HttpResponse:
    """Leave out what was counted before."""
    quiz = _quiz(request, quiz_id)
    forget(quiz)
    address = reverse("quiz_statistics", args=[quiz.pk])
    return redirect(f"{address}?of={ALL}" if request.POST.get("of") == ALL else address)
