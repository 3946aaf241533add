"""One's own details."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from learning.people.flows import change_details
from learning.people.forms import DetailsForm


@login_required
def details(request: HttpRequest) -> HttpResponse:
    form = DetailsForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_details(request.user, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("Your details are saved."))
        return redirect("people:details")
    return render(request, "people/details.html", {"form": form}, status=422 if form.errors else 200)
