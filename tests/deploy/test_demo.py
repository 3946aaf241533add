"""`deploy/demo` on a folder of data of its own: opens, works, stops, and changes nothing when run again."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import free_port

LIMIT_SECONDS = 240
pytestmark = pytest.mark.demo


def command(root: Path, *words: str) -> list[str]:
    return [sys.executable, str(root / "deploy" / "demo"), *words]


def environment(var: Path, **more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "TEST_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SITE_URL"}
    }
    return {**kept, "VAR_DIR": str(var), **more}


def setup_only(root: Path, var: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(root, "--setup-only"),
        cwd=cwd,
        env=environment(var),
        capture_output=True,
        text=True,
        check=False,
    )


def rows(var: Path) -> dict[str, int]:
    """Table → number of rows. Only the database that the setup made is in the folder."""
    [path] = var.glob("*.sqlite3")
    with sqlite3.connect(path) as line:
        names = [name for (name,) in line.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: line.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


@pytest.fixture(scope="module")
def var(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that `--setup-only` has filled, started from another folder."""
    folder = tmp_path_factory.mktemp("var")
    done = setup_only(root, folder, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_a_second_preparation_changes_nothing(root: Path, var: Path, tmp_path: Path) -> None:
    before = rows(var)
    assert before["people_user"] >= 4
    done = setup_only(root, var, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(var) == before


@pytest.fixture
def demo(root: Path, var: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    with (tmp_path / "told").open("w") as output:
        process = subprocess.Popen(
            command(root),
            cwd=tmp_path,
            env=environment(var, PORT=str(port)),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        yield process, port
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


def told(folder: Path, process: subprocess.Popen[str]) -> str:
    """What the command said until it was open, or ended."""
    until = time.monotonic() + LIMIT_SECONDS
    path = folder / "told"
    while time.monotonic() < until and process.poll() is None and "Started in" not in path.read_text():
        time.sleep(0.2)
    return path.read_text()


def processes_of(var: Path) -> list[str]:
    """The command lines of all processes that work on a folder of data (Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"VAR_DIR={var}\0".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def test_the_academy_opens_works_and_stops_without_a_trace(
    demo: tuple[subprocess.Popen[str], int], var: Path, tmp_path: Path
) -> None:
    process, port = demo
    words = told(tmp_path, process)
    assert process.poll() is None, words
    assert f"The academy is open: http://127.0.0.1:{port}/" in words
    assert [name for name in ("malee", "somchai", "wipa", "krit") if name not in words] == []
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
        assert (answer.status, 'lang="th"' in answer.read().decode()) == (200, True)
    running = " ".join(processes_of(var))
    assert [name for name in ("gunicorn", "celery", "--beat") if name not in running] == []
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert processes_of(var) == []
    assert "Traceback" not in (tmp_path / "told").read_text() + (var / "logs" / "demo.log").read_text()


def test_a_port_in_use_is_said_in_one_sentence(root: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            command(root),
            cwd=tmp_path,
            env=environment(tmp_path, PORT=str(port)),
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "")
    assert re.fullmatch(
        rf"Port {port} cannot be used \(.+\)\. Choose another: PORT={port + 1} \S+", done.stdout.strip()
    )


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_refused(root: Path, tmp_path: Path, port: str) -> None:
    done = subprocess.run(
        command(root), env=environment(tmp_path, PORT=port), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.strip() == f"PORT={port} is not a port. Write a number from 1 to 65535."


def test_a_database_that_does_not_answer_is_said_without_a_trace(root: Path, tmp_path: Path) -> None:
    address = f"postgres://nobody@/none?host={tmp_path}"
    done = subprocess.run(
        command(root, "--setup-only"),
        env=environment(tmp_path, DATABASE_URL=address),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "The preparation of the database did not succeed" in done.stdout
    assert "Traceback" not in done.stdout
