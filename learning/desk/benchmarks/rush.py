"""Two thousand people begin a test: gunicorn, the database in use, clients in other processes, and a recount."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.db import connection, connections

from courses.catalog.models import LessonPage
from courses.quizzes.kinds import kind_of
from learning.desk.benchmarks.population import TOKEN, signed_in
from learning.desk.benchmarks.rush_clients import Visit, visit_all
from learning.enrollments.models import Enrollment
from learning.sittings.models import Response, Sitting

ROOT = Path(__file__).resolve().parents[3]
WORKERS, THREADS = 2, 8
CLIENTS, AT_A_TIME = 2, 16
ANSWERS = 3  # saved by each person
START_SECONDS = 60


class NotServed(Exception):
    """gunicorn did not answer; the text is the end of its log."""


def rush(lesson: LessonPage, enrollments: Sequence[Enrollment], start: str) -> dict[str, Any]:
    """Everybody begins the test of a lesson and saves three answers; then the database is asked what it has.

    `started_in_s` is what all the starts took; `lost` counts answers that somebody was told are saved and are not.
    """
    people = [(number, signed_in(one.user)) for number, one in enumerate(enrollments)]
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    with _gunicorn(name) as port, ProcessPoolExecutor(CLIENTS, mp_context=get_context("spawn")) as pool:
        runs = [
            pool.submit(
                visit_all, port, people[part::CLIENTS], start=start, token=TOKEN, threads=AT_A_TIME, answers=ANSWERS
            )
            for part in range(CLIENTS)
        ]
        found = [run.result() for run in runs]
    visits = [visit for part, _seconds in found for visit in part]
    times = sorted(visit.start_seconds for visit in visits)
    return {
        "people": len(people),
        "started_in_s": round(max(seconds for _part, seconds in found), 1),
        "limit_started_in_s": 60,
        "start_median_ms": round(1000 * times[len(times) // 2]),
        "start_p95_ms": round(1000 * times[int(len(times) * 0.95)]),
        "errors": sum(len(visit.errors) for visit in visits),
        "kinds_of_errors": sorted({error for visit in visits for error in visit.errors}),
        **_recount(lesson, visits),
    }


def _recount(lesson: LessonPage, visits: Sequence[Visit]) -> dict[str, int]:
    """What the clients were told, against what stands in the database."""
    sittings = Sitting.objects.filter(quiz=lesson.quiz_id)
    kept = {
        (str(response.sitting_id), response.position): response
        for response in Response.objects.filter(sitting__in=sittings).select_related("question")
    }
    told = [(visit.sitting.split("/")[2], place, value) for visit in visits for place, value in visit.saved]
    return {
        "sittings": sittings.count(),
        "questions": len(kept),
        "told_saved": len(told),
        "found_saved": sum(response.answer is not None for response in kept.values()),
        "lost": sum(not _holds(kept.get((sitting, place)), value) for sitting, place, value in told),
    }


def _holds(response: Response | None, value: str) -> bool:
    if response is None or response.answer is None:
        return False
    kind = kind_of(response.question.kind)
    return kind.values(response.question.body, response.presentation, response.answer) == [value]


@contextlib.contextmanager
def _gunicorn(database: str) -> Iterator[int]:
    """The site as production runs it, two workers; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "learning.desk.benchmarks.rush_site", "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS), "--timeout", "60"]
    with tempfile.TemporaryFile() as log:
        env = {**os.environ, "BENCHMARK_DATABASE": database}
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)  # noqa: S603  our own words
        try:
            _wait(server, port, log)
            yield port
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(20)
            server.kill()
            server.wait()


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Any) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError):
            direct.open(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        time.sleep(0.1)
    log.seek(0)
    raise NotServed(log.read()[-3000:].decode(errors="replace"))
