"""Findings from our own register: is the certificate known, are these its bytes, does it count today."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from certification.checking.others import OtherPaper, other_paper
from certification.checking.report import Report, Weight
from certification.choices import CertificateState
from certification.codes import grouped
from certification.models import Certificate
from cms.thai.dates import format_be


def add_register(report: Report, *, is_said_to_be_ours: bool, now: datetime) -> None:
    """Known or not; then the bytes, then its standing."""
    certificate = report.certificate
    if certificate is None:
        _add_unknown(report, is_said_to_be_ours)
        return
    report.add(
        "known",
        True,
        _("Certificate %(number)s stands in our register: %(name)s, %(course)s.")
        % {"number": certificate.number, "name": certificate.holder_name, "course": certificate.course_title},
    )
    _add_bytes(report, certificate)
    add_standing(report, certificate, now)


def _add_unknown(report: Report, is_said_to_be_ours: bool) -> None:
    paper = other_paper(sha256=report.sha256)
    if paper is not None:
        _add_other_paper(report, paper)
    elif is_said_to_be_ours:
        sentence = _("The file says it is a certificate of ours, but there is none like it in our register.")
        report.add("known", False, sentence, _("Treat it as forged and tell the academy."))
    else:
        sentence = _("Nothing in the file says which certificate of ours it would be.")
        report.add("known", False, sentence, _("If it has a code under a QR, type it here."), Weight.DOUBTS)


def _add_other_paper(report: Report, paper: OtherPaper) -> None:
    """No certificate, but signed and kept by us all the same."""
    report.other_address = paper.address
    report.add("known", True, paper.sentence)
    report.add("bytes", True, _("The file is, byte for byte, the one we issued and keep."))
    if paper.fault:
        report.add("standing", False, paper.fault)
    elif paper.doubt:
        report.add("standing", None, paper.doubt, weight=Weight.DOUBTS)
    else:
        sentence = _("It says what was true on the day it was made, and nothing of it was revoked since.")
        report.add("standing", True, sentence)


def _add_bytes(report: Report, certificate: Certificate) -> None:
    if not certificate.has_file:
        sentence = _("We have no file of this certificate to compare with.")
        report.add("bytes", None, sentence, weight=Weight.DOUBTS)
    elif certificate.sha256 == report.sha256:
        report.add("bytes", True, _("The file is, byte for byte, the one we issued and keep."))
    else:
        sentence = _("The file is not the one we issued: its bytes differ from those we keep.")
        advice = _("Compare every line with the page of the code %(code)s; what that page says is what we issued.")
        report.add("bytes", False, sentence, advice % {"code": grouped(certificate.code)})


def add_standing(report: Report, certificate: Certificate, now: datetime) -> None:
    """Valid, revoked (when, by which office, why), replaced, expired, or only recorded from paper."""
    gaps = {
        "issuer": certificate.issuer,
        "reason": certificate.reason,
        "date": format_be(certificate.ended_at) if certificate.ended_at else "",
        "until": format_be(certificate.valid_until) if certificate.valid_until else "",
    }
    if certificate.state == CertificateState.REVOKED:
        _add_revoked(report, certificate, gaps)
    elif certificate.state == CertificateState.REPLACED:
        _add_replaced(report, certificate, gaps)
    elif certificate.is_signed_by_a_revoked_key:
        sentence = _("The academy issued it, but its signature can no longer be relied on.")
        report.add("standing", False, sentence, _("Ask the issuer for a new one."))
    elif certificate.has_expired(localdate(now)):
        sentence = _("It was valid until %(until)s, and has expired.")
        report.add("standing", False, sentence % gaps, _("Ask the holder whether it was renewed."))
    elif certificate.is_recorded:
        sentence = _("It was issued on paper before; the academy recorded it and did not issue it.")
        report.add("standing", None, sentence, _("Ask the office named on the paper."), Weight.DOUBTS)
    elif certificate.valid_until:
        report.add("standing", True, _("It is valid until %(until)s.") % gaps)
    else:
        report.add("standing", True, _("It is valid, and does not expire."))


def _add_revoked(report: Report, certificate: Certificate, gaps: dict[str, str]) -> None:
    newer = _newer(certificate)
    sentence = _("It was revoked on %(date)s by %(issuer)s. Reason: %(reason)s") % gaps
    advice = _("It no longer counts. Ask the issuer if you need to know more.")
    if newer is not None:
        advice = _("It no longer counts. Since then a new one has been issued, number %(number)s, code %(code)s.")
        if newer.is_recorded:
            advice = _("It no longer counts. Since then the paper has been recorded anew, with the code %(code)s.")
        advice %= {"number": newer.number, "code": grouped(newer.code)}
    report.add("standing", False, sentence, advice)


def _newer(certificate: Certificate) -> Certificate | None:
    return Certificate.objects.filter(replaces=certificate).first()


def _add_replaced(report: Report, certificate: Certificate, gaps: dict[str, str]) -> None:
    newer = _newer(certificate)
    sentence = _("It was replaced on %(date)s by %(issuer)s. Reason: %(reason)s") % gaps
    advice = _("Ask the holder for the newer certificate.")
    if newer is not None:
        advice = _("The one that came after it has the number %(number)s and the code %(code)s.")
        if newer.is_valid:
            advice = _("The certificate that counts has the number %(number)s and the code %(code)s.")
        advice %= {"number": newer.number, "code": grouped(newer.code)}
    report.add("standing", False, sentence, advice)
