"""/v/CODE: every printed field and what became of the certificate, for anyone who holds the code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certification.checking.limiting import WRONG_CODES
from certification.checking.others import other_paper
from certification.checking.shown import shown_certificate
from certification.codes import is_well_formed, read_code
from certification.forms import CodeForm
from certification.views.answering import json_answer, kept_private, refused_for_now, wants_json
from certification.views.printed import certificate_page

MOST_SHOWN = 40  # characters of a wrong code that are shown again


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The page; as JSON for a program that asks so."""
    if wants_json(request):
        response = verify_json(request, code)
    else:
        read = read_code(code)
        shown = shown_certificate(read) if is_well_formed(read) else None
        other = other_paper(code=read) if shown is None and is_well_formed(read) else None
        if other is not None:
            response = redirect(other.address)
        elif shown is None:
            response = _not_found(request, code, is_typing_error=not is_well_formed(read))
        elif read != code:
            response = redirect("certification:verify", code=read)
        else:
            response = HttpResponse(certificate_page(request, shown))
    patch_vary_headers(response, ["Accept"])
    return kept_private(response)


@require_safe
def verify_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same for machines; 404 says whether the code has a typing error or was never given out."""
    read = read_code(code)
    shown = shown_certificate(read) if is_well_formed(read) else None
    if shown is not None:
        return json_answer(shown.as_dict())
    refused = refused_for_now(request, WRONG_CODES, as_json=True)
    if refused is not None:
        return refused
    if is_well_formed(read):
        return json_answer({"error": "not-found", "sentence": _("No certificate carries this code")}, status=404)
    return json_answer({"error": "typing-error", "sentence": _("This code has a typing error")}, status=404)


def _not_found(request: HttpRequest, code: str, *, is_typing_error: bool) -> HttpResponse:
    refused = refused_for_now(request, WRONG_CODES, as_json=False)
    if refused is not None:
        return refused
    shown = code[:MOST_SHOWN]
    context = {"form": CodeForm({"code": shown}), "code": shown, "is_typing_error": is_typing_error}
    return render(request, "certification/not_found.html", context, status=404)
