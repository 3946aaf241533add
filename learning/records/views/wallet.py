"""Certificates of the person who is signed in: all of them, one of them, one to hold up."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from certification.codes import grouped, is_well_formed
from certification.models import Certificate
from cms.thai.dates import BE_OFFSET
from learning.kernel.codes import qr_svg
from learning.records.holdings import lacks_english_name, renewal_of, standing_of, wallet_of
from learning.records.profiles import linkedin_address


@login_required
@require_safe
def wallet(request: HttpRequest) -> HttpResponse:
    """All certificates, by the year of issue, the newest first."""
    cards = [{"certificate": one, "standing": standing_of(one)} for one in wallet_of(request.user)]
    years = [
        {"year": year, "cards": list(of_year)}
        for year, of_year in groupby(cards, key=lambda card: card["certificate"].issued_on.year + BE_OFFSET)
    ]
    return _private(render(request, "records/wallet.html", {"years": years, "count": len(cards)}))


@login_required
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate, and everything that can be done with it."""
    one = _own(request, code)
    standing = standing_of(one)
    is_shown_off = one.is_valid and not one.is_recorded and standing != "key-revoked"
    context = {
        "certificate": one,
        "standing": standing,
        "renewal": renewal_of(one) if standing in {"expired", "soon"} else None,
        "code": grouped(one.code),
        "linkedin": linkedin_address(one) if is_shown_off else "",
        "square": qr_svg(one.verify_url),
        "lacks_english_name": lacks_english_name(one),
    }
    return _private(render(request, "records/certificate.html", context))


@login_required
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The square and the code as large as the screen, to hold up at a door."""
    one = _own(request, code)
    context = {
        "certificate": one,
        "standing": standing_of(one),
        "code": grouped(one.code),
        "square": qr_svg(one.verify_url),
    }
    return _private(render(request, "records/show.html", context))


def _own(request: HttpRequest, code: str) -> Certificate:
    if not is_well_formed(code):
        raise Http404
    return get_object_or_404(wallet_of(request.user), code=code)  # type: ignore[arg-type]


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    return response
