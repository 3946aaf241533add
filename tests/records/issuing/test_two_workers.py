"""Two workers share a batch while an officer revokes and corrects: nobody waits in a circle, no number is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection

from certification.choices import CertificateState
from certification.making import Made
from certification.models import Certificate, CertificateCounter, StatusList
from learning.records.choices import BatchState, ItemState
from learning.records.flows.ending import replace, revoke
from learning.records.flows.issuing import open_workshop_batch
from learning.records.lines import work_on_batch
from learning.records.models import BatchItem
from learning.workshops.models import Seat, Workshop
from tests.cast import Cast

PEOPLE = 24
CHANGED = 6


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_an_officer_at_once(
    hold: Callable[[int], Workshop], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(b"%PDF"))
    monkeypatch.setattr("learning.records.tasks.issue_batch.delay", lambda batch_id: None)
    workshop = hold(PEOPLE)
    batch = open_workshop_batch(workshop, by=cast.wipa)
    gate, is_over = Barrier(3), Event()

    def work() -> int:
        try:
            gate.wait()
            return work_on_batch(batch.pk)
        finally:
            connection.close()

    def change() -> int:
        count = 0
        try:
            gate.wait()
            while count < CHANGED:
                was_over = is_over.is_set()
                found = Certificate.objects.filter(state=CertificateState.VALID, replaces__isnull=True).order_by("pk")
                one = found.first()
                if one is not None:
                    if count % 2:
                        revoke(one, reason="ออกให้ผิดคน", by=cast.wipa)
                    else:
                        replace(one, reason="สะกดชื่อผิด", by=cast.wipa, holder_name="นางมาลี ใจดี")
                    count += 1
                elif was_over:
                    break
            return count
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        workers, officer = [pool.submit(work) for _number in range(2)], pool.submit(change)
        try:
            assert sum(worker.result() for worker in workers) == PEOPLE
        finally:
            is_over.set()
        assert officer.result() == CHANGED
    batch.refresh_from_db()
    replaced = CHANGED // 2
    given = sorted(Certificate.objects.values_list("running_number", flat=True))
    assert given == list(range(1, PEOPLE + replaced + 1))
    assert CertificateCounter.objects.get().last == StatusList.objects.get().taken == PEOPLE + replaced
    assert (batch.state, BatchItem.objects.filter(batch=batch, state=ItemState.ISSUED).count()) == (
        BatchState.DONE,
        PEOPLE,
    )
    assert not Seat.objects.filter(certificate__state=CertificateState.REPLACED).exists()
