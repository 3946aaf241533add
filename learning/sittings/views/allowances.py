"""More time or attempts for one person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.quizzes.models import Quiz
from learning.sittings.flows import give_allowance
from learning.sittings.forms import AllowanceForm
from learning.sittings.models import Allowance
from learning.sittings.views.office import managing


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, uid: str) -> HttpResponse:
    """What was given, by whom and why; POST gives more."""
    by = managing(request)
    quiz = get_object_or_404(Quiz, uid=uid)
    form = AllowanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        give_allowance(
            quiz,
            user=facts["login"],
            minutes=facts["minutes"] or 0,
            percent=facts["percent"] or 0,
            attempts=facts["attempts"] or 0,
            reason=facts["reason"],
            by=by,
        )
        messages.success(request, _("Given. It counts at once, also for a test that is open now."))
        return redirect("sittings:allowances", uid=uid)
    given = Allowance.objects.filter(quiz=quiz).select_related("user", "by")[:100]
    context = {"quiz": quiz, "form": form, "given": given}
    return render(request, "sittings/allowances.html", context, status=422 if form.errors else 200)
