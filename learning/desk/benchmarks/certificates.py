"""Certificates: the whole chain from a row to a kept file, and a batch on two workers of which one is killed."""

import contextlib
import hashlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.files.storage import FileSystemStorage
from django.db import connection, connections
from django.db.models import Max
from django.utils import timezone

from certification.facts import printed_facts
from certification.filing import store_file
from certification.making import make_file
from certification.models import Certificate, CertificateCounter, CertificateDesign
from certification.rendering.engine import render_pdf
from certification.tasks import sweep_unrendered
from learning.celery import app
from learning.desk.benchmarks import bundles
from learning.desk.benchmarks.certificate_worker import use_folder
from learning.desk.benchmarks.workshops import member_seats, open_for_races, race_workshop
from learning.records.choices import ItemState
from learning.records.flows.issuing import open_workshop_batch, sweep_batches
from learning.records.models import BatchItem
from learning.workshops.choices import SeatState, WorkshopState
from learning.workshops.completing import complete_seat
from learning.workshops.models import Seat, Workshop

ROOT = Path(__file__).resolve().parents[3]
BATCH = "certificate-batch"
CHAINS = 30
CERTIFICATES = 1_000
WORKERS = 2
MOST_SECONDS = 1_800
SWEEP_EVERY = 10.0  # seconds; on a site once a minute


def certificate_chain() -> dict[str, Any]:
    """CPU milliseconds of one certificate: credential, second QR, sheet, signature, kept file. After the first.

    `ratio_to_sheet` is that over the sheet alone: what it takes beside WeasyPrint.
    """
    workshop = _held(CHAINS)
    with tempfile.TemporaryDirectory() as folder, _files_in(folder):
        certificates = _issued(workshop)
        chain, sheet = [], []
        for certificate in certificates:
            facts = printed_facts(certificate)
            chain.append(_cpu_ms(lambda one=certificate: store_file(one.pk, make_file(one))))  # type: ignore[misc]
            sheet.append(_cpu_ms(lambda one=facts: render_pdf(one)))  # type: ignore[misc]
        sizes = Certificate.objects.aggregate(most=Max("byte_count"))
    median, alone = statistics.median(chain[1:]), statistics.median(sheet[1:])
    return {
        "certificates": len(chain) - 1,
        "median_cpu_ms": round(median, 1),
        "p95_cpu_ms": round(sorted(chain[1:])[int(len(chain) * 0.95) - 1], 1),
        "limit_cpu_ms": 180,
        "sheet_cpu_ms": round(alone, 1),
        "ratio_to_sheet": round(median / alone, 2),
        "most_bytes": sizes["most"],
    }


QUEUE_SETTINGS = ("broker_url", "broker_transport_options", "worker_enable_remote_control", "task_always_eager")


def certificate_batch(count: int = CERTIFICATES) -> dict[str, Any]:
    """So many in one batch on two workers; in the middle one is killed with SIGKILL, and nothing is started anew.

    `rss_mb` is what the other holds at a fifth and at the end.
    """
    workshop = _held(count)
    with tempfile.TemporaryDirectory() as folder, _queue_in(Path(folder)):
        database = str(connection.settings_dict["NAME"])
        batch = open_workshop_batch(workshop, by=workshop.created_by)
        connections.close_all()
        begun, memory, killed_at, swept = time.monotonic(), {}, 0, time.monotonic()
        with _workers(database, Path(folder)) as (survivor, victim):
            while time.monotonic() - begun < MOST_SECONDS:
                filed = Certificate.objects.filter(rendered_at__isnull=False).count()
                if filed >= count // 5:
                    memory.setdefault("at_a_fifth", _rss(survivor.pid))
                if filed >= count // 2 and not killed_at:
                    victim.send_signal(signal.SIGKILL)
                    victim.wait()
                    killed_at = filed
                if time.monotonic() - swept > SWEEP_EVERY:
                    swept = time.monotonic()
                    sweep_batches()
                    sweep_unrendered()
                batch.refresh_from_db()
                if filed == count and batch.finished_at:
                    break
                time.sleep(0.2)
            seconds = time.monotonic() - begun
            memory["at_the_end"] = _rss(survivor.pid)
        wrong = _wrong_files(Path(folder))
    numbers = sorted(Certificate.objects.values_list("running_number", flat=True))
    return {
        "certificates": len(numbers),
        "wanted": count,
        "is_gapless": numbers == list(range(1, count + 1)) and CertificateCounter.objects.get().last == count,
        "lines_issued": BatchItem.objects.filter(batch=batch, state=ItemState.ISSUED).count(),
        "seats_with_one": Seat.objects.filter(certificate__isnull=False).count(),
        "files_with_a_wrong_hash": wrong,
        "killed_at": killed_at,
        "seconds": round(seconds),
        "rss_mb": memory,
    }


def _held(count: int) -> Workshop:
    """A workshop that was held today, and that so many people attended."""
    cast = open_for_races()
    today = timezone.localdate()
    workshop = race_workshop(cast["wipa"], capacity=count, on=today, seats=member_seats(count))
    workshop.certificate_design = CertificateDesign.objects.get(slug="standard")
    workshop.state, workshop.needs_evaluation, workshop.title = WorkshopState.HELD, False, "การควบคุมภายในของสหกรณ์"
    workshop.save()
    Seat.objects.filter(workshop=workshop).update(
        state=SeatState.ATTENDED, attended_percent=100, attended_on=today, confirmed_at=timezone.now()
    )
    return workshop


def _issued(workshop: Workshop) -> list[Certificate]:
    for seat in Seat.objects.filter(workshop=workshop).order_by("pk"):
        complete_seat(seat, by=workshop.created_by)
    return list(Certificate.objects.select_related("design", "version", "status_list").order_by("pk"))


def _cpu_ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


@contextlib.contextmanager
def _files_in(folder: str) -> Iterator[None]:
    """Certificates of this process go into a folder that is taken away again, and nobody queues anything."""
    with (
        _queue_in(Path(folder)),
        mock.patch("certification.filing.certificate_storage", return_value=FileSystemStorage(folder)),
    ):
        yield


@contextlib.contextmanager
def _queue_in(folder: Path) -> Iterator[None]:
    """The queue of this process lies in a folder; afterwards it is where it was, for what is measured next."""
    before = {name: app.conf[name] for name in QUEUE_SETTINGS}
    use_folder(app, folder / "queue")
    try:
        yield
    finally:
        app.conf.update(before)


@contextlib.contextmanager
def _workers(database: str, folder: Path) -> Iterator[list["subprocess.Popen[bytes]"]]:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "learning.settings.embedded"),
        "VAR_DIR": str(folder),
        "CERTIFICATE_TEST_AUTHORITY": "1",
        "BENCHMARK_DATABASE": database,
        "BENCHMARK_QUEUE": str(folder / "queue"),
    }
    command = [sys.executable, "-m", "learning.desk.benchmarks.certificate_worker"]
    with (folder / "workers.log").open("wb") as log:
        workers = [
            subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)  # noqa: S603  our own words
            for _number in range(WORKERS)
        ]
        try:
            yield workers
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()


def _rss(pid: int) -> int:
    """Megabytes that a process holds; Linux."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) // 1024
    raise RuntimeError("This system does not say how much memory a process holds.")


def _wrong_files(folder: Path) -> int:
    """Certificates whose file is missing or is not the one that the row tells of."""
    wrong = 0
    for name, sha256 in Certificate.objects.values_list("file", "sha256"):
        path = folder / "certificates" / name
        wrong += not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256
    return wrong


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "certificate-chain": certificate_chain,
    BATCH: certificate_batch,
    **bundles.CASES,
}
