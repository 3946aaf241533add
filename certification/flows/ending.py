"""Taking a certificate back, correcting one, issuing one anew: page, JSON and list change in one transaction."""

from datetime import date
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certification.choices import TRANSITIONS, CertificateState, Origin
from certification.codes import new_code
from certification.flows.issuing import address_of, clipped, hand_out, longest, place_in_series
from certification.freezing import current_version, prints_english
from certification.models import Certificate
from certification.status import sign_anew, take_place
from cms.thai.words import normalise

# The log of the revoked one: why, and the number of the new one.
ISSUED_ANEW = "certification.issue_anew"


class AlreadyEnded(Exception):
    """The certificate was revoked or replaced before; `sentence` says so to a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotRevoked(Exception):
    """Only what was revoked is issued anew, and once; `sentence` says so to a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ReasonMissing(ValueError):
    """Nobody takes a certificate back without saying why, in 1 to 300 characters."""


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: AbstractBaseUser) -> Certificate:
    """From now on it does not hold; the reason, who and when stand on its page. Its number stays taken.

    Raises AlreadyEnded, and ReasonMissing.
    """
    certificate = _end(certificate, CertificateState.REVOKED, reason=reason, by=by)
    _tell_the_list(certificate)
    log(certificate, "certification.revoke", user=by, data={"reason": certificate.reason})
    return certificate


@transaction.atomic
def replace(
    certificate: Certificate,
    *,
    reason: str,
    by: AbstractBaseUser,
    holder_name: str | None = None,
    holder_name_en: str | None = None,
    holder_role: str | None = None,
    course_title: str | None = None,
    hours: Decimal | None = None,
    started_on: date | None = None,
    completed_on: date | None = None,
) -> Certificate:
    """Issue a corrected one in its place, with a number and a code of its own; what is None stays as it was.

    It is for the same occasion, holds as long as the old one did, and is signed by the design's signers of today.
    One recorded from paper keeps the number of its paper, and stays recorded. Raises AlreadyEnded, and ReasonMissing.
    """
    old = _end(certificate, CertificateState.REPLACED, reason=reason, by=by)
    new = _copy_of(old)
    corrected = {
        "holder_name": holder_name,
        "holder_name_en": holder_name_en,
        "holder_role": holder_role,
        "course_title": course_title,
    }
    for name, text in corrected.items():
        if text is not None:
            setattr(new, name, clipped(name, text))
    new.hours = old.hours if hours is None else hours
    new.started_on = started_on or old.started_on
    new.completed_on = completed_on or old.completed_on
    _hand_out_after(old, new, by=by)
    _tell_the_list(old)
    log(old, "certification.replace", user=by, data={"reason": old.reason, "by": new.number})
    return new


@transaction.atomic
def issue_anew(certificate: Certificate, *, reason: str, by: AbstractBaseUser) -> Certificate:
    """After a wrong revocation: a new one with a number and a code of its own, for the same occasion.

    The revoked one stays revoked for ever, with its reason and its place in the status list; its page leads to the
    new one. What was printed stays, but for the texts and signers, which are the design's of today; so does the last
    day of validity. One recorded from paper keeps the number of its paper, and stays recorded. `reason` is told to the
    holder and stands in the log. Raises NotRevoked, also for the second of two at once, and ReasonMissing.
    """
    said = _checked(reason)
    old = _locked(certificate)
    _refuse_unrevoked(old)
    new = _copy_of(old)
    _hand_out_after(old, new, by=by)
    _tell_the_list(old)
    log(old, ISSUED_ANEW, user=by, data={"reason": said, "by": new.number})
    return new


def _refuse_unrevoked(old: Certificate) -> None:
    if old.state != CertificateState.REVOKED:
        raise NotRevoked(
            _("Certificate %(number)s is not revoked, so none is issued in its place.") % {"number": old.number}
        )
    newer = Certificate.objects.filter(replaces=old.pk).first()
    if newer is not None:
        raise NotRevoked(
            _("In place of %(number)s the certificate %(newer)s was issued before. Look at that one.")
            % {"number": old.number, "newer": newer.number}
        )
    if old.is_recorded and _stands_again(old):
        raise NotRevoked(
            _(
                "By now another certificate with the number %(number)s of the same office holds in the register, "
                "so this paper is not recorded a second time. Look for that one by its number."
            )
            % {"number": old.number}
        )


