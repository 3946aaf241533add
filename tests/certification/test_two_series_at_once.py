"""Who completes a workshop may complete its course in the same step: two series, and others who need both."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, transaction

from certification.flows import Achievement, issue_certificate, replace
from certification.flows.issuing import issued_for
from certification.making import Made
from certification.models import Certificate, CertificateCounter, CertificateDesign, StatusList
from learning.people.models import User

THREADS = 8
ROUNDS = 5
SERIES = ("ก.", "ข.")


@pytest.mark.django_db(transaction=True)
def test_two_series_in_one_step_never_wait_for_each_other_in_a_circle(
    design: CertificateDesign, malee: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last list is locked before any counter, by everybody: so nobody holds a counter and waits for it."""
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(b"%PDF"))
    facts = (malee, "นางมาลี ใจดี", "กรรมการ", "การควบคุมภายใน", Decimal(3), date(2026, 11, 23))
    gate = Barrier(THREADS)

    def complete(thread: int) -> list[str]:
        try:
            gate.wait()
            return [_complete_both(thread, number) for number in range(ROUNDS)]
        finally:
            connection.close()

    def _complete_both(thread: int, number: int) -> str:
        with transaction.atomic():
            for office in SERIES if (thread + number) % 2 else reversed(SERIES):
                given = issue_certificate(
                    design, Achievement(*facts, office=office, occasion=f"{office}{thread}.{number}"), by=malee
                )
            if number == ROUNDS - 1:
                replace(given, reason="สะกดชื่อผิด", by=malee)
        return "done"

    with ThreadPoolExecutor(THREADS) as pool:
        said = [word for words in pool.map(complete, range(THREADS)) for word in words]
    assert said == ["done"] * THREADS * ROUNDS
    for office in SERIES:
        given = Certificate.objects.filter(office=office).order_by("running_number")
        assert [one.running_number for one in given] == list(range(1, given.count() + 1))
    assert sum(CertificateCounter.objects.values_list("last", flat=True)) == Certificate.objects.count()
    assert Certificate.objects.count() == THREADS * (2 * ROUNDS + 1) == StatusList.objects.get().taken


@pytest.mark.django_db
def test_an_occasion_is_looked_up_by_its_index(design: CertificateDesign, malee: User) -> None:
    """Every completion asks for it, so the whole register must not be read for one."""
    facts = Achievement(malee, "มาลี", "", "การควบคุมภายใน", Decimal(3), date(2026, 11, 23), occasion="enrollment:7")
    first = issue_certificate(design, facts, by=malee)
    second = replace(replace(first, reason="สะกดชื่อผิด", by=malee), reason="สะกดชื่อผิดอีก", by=malee)
    assert issue_certificate(design, facts, by=malee) == second
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "one_certificate_for_each_occasion" in issued_for("enrollment:7").explain()
