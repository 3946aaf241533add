"""Is this file what it says it is? Every question that can be asked, answered in a sentence, without the network."""

import hashlib
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from certification.checking.about_badge import add_badge, add_status_list
from certification.checking.about_file import add_kind, add_programs, add_readable, add_size
from certification.checking.about_register import add_register
from certification.checking.about_signatures import add_signatures, key_of
from certification.checking.claims import Claims, claims_of
from certification.checking.reading import read_apart
from certification.checking.report import Report, Weight
from certification.models import Certificate


def examine(
    content: bytes,
    *,
    now: datetime,
    status_list: str | None = None,
    did_document: dict[str, Any] | None = None,
) -> Report:
    """Everything that is true of a file and everything that is not. Never raises for what is in it.

    `status_list` is a signed list (JWT) that somebody kept, asked instead of our register; `did_document` holds the
    public keys of another site, for a certificate of theirs. Nothing is fetched and nothing is kept.
    """
    report = Report(sha256=hashlib.sha256(content).hexdigest())
    if not (add_size(report, content) and add_kind(report, content)):
        return report
    paper = read_apart(content)
    if not add_readable(report, paper):
        return report
    claims = claims_of(paper)
    keys = [key_of(signature) for signature in paper.signatures]
    is_ours = claims.is_ours or any(keys)  # a site that moved still knows its keys
    report.certificate = _certificate(report.sha256, claims.code if is_ours else "")
    is_said_to_be_ours = is_ours or report.certificate is not None
    add_programs(report, paper)
    add_signatures(report, paper, keys, is_said_to_be_ours=is_said_to_be_ours)
    add_badge(report, paper, claims, now=now, did_document=did_document)
    if claims.is_of_another_site and not is_said_to_be_ours:
        _add_other_site(report, claims)
    else:
        add_register(report, is_said_to_be_ours=is_said_to_be_ours, now=now)
    if status_list is not None:
        add_status_list(report, paper, status_list, now=now, did_document=did_document)
    return report


def _certificate(sha256: str, code: str) -> Certificate | None:
    """By its bytes; else by the code that it carries, when it says it is ours."""
    known = Certificate.objects.select_related("status_list")
    certificate = known.filter(sha256=sha256).first()
    if certificate is None and code:
        certificate = known.filter(code=code).first()
    return certificate


def _add_other_site(report: Report, claims: Claims) -> None:
    """We have no register of theirs, and never ask them: who checks asks them himself."""
    gaps = {"name": claims.issuer_name or claims.host, "host": claims.host}
    report.add(
        "issuer",
        False,
        _("It was issued by another site, %(name)s (%(host)s). We cannot say whether it is true.") % gaps,
        _("Ask there: open %(host)s yourself and look for its check of certificates.") % gaps,
        Weight.DOUBTS,
    )
