"""Work as in production: a real Celery worker takes jobs from a real Redis and writes to PostgreSQL."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from celery import Celery
from django.contrib.auth import get_user_model
from django.db import connection

from certification.models import Certificate, CertificateDesign
from tests.deploy.test_settings import COMPLETE

LIMIT_SECONDS = 60
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


@pytest.fixture
def waiting_certificate() -> Certificate:
    """Malee's certificate, numbered and not yet printed."""
    design = CertificateDesign.objects.create(
        slug="plain",
        name="Plain",
        issuer="กรมตัวอย่าง",
        signer_name="นายสมชาย ตั้งใจ",
        signer_position="ผู้อำนวยการ",
    )
    malee = get_user_model().objects.create_user("malee", title="นาง", first_name="มาลี", last_name="ใจดี")
    return Certificate.objects.create(
        code="7K4M2X9QPT3W",
        prefix="วบ.",
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
        signer_name=design.signer_name,
        signer_position=design.signer_position,
        verify_url="https://academy.example.org/v/7K4M2X9QPT3W",
    )


def test_a_worker_prints_a_certificate_that_waits_in_redis(
    waiting_certificate: Certificate, worker: subprocess.Popen[bytes], redis_url: str, tmp_path: Path
) -> None:
    with Celery(broker=redis_url).connection_for_write() as line:
        Celery(broker=redis_url).send_task(
            "certification.tasks.render_certificate", [waiting_certificate.pk], connection=line
        )

    def is_printed() -> bool:
        waiting_certificate.refresh_from_db()
        return waiting_certificate.has_file

    assert becomes_true(is_printed), (tmp_path / "worker.log").read_text()
    content = (tmp_path / "certificates" / waiting_certificate.file.name).read_bytes()
    assert (content[:5], len(content)) == (b"%PDF-", waiting_certificate.byte_count)
    assert worker.poll() is None
