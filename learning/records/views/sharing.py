"""Links that a person gives away: making them, taking them back, and what a stranger sees through one."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.records.flows.showing import count_opening, share_wallet, take_back
from learning.records.forms.sharing import ShareForm
from learning.records.holdings import open_shares_of, share_with, shares_of, standing_of, wallet_of
from learning.records.learned import learned_by
from learning.records.views.strangers import for_strangers, refused_for_guessing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest) -> HttpResponse:
    """The open links, and a form for another."""
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        share_wallet(request.user, ends_on=form.cleaned_data["ends_on"], by=request.user)  # type: ignore[arg-type]
        flash.success(request, _("The link is ready. Whoever has it sees your certificates until its last day."))
        return redirect("records:sharing")
    response = render(
        request,
        "records/sharing.html",
        {"form": form, "shares": list(open_shares_of(request.user))},
        status=422 if form.errors else 200,
    )
    patch_cache_control(response, private=True, no_cache=True)
    return response


@login_required
@require_POST
def end_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of one's own links back."""
    take_back(get_object_or_404(shares_of(request.user), pk=pk), by=request.user)  # type: ignore[arg-type]
    flash.success(request, _("The link is taken back. Nobody sees anything through it any more."))
    return redirect("records:sharing")


@for_strangers
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The wallet of a person, for whoever holds the link; 410 once it has ended."""
    share = share_with(token)
    if share is None:
        return refused_for_guessing(request) or render(request, "404.html", status=404)
    person = share.person
    if share.ended_at is not None or share.ends_on < timezone.localdate() or not person.is_active:
        return render(request, "records/share_ended.html", status=410)
    if request.method == "GET" and request.user.pk != person.pk:
        count_opening(share)
    context = {
        "share": share,
        "person": person,
        "cards": [{"certificate": one, "standing": standing_of(one)} for one in wallet_of(person)],
        "learned": learned_by(person),
    }
    return render(request, "records/shared.html", context)
