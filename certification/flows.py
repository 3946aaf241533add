"""Issuing a certificate, exactly once per completion."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from certification.codes import new_code
from certification.freezing import current_version
from certification.models import Certificate, CertificateDesign
from certification.numbering import next_number, number_in, series_of
from certification.tasks import render_certificate
from cms.thai.dates import fiscal_year_be


@dataclass(frozen=True)
class Achievement:
    """What a person has completed, frozen at that moment. `hours` are training hours.

    The words from `occasion` on are the caller's: the same occasion gets no second certificate, certificates
    of one subject renew each other, `office` stands in the number where the design names none.
    """

    holder: AbstractBaseUser
    holder_name: str
    holder_role: str
    course_title: str
    hours: Decimal
    completed_on: date
    started_on: date | None = None
    statement: str = ""  # above the course; empty: as the design has it
    occasion: str = ""
    subject: str = ""
    office: str = ""
    organization_name: str = ""
    organization_key: int | None = None
    parent_key: int | None = None
    province_code: str = ""
    district_code: str = ""
    center_number: int | None = None


@transaction.atomic
def issue_certificate(design: CertificateDesign, achievement: Achievement, *, by: AbstractBaseUser) -> Certificate:
    """Give out the next number of the series and seal the facts; the file follows after commit.

    The number is taken in the caller's transaction: when that rolls back, the number is free again,
    so the year has no gaps. An occasion that has its certificate gets that one.
    """
    if achievement.occasion and (given := Certificate.objects.filter(occasion=achievement.occasion).first()):
        return given
    issued_on = timezone.localdate()
    fiscal_year = fiscal_year_be(issued_on)
    version = current_version(design, by=by)
    office = design.office_code or achievement.office or settings.CERTIFICATE_NUMBER_PREFIX
    series = series_of(design.number_pattern, office=office, fiscal_year=fiscal_year)
    running_number = next_number(series)
    code = new_code()
    certificate = Certificate.objects.create(
        code=code,
        number=number_in(series, running_number),
        series=series,
        running_number=running_number,
        fiscal_year=fiscal_year,
        holder_id=achievement.holder.pk,
        design=design,
        version=version,
        holder_name=achievement.holder_name,
        holder_role=achievement.holder_role,
        course_title=achievement.course_title,
        hours=achievement.hours,
        started_on=achievement.started_on,
        completed_on=achievement.completed_on,
        issued_on=issued_on,
        valid_until=_months_later(issued_on, design.valid_months),
        issuer=version.spec["issuer"],
        statement=achievement.statement or version.spec["statement"],
        signers=[{"name": one["name"], "position": one["position"]} for one in version.spec["signers"]],
        verify_url=f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/v/{code}",
        occasion=achievement.occasion,
        subject=achievement.subject,
        organization_name=achievement.organization_name,
        organization_key=achievement.organization_key,
        parent_key=achievement.parent_key,
        province_code=achievement.province_code,
        district_code=achievement.district_code,
        center_number=achievement.center_number,
        created_by_id=by.pk,
        renews=_renewed(achievement),
    )
    transaction.on_commit(lambda: render_certificate.delay(certificate.pk), robust=True)
    return certificate


def _renewed(achievement: Achievement) -> Certificate | None:
    """The last certificate of this person about the same subject."""
    if not achievement.subject:
        return None
    earlier = Certificate.objects.filter(holder=achievement.holder.pk, subject=achievement.subject)
    return earlier.order_by("-issued_on", "-pk").first()


def _months_later(day: date, months: int | None) -> date | None:
    """The last day of validity: the same day so many months later, or the last of a shorter month."""
    if not months:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
