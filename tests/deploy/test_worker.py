"""Work as in production: a real Celery worker takes jobs from a real Redis and writes to PostgreSQL."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from celery import Celery
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from certification.models import Certificate, CertificateDesign, DesignSigner
from learning.organizations.models import Membership
from learning.register.choices import Mode
from learning.register.flows import imports
from learning.register.models import Import, ImportRow
from learning.register.schedule import sweep_imports
from tests.cast import Cast
from tests.deploy.test_settings import COMPLETE
from tests.factories.imports import PEOPLE, checked, csv_file, keeps_register, make_organization, person

LIMIT_SECONDS = 60
ROWS = 2400  # twelve batches of saving
SOUNDS = ("กานดา บุญ ชัย ทวี ประเสริฐ มณี รัตน์ วิไล สมพร อุดม เพ็ญ ไพร โสภา แสง เดช นิล ลักษณ์ ขวัญ ฟ้า ธาร").split()  # noqa: SIM905
pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


def becomes_true(question: Callable[[], bool]) -> bool:
    """Ask until the answer is yes or the limit is over."""
    until = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def worker(root: Path, redis_url: str, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with production settings, on the database of this test."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if connection.vendor != "postgresql":
        pytest.fail("This is about PostgreSQL: python tests/servers.py postgresql redis -- pytest -m redis")
    env = {
        **os.environ,
        **COMPLETE,
        "DATABASE_URL": url.replace("/academy?", f"/{connection.settings_dict['NAME']}?"),
        "REDIS_URL": redis_url,
        "VAR_DIR": str(tmp_path),
        "CERTIFICATE_TEST_AUTHORITY": "true",  # production has none of its own: without keys certificates wait
    }
    log = tmp_path / "worker.log"
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "learning",
        "worker",
        "--concurrency",
        "1",
        "--loglevel",
        "INFO",
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=root, env=env, stdout=output, stderr=output, start_new_session=True)
    try:
        assert becomes_true(lambda: b" ready." in log.read_bytes() or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def name_of(number: int) -> str:
    """One of 8,000 invented names, few of them alike."""
    return f"นาย{SOUNDS[number % 20]}{SOUNDS[number // 20 % 20]} {SOUNDS[number // 400 % 20] * 2}ศรี"


@pytest.fixture
def waiting_certificate() -> Certificate:
    """Malee's certificate, numbered and not yet printed."""
    design = CertificateDesign.objects.create(slug="plain", name="Plain", issuer="กรมตัวอย่าง")
    DesignSigner.objects.create(design=design, name="นายสมชาย ตั้งใจ", position="ผู้อำนวยการ", sort_order=0)
    malee = get_user_model().objects.create_user("malee", title="นาง", first_name="มาลี", last_name="ใจดี")
    return Certificate.objects.create(
        code="7K4M2X9QPT3W",
        number="วบ.000001/2570",
        series="วบ.{number}/2570",
        fiscal_year=2570,
        running_number=1,
        holder=malee,
        design=design,
        holder_name=malee.full_name,
        course_title="การควบคุมภายใน",
        hours=6,
        completed_on=date(2026, 11, 20),
        issued_on=date(2026, 11, 20),
        issuer=design.issuer,
        statement=design.statement,
        signers=[{"name": "นายสมชาย ตั้งใจ", "position": "ผู้อำนวยการ"}],
        verify_url="https://academy.example.org/v/7K4M2X9QPT3W",
    )


def test_a_worker_prints_a_certificate_that_waits_in_redis(
    waiting_certificate: Certificate, worker: subprocess.Popen[bytes], redis_url: str, tmp_path: Path
) -> None:
    with Celery(broker=redis_url, set_as_current=False).connection_for_write() as line:
        Celery(broker=redis_url, set_as_current=False).send_task(
            "certification.tasks.render_certificate", [waiting_certificate.pk], connection=line
        )

    def is_printed() -> bool:
        waiting_certificate.refresh_from_db()
        return waiting_certificate.has_file

    assert becomes_true(is_printed), (tmp_path / "worker.log").read_text()
    content = (tmp_path / "certificates" / waiting_certificate.file.name).read_bytes()
    assert (content[:5], len(content)) == (b"%PDF-", waiting_certificate.byte_count)
    assert worker.poll() is None


def test_an_import_whose_worker_is_killed_is_saved_to_its_end_by_the_next(
    cast: Cast,
    worker: subprocess.Popen[bytes],
    redis_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "สหกรณ์การเกษตรบ้านหนองบัว จำกัด"
    keeps_register(cast.somchai)
    organization = make_organization(name)
    lines = [person(name_of(number), f"081{number:07d}", name, "สมาชิก") for number in range(ROWS)]
    batch = checked(cast.somchai, csv_file(PEOPLE, *lines))
    ImportRow.objects.filter(batch=batch, action="ask").update(decision="new_one")  # some names are alike
    monkeypatch.setitem(imports.TASKS, "applying", SimpleNamespace(delay=lambda pk: None))
    wanted = imports.apply_import(batch, mode=Mode.ROW_BY_ROW, by=cast.somchai).total_count or 0
    assert wanted > 1500, "enough to be killed in the midst of"
    with Celery(broker=redis_url, set_as_current=False).connection_for_write() as line:
        Celery(broker=redis_url, set_as_current=False).send_task(
            "learning.register.tasks.apply_import", [batch.pk], connection=line
        )

    def saved() -> int:
        return ImportRow.objects.filter(batch=batch, is_applied=True).count()

    assert becomes_true(lambda: saved() > 0), (tmp_path / "worker.log").read_text()
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(30)
    members = Membership.objects.filter(organization=organization)
    assert becomes_true(lambda: saved() == members.count())  # the server drops what the killed one had begun
    batch.refresh_from_db()
    assert (batch.state, 0 < saved() < wanted) == ("applying", True), "a batch is saved whole or not at all"
    monkeypatch.undo()
    Import.objects.filter(pk=batch.pk).update(seen_at=timezone.now() - timedelta(minutes=3))
    assert sweep_imports() == 1
    batch.refresh_from_db()
    assert (batch.state, saved(), members.count()) == ("applied", wanted, wanted)
