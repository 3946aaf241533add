"""Marking the sittings of a quiz again: what it would change first, then for good."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.quizzes.models import Quiz
from learning.sittings.flows import Wanted, look_ahead, regrade
from learning.sittings.forms import RegradeForm
from learning.sittings.models import Regrade
from learning.sittings.views.office import managing

SHOWN = 200  # changes on one page


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, uid: str) -> HttpResponse:
    """GET asks; `try=1` shows what it would change; POST marks again and keeps who, when and why."""
    by = managing(request)
    quiz = get_object_or_404(Quiz, uid=uid)
    form = RegradeForm(request.POST or (request.GET if "try" in request.GET else None), quiz=quiz)
    outlook = None
    if form.is_bound and form.is_valid():
        wanted = Wanted(quiz, form.cleaned_data["question"], form.cleaned_data["with_newest"])
        if request.method == "POST":
            done = regrade(wanted, reason=form.cleaned_data["reason"], by=by)
            count = len(done.changes)
            text = ngettext(
                "%(count)d sitting has another result now.", "%(count)d sittings have another result now.", count
            )
            messages.success(request, text % {"count": count} if count else _("Nothing has changed."))
            return redirect("sittings:regrade", uid=uid)
        outlook = look_ahead(wanted)
        form.fields["reason"].required = True  # only what is written wants one
    context = {
        "quiz": quiz,
        "form": form,
        "outlook": outlook,
        "shown": outlook.changes[:SHOWN] if outlook else [],
        "past": Regrade.objects.filter(quiz=quiz).select_related("by", "question")[:20],
    }
    return render(request, "sittings/regrade.html", context, status=422 if form.errors else 200)
