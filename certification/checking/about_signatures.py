"""Findings about the signatures: right or not, what was changed afterwards, and whose key it was."""

import base64
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.checking.reading import Paper, Signature
from certification.checking.report import Report, Weight
from certification.choices import KeyState
from certification.keys.public import jwk_of, kid_of
from certification.models import SigningKey
from cms.thai.dates import format_be

# A worker finishes what it has in hand when a key is retired, and the clocks of two machines differ.
IN_HAND = timedelta(minutes=5)


def key_of(signature: Signature) -> SigningKey | None:
    """The key of ours that made it, by the thumbprint of the key in its certificate; None when it is a stranger's."""
    try:
        public = x509.load_der_x509_certificate(base64.b64decode(signature.certificate)).public_key()
        kid = kid_of(jwk_of(public))
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion, x509.UnsupportedGeneralNameType):
        return None
    return SigningKey.objects.filter(kid=kid).first()


def add_signatures(report: Report, paper: Paper, keys: list[SigningKey | None], *, is_said_to_be_ours: bool) -> None:
    """All of them, first to last; `is_said_to_be_ours` makes a stranger's key a forgery."""
    if paper.signature_problem:
        sentence = _("Its signatures cannot be read: the file was changed, or saved by another program.")
        report.add("signatures", False, sentence, _original())
        return
    if not paper.signatures:
        _add_none(report)
        return
    count = len(paper.signatures)
    report.add(
        "signatures",
        True,
        ngettext("It carries %(count)d electronic signature.", "It carries %(count)d electronic signatures.", count)
        % {"count": count},
    )
    for number, (signature, key) in enumerate(zip(paper.signatures, keys, strict=True), 1):
        _add_one(report, number, signature)
        _add_signer(report, number, signature, key, is_said_to_be_ours)
        _add_time(report, number, signature)
    _add_whole_file(report, paper.signatures[-1])


def _add_none(report: Report) -> None:
    """Certificates of before the academy signed have none; then the bytes on file speak."""
    certificate = report.certificate
    if certificate is not None and certificate.has_file and certificate.document_key_id is None:
        sentence = _("It carries no electronic signature: it was made before the academy signed its files.")
        report.add("signatures", None, sentence, weight=Weight.TELLS)
        return
    sentence = _("It carries no electronic signature. A file that was printed again or scanned loses it.")
    report.add("signatures", False, sentence, _original(), Weight.DOUBTS)


def _add_one(report: Report, number: int, signature: Signature) -> None:
    who = {"number": number, "name": signature.signer}
    if not signature.is_right:
        sentence = _("Signature %(number)d, of %(name)s, does not fit: the content was changed after signing.")
        report.add(f"signature-{number}", False, sentence % who, _original())
        return
    report.add(f"signature-{number}", True, _("Signature %(number)d, of %(name)s, fits what was signed.") % who)
    if signature.pages_now > signature.pages_then > 0:
        added = signature.pages_now - signature.pages_then
        sentence = ngettext(
            "%(count)d page was added after signature %(number)d: nobody signed it.",
            "%(count)d pages were added after signature %(number)d: nobody signed them.",
            added,
        )
        report.add(f"changes-{number}", False, sentence % {"count": added, "number": number}, _original())
    elif not signature.changes_are_allowed:
        sentence = _("The file was changed after signature %(number)d in a way that the signer did not allow.")
        report.add(f"changes-{number}", False, sentence % who, _original())
    elif signature.changes == "none":
        report.add(f"changes-{number}", True, _("Nothing was changed after signature %(number)d.") % who)
    else:
        sentence = _("After signature %(number)d only what the signer allowed was added, as a second signature is.")
        report.add(f"changes-{number}", True, sentence % who)


def _add_whole_file(report: Report, last: Signature) -> None:
    if last.covers_all:
        report.add("whole-file", True, _("The signatures cover the whole file."))
    else:
        sentence = _("The file has a part that no signature covers: it was added after the last one.")
        report.add("whole-file", False, sentence, _original())


def _add_signer(
    report: Report, number: int, signature: Signature, key: SigningKey | None, is_said_to_be_ours: bool
) -> None:
    code = f"signer-{number}"
    who = {"number": number, "name": signature.signer}
    if key is None:
        if is_said_to_be_ours:
            sentence = _("The key of signature %(number)d, “%(name)s”, is not one of ours, though the file says so.")
            report.add(code, False, sentence % who, _("Treat it as forged and tell the academy."))
        else:
            sentence = _("We do not know the key of signature %(number)d, “%(name)s”. Anyone can make one by any name.")
            report.add(code, False, sentence % who, weight=Weight.DOUBTS)
        return
    who["name"] = key.name
    if key.state == KeyState.REVOKED:
        gaps = {**who, "date": _day(key.revoked_at), "reason": key.reason or _("not given")}
        sentence = _("The signing key of “%(name)s” was revoked on %(date)s. Reason: %(reason)s.") % gaps
        report.add(
            code, False, sentence, _("Ask the academy for a new certificate: what this key signed no longer counts.")
        )
    elif key.state == KeyState.RETIRED and _is_after(signature.signed_at, key.retired_at):
        sentence = _("The signing key of “%(name)s” was out of use since %(date)s, before this was signed.")
        report.add(code, False, sentence % {**who, "date": _day(key.retired_at)}, _("Tell the academy."))
    elif key.is_test:
        sentence = _("The key is ours, but from a test authority: it is for trying out and proves nothing to others.")
        report.add(code, None, sentence, weight=Weight.TELLS)
    elif key.state == KeyState.RETIRED:
        sentence = _("The key is ours: %(name)s. It went out of use on %(date)s; what it signed before stays good.")
        report.add(code, True, sentence % {**who, "date": _day(key.retired_at)})
    else:
        report.add(code, True, _("The key is ours: %(name)s.") % who)


def _add_time(report: Report, number: int, signature: Signature) -> None:
    code, stamp = f"time-{number}", signature.timestamp
    if stamp is not None:
        gaps = {"when": _moment(stamp["at"]), "name": stamp["by"]}
        if stamp["is_right"]:
            report.add(code, True, _("The time %(when)s is attested by %(name)s.") % gaps, weight=Weight.TELLS)
        else:
            report.add(code, False, _("The timestamp of %(name)s does not fit this signature.") % gaps, _original())
    elif signature.signed_at:
        sentence = _("The signer gives %(when)s as the time of signing; no authority attests it.")
        report.add(code, None, sentence % {"when": _moment(signature.signed_at)}, weight=Weight.TELLS)
    else:
        report.add(code, None, _("The signature gives no time."), weight=Weight.TELLS)


def _instant(text: str) -> datetime | None:
    """A stranger writes what he likes: None for what is no moment, UTC where no zone is named."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _is_after(text: str, moment: datetime | None) -> bool:
    signed_at = _instant(text)
    return bool(signed_at and moment and signed_at > moment + IN_HAND)


def _moment(text: str) -> str:
    """Date and time; the text itself when it is neither, or lies outside of what a calendar shows."""
    moment = _instant(text)
    try:
        return f"{format_be(localtime(moment))} {format_be(moment, 'time')}" if moment else text
    except (ValueError, OverflowError):
        return text


def _day(moment: datetime | None) -> str:
    return format_be(moment) if moment else ""


def _original() -> str:
    return _("Ask the holder for the file as it was downloaded from the academy, or type the code under the QR.")
