"""Reads of certificates."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from certification.choices import Origin
from certification.models import Certificate


def certificates_of(user: AbstractBaseUser) -> QuerySet[Certificate]:
    """A person's own certificates, newest first."""
    return Certificate.objects.filter(holder=user.pk)


def certificate_with_code(code: str) -> Certificate | None:
    """For anyone who holds the code; None when it was never given out."""
    return Certificate.objects.filter(code=code).first()


def waiting_for_a_file(*, since: timedelta = timedelta(minutes=1)) -> QuerySet[Certificate]:
    """Certificates whose file did not come: a worker was killed, or Pango is missing."""
    return Certificate.objects.filter(origin=Origin.ISSUED, rendered_at__isnull=True, created_at__lte=timezone.now() - since)
