"""Reads of certificates."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from certification.choices import CertificateState, Origin
from certification.models import Certificate, CertificateDesign


def certificates_of(user: AbstractBaseUser) -> QuerySet[Certificate]:
    """A person's own certificates, newest first."""
    return Certificate.objects.filter(holder=user.pk)


def certificate_with_code(code: str) -> Certificate | None:
    """For anyone who holds the code; None when it was never given out."""
    return Certificate.objects.filter(code=code).first()


def offered_designs(*, chosen: int | None = None) -> QuerySet[CertificateDesign]:
    """Designs that a form offers: those not archived, and the one that was chosen before."""
    return CertificateDesign.objects.filter(Q(is_archived=False) | Q(pk=chosen))


def waiting_for_a_file() -> QuerySet[Certificate]:
    """Certificates without a file. Who was revoked or replaced before it came needs none."""
    return Certificate.objects.filter(
        origin=Origin.ISSUED, rendered_at__isnull=True, state=CertificateState.VALID
    ).order_by("try_at", "pk")


def due_for_a_file(*, now: datetime) -> QuerySet[Certificate]:
    """Those whose file is to be asked for again: a worker was killed, or something was in the way."""
    return waiting_for_a_file().filter(try_at__lte=now)


def renewed_by(certificate: Certificate) -> Certificate | None:
    """The valid certificate that renewed this one, if there is one."""
    return certificate.renewals.filter(state=CertificateState.VALID).order_by("-issued_on", "-pk").first()
