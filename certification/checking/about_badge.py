"""Findings about the Open Badge inside the file, and about lists of revoked ones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from certification.badge.reading import Finding as BadgeFinding
from certification.badge.reading import read_credential
from certification.checking.claims import Claims
from certification.checking.elsewhere import Elsewhere, read_elsewhere, read_list_elsewhere
from certification.checking.reading import Paper
from certification.checking.report import Report, Weight
from certification.models import Certificate
from certification.status.reading import ListFinding, ReadList, is_revoked, read_list


def add_badge(
    report: Report, paper: Paper, claims: Claims, *, now: datetime, did_document: dict[str, Any] | None = None
) -> None:
    """There, genuine, and the same facts as in our register."""
    if not paper.credential:
        _add_none(report)
        return
    read = read_credential(paper.credential, now=now)
    if read.finding == BadgeFinding.OTHER_SITE:
        _add_elsewhere(report, paper, claims, did_document, now)
    elif read.is_signed_by_us and read.finding != BadgeFinding.NOT_A_BADGE:
        report.add("badge", True, str(BadgeFinding.GOOD.label))
        if not read.is_good:
            report.add("badge-time", False, str(read.finding.label))
        if report.certificate is not None:
            _add_facts(report, read.payload, report.certificate)
            _add_status(report, report.certificate, now)
    elif read.finding == BadgeFinding.REVOKED_KEY:
        advice = _("Ask the academy for a new certificate: what this key signed no longer counts.")
        report.add("badge", False, str(read.finding.label), advice)
    else:
        report.add("badge", False, str(read.finding.label), _("Treat it as forged and tell the academy."))


def _add_none(report: Report) -> None:
    if report.certificate is not None and report.certificate.badge_key_id is not None:
        sentence = _("The Open Badge that we put into the file is not in it any more.")
        report.add("badge", False, sentence, _("Ask the holder for the file as it was downloaded from the academy."))
    else:
        report.add("badge", None, _("There is no Open Badge in the file."), weight=Weight.TELLS)


def _add_facts(report: Report, payload: Mapping[str, Any], certificate: Certificate) -> None:
    """A genuine badge of somebody else, put into this file, says other things than our register."""
    differing = [name for name, said, ours in _pairs(payload, certificate) if said != ours]
    if differing:
        sentence = _("The badge in the file says other things than our register: %(facts)s.")
        advice = _("Treat it as forged and tell the academy.")
        report.add("facts", False, sentence % {"facts": ", ".join(differing)}, advice)
    else:
        report.add("facts", True, _("The badge says the same as our register: number, name, course and dates."))


def _pairs(payload: Mapping[str, Any], certificate: Certificate) -> list[tuple[str, object, object]]:
    subject = payload.get("credentialSubject")
    subject = subject if isinstance(subject, dict) else {}
    achievement = subject.get("achievement")
    identifiers = subject.get("identifier")
    identifiers = identifiers if isinstance(identifiers, list) else [identifiers]
    names = [one.get("identityHash") for one in identifiers if isinstance(one, dict) and not one.get("hashed")]
    return [
        (_("certificate number"), subject.get("licenseNumber"), certificate.number),
        (_("name"), names[:1], [certificate.holder_name]),
        (_("name in English"), names[1:], [certificate.holder_name_en] if certificate.holder_name_en else []),
        (_("course"), achievement.get("name") if isinstance(achievement, dict) else "", certificate.course_title),
        (_("date"), subject.get("activityEndDate"), certificate.completed_on.isoformat()),
    ]


def _add_status(report: Report, certificate: Certificate, now: datetime) -> None:
    """Our own list, as other programs see it. The register decides; that both say the same is a check of ourselves."""
    status_list = certificate.status_list
    if status_list is None or certificate.status_index is None:
        return
    marked = is_revoked(status_list, certificate.status_index, now=now)
    if marked:
        report.add("badge-status", False, _("In the public list of revoked badges it is marked."))
    elif marked is False:
        report.add(
            "badge-status", True, _("In the public list of revoked badges it is not marked."), weight=Weight.TELLS
        )
    else:
        sentence = _("The public list of revoked badges is out of date or missing; our register was asked instead.")
        report.add("badge-status", None, sentence, _("Tell the academy."), Weight.TELLS)


def add_status_list(
    report: Report, paper: Paper, token: str, *, now: datetime, did_document: dict[str, Any] | None = None
) -> None:
    """A list that somebody kept: what it says of this certificate, when it is still in force."""
    read = read_credential(paper.credential, now=now)
    if read.finding == BadgeFinding.OTHER_SITE and did_document is not None:
        listed, payload = read_list_elsewhere(token, did_document, now=now), claims_payload(paper, did_document, now)
    else:
        listed, payload = read_list(token, now=now), read.payload
    _add_listed(report, listed, payload)


def claims_payload(paper: Paper, did_document: dict[str, Any], now: datetime) -> Mapping[str, Any]:
    return read_elsewhere(paper.credential, did_document, now=now).payload


def _add_listed(report: Report, listed: ReadList, payload: Mapping[str, Any]) -> None:
    fresh = _("Fetch the newest list from the site that issued the certificate, and check again.")
    if not listed.bits:
        report.add("status-list", False, str(listed.finding.label), fresh, Weight.DOUBTS)
        return
    place = _place(payload, listed.number)
    try:
        is_set = place is not None and listed.is_set(place)
    except IndexError:
        place = None
    if place is None:
        sentence = _("The list of revoked certificates that you gave is not the one of this certificate.")
        report.add("status-list", False, sentence, fresh, Weight.DOUBTS)
    elif is_set:
        report.add("status-list", False, _("The list of revoked certificates that you gave marks it as revoked."))
    elif listed.finding != ListFinding.GOOD:
        report.add("status-list", False, str(listed.finding.label), fresh, Weight.DOUBTS)
    else:
        report.add("status-list", True, _("The list of revoked certificates that you gave does not mark it."))


def _place(payload: Mapping[str, Any], number: int) -> int | None:
    """Where this badge stands in that list; None when it names another list."""
    entries = payload.get("credentialStatus")
    for entry in entries if isinstance(entries, list) else [entries]:
        try:
            address, place = str(entry["statusListCredential"]), int(entry["statusListIndex"])  # type: ignore[index]
        except (KeyError, TypeError, ValueError):
            continue
        if address.rsplit("/", 1)[-1] == str(number):
            return place
    return None


def _add_elsewhere(
    report: Report, paper: Paper, claims: Claims, did_document: dict[str, Any] | None, now: datetime
) -> None:
    """Another site's badge: nothing to say without its keys; with them, whether it is whole."""
    gaps = {"host": claims.host}
    if did_document is None:
        sentence = _(
            "The Open Badge in it was issued by %(host)s; without the public keys of that site we cannot check it."
        )
        report.add("badge", None, sentence % gaps, weight=Weight.DOUBTS)
        return
    read: Elsewhere = read_elsewhere(paper.credential, did_document, now=now)
    if read.is_whole:
        sentence = _("The Open Badge in it fits the public keys that you gave for %(host)s.")
        report.add("badge", True, sentence % gaps)
    else:
        sentence = _("The Open Badge in it does not fit the public keys that you gave for %(host)s.")
        report.add("badge", False, sentence % gaps, _("Get the keys anew from that site itself, and check again."))
