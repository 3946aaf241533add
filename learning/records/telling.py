"""Certificates of the register in words: totals, lines of a list, what happened to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import ModelLogEntry

from certification.choices import CertificateState, Origin
from certification.models import Certificate
from cms.thai.dates import format_be
from learning.records.narrowing import EXPIRED, WAITING

KEY_REVOKED = "key-revoked"
# How a state is marked beside its word: components/due_mark.html.
MARKS = {
    CertificateState.REVOKED: "over",
    KEY_REVOKED: "over",
    CertificateState.REPLACED: "",
    EXPIRED: "soon",
    WAITING: "soon",
}


@dataclass(frozen=True)
class Standing:
    """The state of a certificate today, its word and its mark."""

    name: str
    label: str
    mark: str


def standing(certificate: Certificate, *, today: date | None = None) -> Standing:
    """One state: ended before signed with a revoked key, that before expired, expired before waiting for its file."""
    name, label = str(certificate.state), str(certificate.get_state_display())
    if certificate.is_valid:
        if certificate.is_signed_by_a_revoked_key:
            name, label = KEY_REVOKED, _("Signing key revoked")
        elif certificate.has_expired(today):
            name, label = EXPIRED, pgettext("of certificates", "Expired")
        elif certificate.awaits_file:
            name, label = WAITING, _("Waiting for its file")
    return Standing(name, label, MARKS.get(name, "done"))


def lines_of(certificates: Iterable[Certificate]) -> list[tuple[Certificate, Standing]]:
    """Each with its standing of today."""
    today = timezone.localdate()
    return [(one, standing(one, today=today)) for one in certificates]


def tiles_of(counts: dict[str, int], query: QueryDict) -> list[dict[str, Any]]:
    """The totals above the list; each leads to its lines."""
    shown = [
        ("total", _("Certificates"), "", "", ""),
        (CertificateState.VALID, CertificateState.VALID.label, "state", CertificateState.VALID, ""),
        (EXPIRED, pgettext("of certificates", "Expired"), "state", EXPIRED, ""),
        (CertificateState.REVOKED, CertificateState.REVOKED.label, "state", CertificateState.REVOKED, ""),
        (CertificateState.REPLACED, CertificateState.REPLACED.label, "state", CertificateState.REPLACED, ""),
        ("recorded", Origin.RECORDED.label, "origin", Origin.RECORDED, ""),
        (WAITING, _("Waiting for its file"), "state", WAITING, "ask"),
    ]
    tiles = []
    for name, label, field, value, kind in shown:
        if name not in ("total", CertificateState.VALID) and not counts[name]:
            continue
        tiles.append(
            {
                "label": label,
                "number": f"{counts[name]:,}",
                "url": _address(query, field, str(value)) if field else "",
                "is_main": name == "total",
                "kind": kind,
            }
        )
    return tiles


def _address(query: QueryDict, field: str, value: str) -> str:
    wanted = query.copy()
    wanted.pop("page", None)
    wanted[field] = value
    return f"?{wanted.urlencode()}"


def happenings_of(
    certificate: Certificate,
    *,
    paper: str = "",
    came_anew: ModelLogEntry | None = None,
    went_anew: ModelLogEntry | None = None,
) -> list[dict[str, Any]]:
    """What happened to one, newest first; `paper` names the list that it was recorded from.

    Of a new one after a revocation the log has a line: `came_anew` where this is the new one, `went_anew` where it
    is the revoked one. One that was issued anew and revoked again has both.

    The row has `created_by`, `ended_by`, `replaces`, `replaced_by` and `renews` with it.
    """
    found: list[tuple[Any, dict[str, Any]]] = []
    by = {"person": str(certificate.created_by)} if certificate.created_by else {"person": _("the academy")}
    if certificate.is_recorded:
        said = _("By %(person)s, from the list “%(file)s”.") if paper else _("By %(person)s.")
        text = said % {**by, "file": paper}
        found.append((certificate.created_at, {"label": _("Recorded from paper"), "text": text, "icon": "edit"}))
    else:
        found.append(
            (
                certificate.created_at,
                {
                    "label": _("Certificate issued"),
                    "text": _("By %(person)s.") % by,
                    "icon": "certificate",
                },
            )
        )
    if certificate.rendered_at:
        size = max(1, certificate.byte_count // 1024)
        text = _("%(size)d KB, signed and stored. It is never made again.") % {"size": size}
        found.append((certificate.rendered_at, {"label": _("File stored"), "text": text, "icon": "document"}))
    if certificate.replaces:
        found.append((certificate.created_at, _succession(certificate.replaces, came_anew)))
    if certificate.ended_at:
        found.append((certificate.ended_at, _ending(certificate)))
        if went_anew:
            found.append((went_anew.timestamp, _issued_anew(certificate, went_anew)))
    if certificate.valid_until and certificate.has_expired():
        text = _("Its last day was %(day)s.") % {"day": format_be(certificate.valid_until)}
        label = pgettext("of certificates", "Expired")
        found.append((certificate.valid_until, {"label": label, "text": text, "icon": "clock"}))
    ordered = sorted(found, key=lambda one: str(one[0]), reverse=True)
    return [{"on": _moment(moment), **line} for moment, line in ordered]


def _succession(old: Certificate, anew: ModelLogEntry | None) -> dict[str, Any]:
    """How the new one came after the old one: corrected, or issued anew because the old one was revoked wrongly."""
    label, text = _("Took the place of %(number)s"), old.reason
    if old.state == CertificateState.REVOKED:
        label, text = _("Issued anew after %(number)s had been revoked"), anew.data["reason"] if anew else ""
    return {
        "label": label % {"number": old.number},
        "text": text,
        "icon": "refresh",
        "url": reverse("records:office_certificate", args=[old.pk]),
        "url_label": _("See the earlier one"),
    }


def _issued_anew(old: Certificate, anew: ModelLogEntry) -> dict[str, Any]:
    new = old.replaced_by
    said = {"person": str(anew.user or _("the academy")), "reason": anew.data["reason"]}
    return {
        "label": _("A new one was recorded") if new.is_recorded else _("A new one was issued"),
        "text": _("By %(person)s. Reason: %(reason)s") % said,
        "icon": "refresh",
        "url": reverse("records:office_certificate", args=[new.pk]),
        "url_label": new.number,
    }


def _ending(certificate: Certificate) -> dict[str, Any]:
    said = {"person": str(certificate.ended_by or _("the academy")), "reason": certificate.reason}
    text = _("By %(person)s. Reason: %(reason)s") % said
    if certificate.state == CertificateState.REVOKED:
        return {"label": CertificateState.REVOKED.label, "text": text, "icon": "close", "is_end": True}
    new = getattr(certificate, "replaced_by", None)
    line = {"label": CertificateState.REPLACED.label, "text": text, "icon": "close", "is_end": True}
    if new is not None:
        line |= {"url": reverse("records:office_certificate", args=[new.pk]), "url_label": new.number}
    return line


def _moment(moment: Any) -> str:
    if hasattr(moment, "hour"):
        return f"{format_be(moment, 'short')} {format_be(moment, 'time')}"
    return format_be(moment, "short")
