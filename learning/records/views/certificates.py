"""One certificate for the office: what is printed, its history, its file; revoking, correcting, issuing it anew."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from certification.choices import CertificateState
from certification.codes import grouped
from certification.flows.ending import ISSUED_ANEW
from certification.models import Certificate
from learning.kernel.refusals import Refused
from learning.records.flows import ending
from learning.records.forms.changing import IssueAnewForm, ReplaceForm, RevokeForm
from learning.records.narrowing import HEAVY_OF_KEYS, KEYS
from learning.records.queries import Reach, certificates_changed_by, certificates_visible_to
from learning.records.rules import may_change, register_reach
from learning.records.telling import happenings_of, lines_of, standing

DOWNLOADED = "records.download_certificate"
DOWNLOADS = 20


@login_required
@require_safe
def certificate(request: HttpRequest, certificate_id: int) -> HttpResponse:
    reach = register_reach(request.user)  # type: ignore[arg-type]
    visible = certificates_visible_to(request.user, reach=reach)
    whole = visible.select_related(
        "created_by", "ended_by", "holder", "replaces", "replaced_by", "paper_row__register", "version", *KEYS
    ).defer("credential", "credential_json", *HEAVY_OF_KEYS)
    found = get_object_or_404(whole, pk=certificate_id)
    row = getattr(found, "paper_row", None)
    kin = visible.none()
    if found.holder_id and found.subject:
        kin = visible.filter(holder=found.holder_id, subject=found.subject).select_related(*KEYS)
        kin = kin.defer("credential", "credential_json", *HEAVY_OF_KEYS)
    chain = lines_of(kin.order_by("issued_on", "pk"))
    context = {
        "certificate": found,
        "code": grouped(found.code),
        "standing": standing(found),
        "happenings": happenings_of(
            found,
            paper=row.register.file_name if row else "",
            came_anew=_issued_anew(found.replaces),
            went_anew=_issued_anew(found),
        ),
        "chain": chain if len(chain) > 1 else [],
        "downloads": _downloads(found),
        "may_change": found.is_valid and may_change(request.user, found, reach=reach),
        "may_issue_anew": _waits_for_a_new_one(found) and may_change(request.user, found, reach=reach),
    }
    response = render(request, "records/office/certificate.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _waits_for_a_new_one(found: Certificate) -> bool:
    return found.state == CertificateState.REVOKED and not hasattr(found, "replaced_by")


def _issued_anew(revoked: Certificate | None) -> ModelLogEntry | None:
    """What the log says of the new one that was issued in place of a revoked one."""
    if revoked is None or revoked.state != CertificateState.REVOKED or not hasattr(revoked, "replaced_by"):
        return None
    return _logged(revoked, ISSUED_ANEW).select_related("user").first()


def _logged(found: Certificate, action: str) -> QuerySet[ModelLogEntry]:
    kind = ContentType.objects.get_for_model(Certificate)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=str(found.pk), action=action)


def _downloads(found: Certificate) -> list[ModelLogEntry]:
    """The last downloads by officers."""
    return list(_logged(found, DOWNLOADED).select_related("user").order_by("-timestamp")[:DOWNLOADS])


@login_required
@require_safe
def file(request: HttpRequest, certificate_id: int) -> FileResponse:
    """The stored bytes; who took them stands in the log."""
    reach = register_reach(request.user)  # type: ignore[arg-type]
    found = get_object_or_404(certificates_visible_to(request.user, reach=reach), pk=certificate_id)
    if not found.has_file:
        raise Http404
    log(found, DOWNLOADED, user=request.user)
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"certificate-{found.code}.pdf",
        content_type="application/pdf",
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def _changed(request: HttpRequest, certificate_id: int) -> tuple[Reach, Certificate]:
    """A certificate that the person may change; one that has ended already says so (409)."""
    reach = register_reach(request.user)  # type: ignore[arg-type]
    found = get_object_or_404(certificates_changed_by(request.user, reach=reach), pk=certificate_id)
    if not found.is_valid:
        raise Refused(
            _("Certificate %(number)s is “%(state)s” by now, so it cannot be changed again.")
            % {"number": found.number, "state": found.get_state_display()},
            way_on=f"/office/certificates/{found.pk}/",
            way_on_label=found.number,
        )
    return reach, found


@login_required
def revoke(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """The reason first, then a second look at what will happen, then the deed."""
    _reach, found = _changed(request, certificate_id)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            return _page(request, "revoke_check", found, form)
        ending.revoke(found, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Certificate %(number)s is revoked.") % {"number": found.number})
        return redirect("records:office_certificate", found.pk)
    return _page(request, "revoke", found, form)


@login_required
def replace(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """The corrected words first, then old and new beside each other, then the deed."""
    _reach, found = _changed(request, certificate_id)
    form = ReplaceForm(request.POST or None, certificate=found)
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            return _page(request, "replace_check", found, form)
        said = form.cleaned_data
        new = ending.replace(
            found,
            reason=said["reason"],
            by=request.user,  # type: ignore[arg-type]
            **form.corrections(),
        )
        messages.success(
            request,
            _("Certificate %(new)s took the place of %(old)s.") % {"new": new.number, "old": found.number},
        )
        return redirect("records:office_certificate", new.pk)
    return _page(request, "replace", found, form)


@login_required
def issue_anew(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """After a wrong revocation: the reason, then a second look at what stays and what is new, then the deed."""
    reach = register_reach(request.user)  # type: ignore[arg-type]
    mine = certificates_changed_by(request.user, reach=reach).select_related("replaced_by")
    found = get_object_or_404(mine, pk=certificate_id)
    if not _waits_for_a_new_one(found):
        newer = getattr(found, "replaced_by", found)
        raise Refused(
            _("Nothing is issued in place of certificate %(number)s: it is not revoked, or has its new one already.")
            % {"number": found.number},
            way_on=f"/office/certificates/{newer.pk}/",
            way_on_label=newer.number,
        )
    form = IssueAnewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            return _page(request, "issue_anew_check", found, form)
        new = ending.issue_anew(found, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
        said = _("The paper is recorded anew.") if new.is_recorded else _("Certificate %(number)s is issued.")
        messages.success(request, said % {"number": new.number})
        return redirect("records:office_certificate", new.pk)
    return _page(request, "issue_anew", found, form)


def _page(request: HttpRequest, name: str, found: Certificate, form: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"certificate": found, "form": form}
    return render(request, f"records/office/{name}.html", context, status=status)
