"""The public check of a certificate, and the holder's own file."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from certification.codes import is_well_formed, read_code
from certification.forms import CodeForm
from certification.queries import certificate_with_code, certificates_of


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Where a code is typed; a good one leads to its page."""
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("certification:verify", code=form.cleaned_data["code"])
    return render(request, "certification/check.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Every printed field and the state, for anyone who holds the code."""
    read = read_code(code)
    certificate = certificate_with_code(read) if is_well_formed(read) else None
    if certificate is None:
        context = {
            "form": CodeForm({"code": code[:40]}),
            "code": code[:40],
            "is_typing_error": not is_well_formed(read),
        }
        response = render(request, "certification/not_found.html", context, status=404)
    elif read != code:
        return redirect("certification:verify", code=read)
    else:
        response = render(request, "certification/verify.html", {"certificate": certificate})
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The holder's file, byte for byte as it was stored."""
    if not is_well_formed(code):
        raise Http404
    certificate = get_object_or_404(certificates_of(request.user), code=code)
    if not certificate.has_file:
        return render(request, "certification/waiting.html", {"certificate": certificate}, status=202)
    response = FileResponse(
        certificate.file.open("rb"),
        as_attachment=True,
        filename=f"certificate-{certificate.code}.pdf",
        content_type="application/pdf",
    )
    patch_cache_control(response, private=True)
    return response
