"""Numbers are given out one after another within a fiscal year, without a gap, whatever fails in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.test import override_settings

from certification.flows import Achievement, issue_certificate
from certification.making import Made
from certification.models import Certificate, CertificateCounter, CertificateDesign, StatusList
from certification.numbering import series_of
from learning.people.models import User
from tests.certification.conftest import Issue

THREADS = 200
OCCASIONS = 100


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


@pytest.mark.django_db
def test_a_year_that_was_begun_on_paper_is_gone_on_with(issue: Issue) -> None:
    with time_machine.travel("2026-11-23T09:00:00+07:00"):
        CertificateCounter.objects.create(series="วบ.{number}/2570", last=122)
        assert issue().number == "วบ.000123/2570"


@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_each_completion_twice_get_numbers_without_a_gap(rush: Callable[[], list[str]]) -> None:
    said = rush()
    assert (said.count("done"), said.count("failed")) == (188, 12)
    given = sorted(Certificate.objects.values_list("running_number", flat=True))
    assert given == list(range(1, OCCASIONS + 1))
    assert CertificateCounter.objects.get().last == OCCASIONS
    assert sorted(Certificate.objects.values_list("occasion", flat=True)) == sorted(map(str, range(OCCASIONS)))
    places = Certificate.objects.values_list("status_list", "status_index")
    assert len(set(places)) == OCCASIONS == StatusList.objects.get().taken


@pytest.mark.django_db(transaction=True)
def test_the_highest_number_and_one_would_not_do(
    rush: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard of the test above: a number that is read and not counted is found out."""

    def highest_and_one(series: str) -> int:
        highest = Certificate.objects.filter(series=series).aggregate(Max("running_number"))["running_number__max"]
        return (highest or 0) + 1

    monkeypatch.setattr("certification.flows.issuing.next_number", highest_and_one)
    said = rush()
    counters = list(CertificateCounter.objects.values_list("last", flat=True))
    assert (said.count("done"), said.count("failed"), counters) != (188, 12, [OCCASIONS])


@pytest.fixture
def rush(
    design: CertificateDesign, malee: User, monkeypatch: pytest.MonkeyPatch, achievement: Achievement
) -> Callable[[], list[str]]:
    """Two hundred threads through one gate: everybody completes twice at once, every seventeenth fails afterwards."""
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(b"%PDF"))
    gate = Barrier(THREADS)

    def finish_a_course(number: int) -> str:
        try:
            gate.wait()
            with transaction.atomic():
                issue_certificate(design, replace(achievement, occasion=str(number // 2)), by=malee)
                if number % 17 == 0:
                    raise Broken
            return "done"
        except Broken:
            return "failed"
        except IntegrityError:
            return "collided"
        finally:
            connection.close()

    def run() -> list[str]:
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(finish_a_course, range(THREADS)))

    return run


@pytest.fixture
def achievement(malee: User) -> Achievement:
    return Achievement(malee, "นางมาลี ใจดี", "กรรมการ", "การควบคุมภายใน", Decimal(3), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("pattern", "office", "series"),
    [
        ("{office}{number}/{year}", "วบ.", "วบ.{number}/2570"),
        ("{office}{number}/{year}", "ศส.14", "ศส.14-{number}/2570"),
        ("{office}-{number}/{year}", "ศส.14", "ศส.14-{number}/2570"),
        ("{year}{number}{office}", "กตส.", "2570-{number}กตส."),
    ],
)
def test_a_digit_before_the_number_never_runs_into_it(pattern: str, office: str, series: str) -> None:
    assert series_of(pattern, office=office, fiscal_year=2570) == series
