"""A person's own tests: by subject, over time, each result."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from learning.sittings.statistics.drawing import line_of
from learning.sittings.statistics.topics import WEAK_PERCENT, first_and_best_of, own_results, progress_by_subject

PER_PAGE = 20


@login_required
@require_safe
def my_tests(request: HttpRequest) -> HttpResponse:
    """Own graded tests whose marks are open, newest first; subjects of those that show more than a percentage."""
    results = own_results(request.user)  # type: ignore[arg-type]
    subjects = progress_by_subject(sitting for sitting in results if sitting.shows_answers)
    context = {
        "page_obj": Paginator(results, PER_PAGE).get_page(request.GET.get("page")),
        "subjects": [(subject, line_of([point.percent for point in subject.points])) for subject in subjects],
        "repeated": first_and_best_of(results),
        "weak": WEAK_PERCENT,
    }
    reply = render(request, "sittings/my_tests.html", context)
    patch_cache_control(reply, private=True, no_cache=True)
    return reply
