"""Writing down certificates that somebody issued on paper before: recorded, never issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from certification.choices import Origin
from certification.codes import new_code
from certification.models import Certificate
from cms.thai.dates import fiscal_year_be

AT_ONCE = 500


@dataclass(frozen=True)
class Paper:
    """What stands on a paper. `number` is its own, in Arabic digits; `holder_id` only when somebody chose the account.

    The keys of place and organization are the caller's words, as in an Achievement.
    """

    number: str
    holder_name: str
    course_title: str
    hours: Decimal
    completed_on: date
    issued_on: date
    issuer: str
    holder_role: str = ""
    started_on: date | None = None
    valid_until: date | None = None
    signers: tuple[tuple[str, str], ...] = ()  # name, position
    holder_id: int | None = None
    organization_name: str = ""
    organization_key: int | None = None
    parent_key: int | None = None
    province_code: str = ""
    district_code: str = ""
    center_number: int | None = None


@transaction.atomic
def record_certificate(paper: Paper, *, by: AbstractBaseUser) -> Certificate:
    """One paper; it stands in the log by itself."""
    (certificate,) = record_certificates([paper], by=by)
    log(certificate, "certification.record", user=by)
    return certificate


@transaction.atomic
def record_certificates(papers: Sequence[Paper], *, by: AbstractBaseUser) -> list[Certificate]:
    """All or none, in their order. Each gets a code; none gets a running number, a file, a signature or a badge."""
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    rows = []
    for paper in papers:
        code = new_code()
        rows.append(
            Certificate(
                code=code,
                origin=Origin.RECORDED,
                number=paper.number,
                fiscal_year=fiscal_year_be(paper.issued_on),
                holder_id=paper.holder_id,
                holder_name=paper.holder_name,
                holder_role=paper.holder_role,
                course_title=paper.course_title,
                hours=paper.hours,
                started_on=paper.started_on,
                completed_on=paper.completed_on,
                issued_on=paper.issued_on,
                valid_until=paper.valid_until,
                issuer=paper.issuer,
                signers=[{"name": name, "position": position} for name, position in paper.signers],
                verify_url=f"{address}/v/{code}",
                organization_name=paper.organization_name,
                organization_key=paper.organization_key,
                parent_key=paper.parent_key,
                province_code=paper.province_code,
                district_code=paper.district_code,
                center_number=paper.center_number,
                created_by_id=by.pk,
            )
        )
    return Certificate.objects.bulk_create(rows, batch_size=AT_ONCE)
