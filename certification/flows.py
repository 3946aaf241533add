"""Issuing a certificate, exactly once per completion."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from certification.codes import new_code
from certification.models import Certificate, CertificateCounter, CertificateDesign
from certification.tasks import render_certificate
from cms.thai.dates import fiscal_year_be


@dataclass(frozen=True)
class Achievement:
    """What a person has completed, frozen at that moment. `hours` are training hours."""

    holder: AbstractBaseUser
    holder_name: str
    holder_role: str
    course_title: str
    hours: Decimal
    completed_on: date
    statement: str = ""  # above the course; empty: as the design has it


@transaction.atomic
def issue_certificate(design: CertificateDesign, achievement: Achievement, *, by: AbstractBaseUser) -> Certificate:
    """Give out the next number of the fiscal year and seal the facts; the file follows after commit.

    The number is taken in the caller's transaction: when that rolls back, the number is free again,
    so the year has no gaps.
    """
    issued_on = timezone.localdate()
    prefix, fiscal_year = settings.CERTIFICATE_NUMBER_PREFIX, fiscal_year_be(issued_on)
    code = new_code()
    certificate = Certificate.objects.create(
        code=code,
        prefix=prefix,
        fiscal_year=fiscal_year,
        running_number=_next_number(prefix, fiscal_year),
        holder_id=achievement.holder.pk,
        design=design,
        holder_name=achievement.holder_name,
        holder_role=achievement.holder_role,
        course_title=achievement.course_title,
        hours=achievement.hours,
        completed_on=achievement.completed_on,
        issued_on=issued_on,
        issuer=design.issuer,
        statement=achievement.statement or design.statement,
        signer_name=design.signer_name,
        signer_position=design.signer_position,
        verify_url=f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/v/{code}",
    )
    transaction.on_commit(lambda: render_certificate.delay(certificate.pk), robust=True)
    return certificate


def _next_number(prefix: str, fiscal_year: int) -> int:
    """The counter row is locked by its update until the transaction ends: one at a time, no gap."""
    counter = CertificateCounter.objects.filter(prefix=prefix, fiscal_year=fiscal_year)
    if not counter.update(last=F("last") + 1):
        CertificateCounter.objects.bulk_create(
            [CertificateCounter(prefix=prefix, fiscal_year=fiscal_year)], ignore_conflicts=True
        )
        counter.update(last=F("last") + 1)
    return counter.values_list("last", flat=True).get()
