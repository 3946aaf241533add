"""Numbers are given out one after another within a fiscal year, without a gap, whatever fails in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.test import override_settings

from certification.flows import Achievement, issue_certificate
from certification.models import Certificate, CertificateCounter, CertificateDesign
from learning.people.models import User
from tests.certification.conftest import Issue

THREADS = 50


class Broken(Exception):
    pass


@transaction.atomic
def issue_and_fail(issue: Issue) -> None:
    issue()
    raise Broken


def numbers() -> list[str]:
    return [certificate.number for certificate in Certificate.objects.order_by("fiscal_year", "running_number")]


@pytest.mark.django_db
def test_the_first_numbers_of_a_year(issue: Issue) -> None:
    with time_machine.travel("2026-11-23T09:00:00+07:00"):
        issued = [issue(), issue()]
    assert [certificate.number for certificate in issued] == ["วบ.000001/2570", "วบ.000002/2570"]
    assert [certificate.issued_on.isoformat() for certificate in issued] == ["2026-11-23"] * 2


@pytest.mark.django_db
def test_the_fiscal_year_ends_on_the_thirtieth_of_september_at_midnight_in_thailand(issue: Issue) -> None:
    for moment in (
        "2026-09-30T16:59:59Z",  # a second before midnight in Bangkok
        "2026-09-30T17:00:00Z",
        "2027-09-30T16:59:59Z",
        "2027-09-30T17:00:00Z",
    ):
        with time_machine.travel(moment):
            issue()
    assert numbers() == ["วบ.000001/2569", "วบ.000001/2570", "วบ.000002/2570", "วบ.000001/2571"]


@pytest.mark.django_db
def test_another_prefix_counts_for_itself(issue: Issue) -> None:
    with time_machine.travel("2026-11-23T09:00:00+07:00"):
        issue()
        with override_settings(CERTIFICATE_NUMBER_PREFIX="ศท."):
            issue()
        issue()
    assert sorted(numbers()) == ["วบ.000001/2570", "วบ.000002/2570", "ศท.000001/2570"]


@pytest.mark.django_db
def test_a_number_is_free_again_when_what_it_was_for_fails(issue: Issue) -> None:
    issue()
    with pytest.raises(Broken):
        issue_and_fail(issue)
    issue()
    assert [certificate.running_number for certificate in Certificate.objects.order_by("pk")] == [1, 2]
    assert CertificateCounter.objects.get().last == 2


@pytest.mark.django_db
def test_the_first_number_of_a_year_is_free_again_too(issue: Issue) -> None:
    with pytest.raises(Broken):
        issue_and_fail(issue)
    assert issue().running_number == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_some_of_them_failing_get_numbers_without_a_gap(
    design: CertificateDesign, malee: User, monkeypatch: pytest.MonkeyPatch, achievement: Achievement
) -> None:
    monkeypatch.setattr("certification.tasks.render_pdf", lambda facts: b"%PDF")

    def finish_a_course(number: int) -> bool:
        try:
            with transaction.atomic():
                issue_certificate(design, achievement, by=malee)
                if number % 5 == 0:
                    raise Broken
            return True
        except Broken:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        done = list(pool.map(finish_a_course, range(THREADS)))
    assert done.count(True) == 40
    given = sorted(Certificate.objects.values_list("running_number", flat=True))
    assert given == list(range(1, 41))
    assert CertificateCounter.objects.get().last == 40
    assert Certificate.objects.values("code").distinct().count() == 40


@pytest.fixture
def achievement(malee: User) -> Achievement:
    return Achievement(malee, "นางมาลี ใจดี", "กรรมการ", "การควบคุมภายใน", Decimal(3), date(2026, 11, 23))
