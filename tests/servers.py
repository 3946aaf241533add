"""A real PostgreSQL and a real Redis for one run of the tests, gone afterwards.

    python tests/servers.py postgresql -- pytest -m database
    python tests/servers.py redis -- pytest -m redis

The command after `--` sees TEST_DATABASE_URL and TEST_REDIS_URL. Standard library only. A missing program is
a `Missing` with one sentence, never a skip.
"""

import contextlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

START_SECONDS = 60
# Nothing here must survive a power cut, and a test run is short: no flushing, small memory.
POSTGRESQL_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "640",  # 200 people register at once, in each of two processes
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "timezone": "UTC",
}


class Missing(Exception):
    """A program that the tests need is not on this machine."""


def postgresql_programs() -> Path:
    """The folder of `initdb` and `postgres`: on PATH, or where Debian keeps the newest version."""
    found = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    found += sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0),
        reverse=True,
    )
    for folder in found:
        if (folder / "postgres").exists():
            return folder
    raise Missing("PostgreSQL is not on this machine. Install it: sudo apt-get install postgresql")


def redis_program() -> str:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if not found:
        raise Missing("Redis is not on this machine. Install it: sudo apt-get install redis-server")
    return found


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root, so root lends it to an account without rights."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Missing("There is no account named postgres or nobody to run PostgreSQL as.")


@contextlib.contextmanager
def _folder(owner: pwd.struct_passwd | None) -> Iterator[Path]:
    # A socket's path may be 107 characters long, so the folder stands directly under the temporary one.
    folder = Path(tempfile.mkdtemp(prefix="academy-"))
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: "subprocess.Popen[bytes]", is_ready: Callable[[], bool], log: Path, name: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended at its start:\n{log.read_text(errors='replace')[-2000:]}")
        if is_ready():
            return
        time.sleep(0.05)
    raise RuntimeError(f"{name} was not ready within {START_SECONDS} s.")


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The URL of an empty database `academy` in a cluster of its own."""
    programs, owner = postgresql_programs(), _owner()
    user: dict[str, object] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    with _folder(owner) as folder:
        data, log = folder / "data", folder / "log"
        initdb = [str(programs / "initdb"), "-D", str(data), "-U", "academy", "-A", "trust", "-E", "UTF8"]
        made = subprocess.run(
            [*initdb, "--locale=C.UTF-8", "--no-sync"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            **user,
        )
        if made.returncode:
            raise RuntimeError(f"initdb did not succeed:\n{made.stderr}")
        options = [part for name, value in POSTGRESQL_OPTIONS.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *options],
                cwd=folder,
                stdout=output,
                stderr=output,
                **user,
            )
        try:
            at = ["-h", str(folder), "-U", "academy"]
            create = [str(programs / "createdb"), *at, "academy"]
            _wait(
                server,
                lambda: subprocess.run(create, capture_output=True, check=False).returncode == 0,
                log,
                "PostgreSQL",
            )
            yield f"postgres://academy@/academy?host={folder}"
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()
            server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """The URL of an empty Redis that writes nothing to disk.

    On a port and not a socket: Celery and Django's cache write a socket's address differently.
    """
    program, port = redis_program(), free_port()
    with _folder(None) as folder:
        log = folder / "log"
        options = [
            "--bind",
            "127.0.0.1",
            "--port",
            str(port),
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            str(folder),
        ]
        with log.open("wb") as output:
            server = subprocess.Popen([program, *options], stdout=output, stderr=output)
        try:
            _wait(server, lambda: _answers(port), log, "Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(10)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


SERVERS = {"postgresql": ("TEST_DATABASE_URL", postgresql), "redis": ("TEST_REDIS_URL", redis)}


def main(words: list[str]) -> int:
    if "--" not in words or not set(words[: words.index("--")]) <= set(SERVERS):
        print(__doc__, file=sys.stderr)
        return 2
    names, command = words[: words.index("--")], words[words.index("--") + 1 :]
    env = dict(os.environ)
    try:
        with contextlib.ExitStack() as stack:
            for name in names:
                variable, server = SERVERS[name]
                env[variable] = stack.enter_context(server())
            return subprocess.run(command, env=env, check=False).returncode
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