def _stands_again(paper: Certificate) -> bool:
    """Whether the number of a paper was recorded from another list since, or is one of our own."""
    valid = Certificate.objects.filter(number=paper.number, state=CertificateState.VALID)
    return any(
        origin == Origin.ISSUED or _plain(issuer) == _plain(paper.issuer)
        for origin, issuer in valid.order_by().values_list("origin", "issuer")
    )


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _copy_of(old: Certificate) -> Certificate:
    """Unsaved, with every word of the caller's and of the sheet, and nothing of the old one's life."""
    new = Certificate.objects.get(pk=old.pk)
    new.pk, new.replaces, new.state = None, old, CertificateState.VALID
    new._state.adding = True
    new.ended_at, new.ended_by, new.reason = None, None, ""
    new.file, new.sha256, new.byte_count, new.rendered_at = "", "", 0, None
    new.try_count, new.trouble = 0, ""
    new.credential = new.credential_json = ""
    new.document_key = new.approval_key = new.badge_key = None
    return new


def _hand_out_after(old: Certificate, new: Certificate, *, by: AbstractBaseUser) -> None:
    """Keep the new one: issued today, or recorded still."""
    if old.is_recorded:
        new.code = new_code()
        new.verify_url = address_of(new.code)
        new.created_at, new.created_by_id = timezone.now(), by.pk
        new.save(force_insert=True)
    else:
        place = take_place()
        _as_of_today(new, old, by=by)
        hand_out(new, place, by=by)


def _as_of_today(new: Certificate, old: Certificate, *, by: AbstractBaseUser) -> None:
    """The next number, and the texts and signers of the design as it is now."""
    assert old.design is not None, "The database holds no issued certificate without a design."
    version = current_version(old.design, by=by)
    new.issued_on = timezone.localdate()
    for name, value in place_in_series(old.design.number_pattern, office=old.office, on=new.issued_on).items():
        setattr(new, name, value)
    if old.version is not None and old.statement == old.version.spec["statement"]:
        new.statement = version.spec["statement"]  # else it is the caller's own
    if not prints_english(version):
        new.holder_name_en = ""
    new.version, new.issuer = version, version.spec["issuer"]
    new.signers = [{"name": one["name"], "position": one["position"]} for one in version.spec["signers"]]


def _end(certificate: Certificate, state: str, *, reason: str, by: AbstractBaseUser) -> Certificate:
    """The locked row, ended. Of two who end it at once, the second is refused."""
    said = _checked(reason)
    certificate = _locked(certificate)
    if state not in TRANSITIONS.get(certificate.state, frozenset()):
        raise AlreadyEnded(
            _("Certificate %(number)s was revoked before. A revoked certificate stays revoked.")
            % {"number": certificate.number}
            if certificate.state == CertificateState.REVOKED
            else _("Certificate %(number)s was replaced before. Look at the one that replaced it.")
            % {"number": certificate.number}
        )
    certificate.state, certificate.reason = state, said
    certificate.ended_at, certificate.ended_by_id = timezone.now(), by.pk
    certificate.save(update_fields=["state", "reason", "ended_at", "ended_by"])
    return certificate


def _locked(certificate: Certificate) -> Certificate:
    """Its row, for us alone to change. That it is there, others may rely on: who renews it has the status list."""
    return Certificate.objects.select_for_update(no_key=True).get(pk=certificate.pk)


def _checked(reason: str) -> str:
    said = normalise(reason)
    if not 1 <= len(said) <= longest("reason"):
        raise ReasonMissing(
            "A certificate is taken back, corrected or issued anew with a reason of 1 to 300 characters."
        )
    return said


def _tell_the_list(certificate: Certificate) -> None:
    if certificate.status_list is not None:
        sign_anew(certificate.status_list)
