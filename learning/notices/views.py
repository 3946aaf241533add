"""My notices."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from learning.notices.flows import read_notices
from learning.notices.queries import unread_count, visible_to

SHOWN = 25


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What was said to me; the button says that I have read it."""
    if request.method == "POST":
        read_notices(request.user)  # type: ignore[arg-type]
        return redirect("notices:notices")
    page = Paginator(visible_to(request.user), SHOWN).get_page(request.GET.get("page"))
    context = {"page_obj": page, "unread": unread_count(request.user)}
    return render(request, "notices/notices.html", context)
