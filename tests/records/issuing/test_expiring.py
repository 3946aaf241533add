"""Sixty and thirty days before a certificate expires its holder is told, unless it was renewed."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from certification.choices import CertificateState
from certification.flows import Achievement, issue_certificate, replace
from certification.models import Certificate, CertificateDesign
from certification.queries import renewed_by
from learning.notices.models import Notice
from learning.records.flows.reminding import tell_of_expiry
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 12, 14)
LAST = date(2027, 12, 14)


@pytest.fixture
def certificate(cast: Cast) -> Certificate:
    return issue(cast, on=ISSUED)


def issue(cast: Cast, *, on: date, months: int | None = 12, **words: Any) -> Certificate:
    design = CertificateDesign.objects.get(slug="standard")
    design.valid_months = months
    facts = {
        "holder": cast.malee,
        "holder_name": cast.malee.full_name,
        "holder_role": "",
        "course_title": "การควบคุมภายใน",
        "hours": 3,
        "completed_on": on,
        "subject": "workshop:7",
    }
    with time_machine.travel(f"{on.isoformat()}T09:00:00+07:00", tick=False):
        return issue_certificate(design, Achievement(**{**facts, **words}), by=cast.malee)


def keys() -> list[str]:
    return sorted(Notice.objects.filter(key__contains="-expires-").values_list("key", flat=True))


def test_it_is_told_twice_and_on_no_other_day(certificate: Certificate) -> None:
    told = {}
    for days in range(75, -5, -1):
        if count := tell_of_expiry(today=LAST - timedelta(days=days)):
            told[days] = count
    assert told == {60: 1, 30: 1}
    assert keys() == [f"certificate-{certificate.pk}-expires-{days}" for days in (30, 60)]


def test_a_job_that_did_not_run_for_days_still_tells(certificate: Certificate) -> None:
    assert tell_of_expiry(today=LAST - timedelta(days=55)) == 1
    assert tell_of_expiry(today=LAST - timedelta(days=52)) == 0


def test_who_has_renewed_it_is_left_in_peace(certificate: Certificate, cast: Cast) -> None:
    newer = issue(cast, on=LAST - timedelta(days=70))
    assert (newer.renews, renewed_by(certificate)) == (certificate, newer)
    assert tell_of_expiry(today=LAST - timedelta(days=60)) == 0
    Certificate.objects.filter(pk=newer.pk).update(
        state=CertificateState.REVOKED, reason="ออกให้ผิดคน", ended_at="2027-10-20T00:00:00Z"
    )
    assert renewed_by(certificate) is None
    assert tell_of_expiry(today=LAST - timedelta(days=60)) == 1


def test_another_subject_renews_nothing(certificate: Certificate, cast: Cast) -> None:
    assert issue(cast, on=LAST - timedelta(days=70), subject="workshop:8").renews is None
    assert tell_of_expiry(today=LAST - timedelta(days=60)) == 1


def test_what_never_expires_or_was_taken_back_is_not_told_of(certificate: Certificate, cast: Cast) -> None:
    issue(cast, on=ISSUED, months=None, subject="workshop:9")
    Certificate.objects.filter(pk=certificate.pk).update(
        state=CertificateState.REVOKED, reason="ออกให้ผิดคน", ended_at="2027-10-20T00:00:00Z"
    )
    assert tell_of_expiry(today=LAST - timedelta(days=60)) == 0


def test_one_that_holds_for_a_month_is_not_told_of_at_once(cast: Cast) -> None:
    issue(cast, on=ISSUED, months=1)
    assert sum(tell_of_expiry(today=ISSUED + timedelta(days=days)) for days in range(40)) == 1


def test_a_corrected_one_that_was_renewed_before_is_not_told_of(certificate: Certificate, cast: Cast) -> None:
    issue(cast, on=LAST - timedelta(days=100))
    with time_machine.travel(f"{LAST - timedelta(days=90)}T09:00:00+07:00", tick=False):
        corrected = replace(certificate, reason="สะกดชื่อผิด", by=cast.malee)
    assert corrected.valid_until == LAST
    assert tell_of_expiry(today=LAST - timedelta(days=60)) == 0
