"""The holder's own file."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from certification.codes import is_well_formed
from certification.queries import certificates_of


@login_required
@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The holder's file, byte for byte as it was stored."""
    if not is_well_formed(code):
        raise Http404
    certificate = get_object_or_404(certificates_of(request.user), code=code)
    if not certificate.has_file and (certificate.is_recorded or not certificate.is_valid):
        return redirect("certification:verify", code=certificate.code)  # none will ever be made
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
