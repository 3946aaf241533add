"""A whole academy on a folder of data of its own, for a test or a picture: started, used, stopped.

Standard library only; it runs with the Python that has the site's packages (`.venv`).
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90
STOP_SECONDS = 30
# What the machine may have set for its own site must not reach this one.
NOT_OURS = {"DATABASE_URL", "TEST_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DEBUG", "SITE_URL"}


class NotStarted(Exception):
    """The academy did not open; the text holds the end of its log."""


@contextlib.contextmanager
def academy(var: Path, *, site_url: str = "", nation: int = 0) -> Iterator[str]:
    """Set up with the demo cast, serve with gunicorn and a Celery worker; gives the address without a slash.

    `site_url` is the address printed on certificates, the served one when empty; `nation` so many made-up people
    who have been learning for years. Raises NotStarted.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    env = {
        **{name: value for name, value in os.environ.items() if name not in NOT_OURS},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "DJANGO_SETTINGS_MODULE": "learning.settings.embedded",
        "VAR_DIR": str(var),
        "PORT": str(port),
        "SITE_URL": site_url or address,
        "PYTHONUNBUFFERED": "1",
    }
    log = var / "academy.log"
    with log.open("ab") as output:
        yesterday = str(date.today() - timedelta(days=1))
        orders = [["setup", "--demo"]]
        if nation:
            orders.append(["make_nation", "--people", str(nation), "--until", yesterday])
        for order in orders:
            command = [sys.executable, "manage.py", *order]
            if subprocess.run(command, cwd=ROOT, env=env, stdout=output, stderr=output, check=False).returncode:
                raise NotStarted(f"The set-up did not succeed:\n{_end_of(log)}")
        command = [sys.executable, "-m", "honcho", "--no-colour", "-f", "Procfile", "start", "-p", str(port)]
        site = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output, start_new_session=True)
    try:
        _wait_until_open(address, site, log)
        yield address
    finally:
        _stop(site)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-3000:]


def _wait_until_open(address: str, site: subprocess.Popen[bytes], log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and site.poll() is None:
        try:
            direct.open(f"{address}/healthz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise NotStarted(f"The site did not open:\n{_end_of(log)}")


def _stop(site: subprocess.Popen[bytes]) -> None:
    """honcho hands a SIGTERM on to web and worker; what does not listen is ended with its whole group."""
    site.terminate()
    try:
        site.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(site.pid, signal.SIGKILL)
        site.wait()
