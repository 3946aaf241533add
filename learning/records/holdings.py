"""Reads of what a person holds and shows: certificates, training records, links given away."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from certification.checking.standing import Standing
from certification.checking.standing import standing_of as public_standing
from certification.choices import CertificateState
from certification.freezing import prints_english
from certification.models import Certificate
from certification.queries import certificates_of
from learning.records.choices import PaperState
from learning.records.models import TrainingRecord, WalletShare

# A certificate is about to expire for so long; the person still has time to learn anew.
SOON = timedelta(days=60)
# A training record that waits for so long has lost its worker.
LATE = timedelta(minutes=2)


def wallet_of(user: AbstractBaseUser) -> QuerySet[Certificate]:
    """A person's certificates, newest first, each with the one that took its place."""
    return certificates_of(user).select_related("replaced_by", "document_key", "approval_key")


def standing_of(certificate: Certificate) -> str:
    """As the public page says it, and for its holder also: soon (it is about to expire) and making (no file yet)."""
    keys = (certificate.document_key, certificate.approval_key)
    standing = public_standing(
        state=certificate.state,
        origin=certificate.origin,
        valid_until=certificate.valid_until,
        key_states={key.state for key in keys if key},
        today=timezone.localdate(),
    )
    if standing != Standing.VALID:
        return str(standing)
    if not certificate.has_file:
        return "making"
    if certificate.valid_until is not None and certificate.valid_until <= timezone.localdate() + SOON:
        return "soon"
    return str(standing)


def renewal_of(certificate: Certificate) -> Certificate | None:
    """The one that its holder got for completing the same again, where it was not revoked since."""
    renewals = Certificate.objects.filter(renews=certificate.pk, holder=certificate.holder_id)
    return renewals.filter(state=CertificateState.VALID).order_by("-issued_on", "-pk").first()


def lacks_english_name(certificate: Certificate) -> bool:
    """It counts and its sheet has English lines, but no name of the holder among them."""
    version = certificate.version
    return bool(certificate.is_valid and version and prints_english(version) and not certificate.holder_name_en)


def training_records_of(user: AbstractBaseUser) -> QuerySet[TrainingRecord]:
    """Those made for a person, newest first."""
    return TrainingRecord.objects.filter(person=user.pk).select_related("document_key", "approval_key")


def training_record_with(*, code: str = "", sha256: str = "") -> TrainingRecord | None:
    """For anyone who holds the paper or its bytes; None for what was never given out or has no paper yet."""
    known = {"code": code} if code else {"sha256": sha256}
    found = TrainingRecord.objects.filter(**known, state=PaperState.READY)
    return found.select_related("document_key", "approval_key").first() if code or sha256 else None


def training_records_left_waiting() -> QuerySet[TrainingRecord]:
    """Asked for, and their worker is gone."""
    return TrainingRecord.objects.filter(state=PaperState.WAITING, created_at__lt=timezone.now() - LATE)


def ended_since(record: TrainingRecord) -> int:
    """How many trainings of this record count no more: the last certificate of their chain is revoked.

    One query, and one more for each time that a certificate of it was corrected or issued anew.
    """
    codes = {
        line["code"]
        for year in record.facts["years"]
        for line in year["lines"]
        if line["code"] and line["note"] != "revoked"
    }
    ended, asked = 0, Q(code__in=codes)
    while True:
        found = Certificate.objects.filter(asked).exclude(state=CertificateState.VALID)
        chain = list(found.values_list("state", "replaced_by"))
        ended += chain.count((CertificateState.REVOKED, None))
        onward = [newer for _state, newer in chain if newer]
        if not onward:
            return ended
        asked = Q(pk__in=onward)


def shares_of(user: AbstractBaseUser) -> QuerySet[WalletShare]:
    """Every link a person has given away, newest first."""
    return WalletShare.objects.filter(person=user.pk)


def open_shares_of(user: AbstractBaseUser) -> QuerySet[WalletShare]:
    """Those that still answer: their last day is not over, and nobody took them back."""
    return shares_of(user).filter(ended_at__isnull=True, ends_on__gte=timezone.localdate())


def share_with(token: str) -> WalletShare | None:
    """For whoever holds the link; also one that has ended."""
    if not token.isprintable():  # PostgreSQL refuses to look for NUL
        return None
    return WalletShare.objects.select_related("person").filter(token=token).first()
