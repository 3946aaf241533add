"""My notices."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.notices.flows import read_notices
from learning.notices.queries import visible_to

SHOWN = 20


@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Opening the page is reading it; what was new is still marked on it."""
    page = Paginator(visible_to(request.user), SHOWN).get_page(request.GET.get("page"))
    response = render(request, "notices/notices.html", {"page_obj": page})
    read_notices(request.user)  # type: ignore[arg-type]
    return response
