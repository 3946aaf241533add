"""Bundles of files: asked for, watched while they are made, fetched by who asked."""

from http import HTTPStatus
from urllib.parse import parse_qsl

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import log

from learning.kernel.refusals import Refused
from learning.records.choices import BundleKind, PaperState
from learning.records.flows.bundles import ask_for_bundle
from learning.records.forms.filters import CertificateFilters
from learning.records.models import Bundle
from learning.records.models.bundles import LONGEST_QUERY
from learning.records.queries import bundles_of
from learning.records.rules import register_reach
from learning.register.forms.filters import typed

SHOWN = 30
TYPES = {BundleKind.PDF: "application/pdf", BundleKind.ZIP: "application/zip"}


@login_required
@require_safe
def bundles(request: HttpRequest) -> HttpResponse:
    reach = register_reach(request.user)  # type: ignore[arg-type]
    found = [(one, _opens(one, reach.fingerprint)) for one in bundles_of(request.user)[:SHOWN]]  # type: ignore[arg-type]
    return render(request, "records/office/bundles.html", {"bundles": found})


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """`query` is that of the register's address; the worker asks it again within the area of that moment."""
    reach = register_reach(request.user)  # type: ignore[arg-type]
    kind = request.POST.get("kind", "")
    if kind not in BundleKind.values:
        raise Refused(_("Choose one PDF or a ZIP."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    query = QueryDict(mutable=True)
    query.update(dict(parse_qsl(request.POST.get("query", "")[:LONGEST_QUERY])))
    filters = CertificateFilters(typed(query), reach=reach, user=request.user)  # type: ignore[arg-type]
    title = " · ".join(f"{one['label']}: {one['value']}" for one in filters.chosen()) or _(
        "All certificates of the area"
    )
    bundle = ask_for_bundle(filters.asked, kind=kind, title=title, by=request.user)  # type: ignore[arg-type]
    return redirect("records:bundle", bundle.pk)


def _opens(bundle: Bundle, fingerprint: str) -> bool:
    """A file shows no more than its asker may see today."""
    return bundle.state != PaperState.READY or bundle.reach == fingerprint


@login_required
@require_safe
def bundle(request: HttpRequest, bundle_id: int) -> HttpResponse:
    reach = register_reach(request.user)  # type: ignore[arg-type]
    found = get_object_or_404(bundles_of(request.user), pk=bundle_id)  # type: ignore[arg-type]
    if not _opens(found, reach.fingerprint):
        raise Http404
    is_working = found.state == PaperState.WAITING
    count = {"done": f"{found.done:,}", "total": f"{found.total:,}"}
    job = {
        "state": {PaperState.WAITING: "running", PaperState.READY: "done"}.get(found.state, "failed"),  # type: ignore[call-overload]
        "title": found.title,
        "text": found.refusal
        or (_("%(done)s of %(total)s files are in it.") % count if is_working else found.get_state_display()),
        "percent": 100 * found.done / found.total if is_working and found.total else None,
        "next_url": reverse("records:bundle_file", args=[found.pk]) if found.state == PaperState.READY else "",
        "next_label": _("Download the ZIP") if found.kind == BundleKind.ZIP else _("Download the PDF"),
    }
    response = render(request, "records/office/bundle.html", {"bundle": found, "job": job})
    if is_working:
        response["Refresh"] = "3"
    patch_cache_control(response, private=True, no_cache=True)
    return response


@login_required
@require_safe
def file(request: HttpRequest, bundle_id: int) -> FileResponse:
    reach = register_reach(request.user)  # type: ignore[arg-type]
    found = get_object_or_404(bundles_of(request.user), pk=bundle_id, state=PaperState.READY)  # type: ignore[arg-type]
    if not _opens(found, reach.fingerprint):
        raise Http404
    log(found, "records.download_bundle", user=request.user)
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"certificates-{found.pk}.{found.kind}",
        content_type=TYPES[BundleKind(found.kind)],
    )
    patch_cache_control(response, private=True, no_store=True)
    return response
