"""The academy as a process of its own on the database of the tests: it can be killed and started again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.db import connection
from django.test.utils import modify_settings

from tests.servers import free_port

START_SECONDS = 60


class OwnServer:
    """What pytest-django asks of a live server, and `kill` and `start`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self._live_server_modified_settings = modify_settings(ALLOWED_HOSTS={"append": "127.0.0.1"})

    def start(self) -> None:
        """Answers when this returns."""
        command = [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", f"127.0.0.1:{self.port}"]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "learning.settings.test",
            "TEST_DATABASE_URL": database_url(connection.settings_dict),
        }
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=quiet, stderr=quiet)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError("The server ended at its start.")
            with contextlib.suppress(URLError, ConnectionError), contextlib.closing(self._asked()):
                return
        raise RuntimeError(f"The server was not ready within {START_SECONDS} s.")

    def _asked(self) -> Any:
        try:
            return urlopen(f"{self.url}/healthz", timeout=5)
        except HTTPError as answered:
            return answered

    def kill(self) -> None:
        """At once, as a machine that loses its power."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


def database_url(found: dict[str, Any]) -> str:
    """The address of a database as `learning.settings.env` reads it."""
    if "sqlite" in found["ENGINE"]:
        return f"sqlite:///{found['NAME']}"
    where = f"{found['USER']}@{'' if str(found['HOST']).startswith('/') else found['HOST']}"
    asked = f"?host={found['HOST']}" if str(found["HOST"]).startswith("/") else ""
    return f"postgres://{where}/{found['NAME']}{asked}"
