"""Issuing a certificate, exactly once per completion."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from certification.choices import CertificateState
from certification.codes import new_code
from certification.freezing import current_version, prints_english
from certification.models import Certificate, CertificateDesign, StatusList
from certification.numbering import next_number, number_in, series_of
from certification.status import take_place
from certification.tasks import render_certificate
from cms.after_commit import queue_after_commit
from cms.thai.dates import fiscal_year_be
from cms.thai.words import normalise

# The queue comes first; the sweep asks for what it has not brought by then.
FIRST_SWEEP = timedelta(minutes=1)


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
    holder_name_en: str = ""  # as the person wrote it; kept where the sheet has English lines
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
    so the year has no gaps. An occasion that has its certificate gets that one, or the one that replaced it.
    A name or a title that cannot be printed stops nobody here: the file waits, and an administrator is told.
    """
    if given := given_for(achievement.occasion):
        return given
    try:
        with transaction.atomic():  # of two at once the second gives back its number, and takes what the first got
            return _issue(design, achievement, by=by)
    except IntegrityError:
        if given := given_for(achievement.occasion):
            return given
        raise


def given_for(occasion: str) -> Certificate | None:
    """The certificate of an occasion: the last one, when it was corrected since."""
    given = issued_for(occasion).first()
    while given is not None and (corrected := Certificate.objects.filter(replaces=given.pk).first()):
        given = corrected
    return given


def issued_for(occasion: str) -> QuerySet[Certificate]:
    """The first one of an occasion, asked for in the words of its unique index."""
    return Certificate.objects.filter(~Q(occasion=""), occasion=occasion, replaces__isnull=True)


def _issue(design: CertificateDesign, achievement: Achievement, *, by: AbstractBaseUser) -> Certificate:
    issued_on = timezone.localdate()
    office = design.office_code or achievement.office or settings.CERTIFICATE_NUMBER_PREFIX
    place = take_place()
    version = current_version(design, by=by)
    certificate = Certificate(
        **place_in_series(design.number_pattern, office=office, on=issued_on),
        holder_id=achievement.holder.pk,
        design=design,
        version=version,
        holder_name=clipped("holder_name", achievement.holder_name),
        holder_name_en=clipped("holder_name_en", achievement.holder_name_en) if prints_english(version) else "",
        holder_role=clipped("holder_role", achievement.holder_role),
        course_title=clipped("course_title", achievement.course_title),
        hours=achievement.hours,
        started_on=achievement.started_on,
        completed_on=achievement.completed_on,
        issued_on=issued_on,
        valid_until=_months_later(issued_on, design.valid_months),
        issuer=version.spec["issuer"],
        statement=clipped("statement", achievement.statement) or version.spec["statement"],
        signers=[{"name": one["name"], "position": one["position"]} for one in version.spec["signers"]],
        occasion=achievement.occasion,
        subject=achievement.subject,
        organization_name=clipped("organization_name", achievement.organization_name),
        organization_key=achievement.organization_key,
        parent_key=achievement.parent_key,
        province_code=achievement.province_code,
        district_code=achievement.district_code,
        center_number=achievement.center_number,
        renews=_renewed(achievement),
    )
    return hand_out(certificate, place, by=by)


def place_in_series(pattern: str, *, office: str, on: date) -> dict[str, Any]:
    """The next number of a series, with the fields that tell it. It is taken with the caller's transaction."""
    fiscal_year = fiscal_year_be(on)
    series = series_of(pattern, office=office, fiscal_year=fiscal_year)
    running_number = next_number(series)
    return {
        "office": office,
        "series": series,
        "running_number": running_number,
        "number": number_in(series, running_number),
        "fiscal_year": fiscal_year,
    }


def hand_out(certificate: Certificate, place: tuple[StatusList, int], *, by: AbstractBaseUser) -> Certificate:
    """Give it its code and its place in the status list, keep it, and have it printed after commit.

    The place is taken before the number: everybody locks the list first, so two steps that need two series each
    never wait for each other in a circle.
    """
    certificate.code = new_code()
    certificate.verify_url = address_of(certificate.code)
    certificate.status_list, certificate.status_index = place
    certificate.created_by_id = by.pk
    certificate.try_at = timezone.now() + FIRST_SWEEP
    certificate.save(force_insert=True)
    queue_after_commit(render_certificate, certificate.pk)
    return certificate


def address_of(code: str) -> str:
    """Where anyone checks the certificate of a code."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/v/{code}"


def clipped(name: str, text: str) -> str:
    """A text in one spelling, no longer than its field: too long a title must not stop a completion."""
    return normalise(text)[: longest(name)]


def longest(name: str) -> int:
    """How many signs a text of a certificate may have."""
    return int(Certificate._meta.get_field(name).max_length)  # type: ignore[arg-type, union-attr]


def _renewed(achievement: Achievement) -> Certificate | None:
    """The last certificate of this person about the same subject that was not taken back."""
    if not achievement.subject:
        return None
    earlier = Certificate.objects.filter(
        holder=achievement.holder.pk, subject=achievement.subject, state=CertificateState.VALID
    )
    return earlier.order_by("-issued_on", "-pk").first()


def _months_later(day: date, months: int | None) -> date | None:
    """The last day of validity: the same day so many months later, or the last of a shorter month."""
    if not months:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
