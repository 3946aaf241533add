"""The parts of the suite: what each runs, what it needs, and how its result is counted."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import traceback
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, repeat
from pathlib import Path
from typing import IO

import servers
from bootstrap import PYTHON, VENV, packages_apart
from console import ROOT, say

# Program, and the Debian package that brings it.
PROGRAMS = {
    "chromium": "chromium",
    "initdb": "postgresql",
    "redis-server": "redis-server",
    "nginx": "nginx",
    "curl": "curl",
    "systemd-analyze": "systemd",
    "openssl": "openssl",
    "pdfsig": "poppler-utils",
    "qpdf": "qpdf",
    "mutool": "mupdf-tools",
    "softhsm2-util": "softhsm2",
}
THAI_FONTS = "fonts-thai-tlwg"
PLACES = ["/usr/sbin", "/usr/local/sbin", "/sbin"]
# Where the tests of a part stand; tests/conftest.py refuses one that stands elsewhere, since it would never run.
SYSTEM = ("tests/deploy", "tests/certification/keys", "tests/certification/signing", "tests/test_words.py")
PLANNING = ("tests/workshops/proposing",)
TEMPLATE = ("python", "-m", "tests.databases")
# Set by a person for one run, these would choose other tests or another database for every part.
NOT_KEPT = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "TEST_DATABASE_URL", "TEST_REDIS_URL", "PYTEST_ADDOPTS"}
NOT_BROWSER = "not postgresql and not redis and not browser and not system and not demo and not planning"


@dataclass(frozen=True)
class Part:
    """`commands` are habits, one result each; `pytest` is a run whose tests are counted.

    `packages`: an optional lock file of requirements/, which only this part has. `beside`: leaves a processor idle,
    so it runs beside the next part that does. `servers` are of the whole run: their template of the database is
    made once.
    """

    name: str
    commands: tuple[tuple[str, ...], ...] = ()
    pytest: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    packages: str = ""
    fast: bool = False
    beside: bool = False


@dataclass
class Outcome:
    """What came of a part; `note` says why something did not run."""

    part: Part
    passed: int = 0
    failed: int = 0
    seconds: float = 0.0
    note: str = ""
    failures: list[str] = field(default_factory=list)


def templates() -> tuple[str, ...]:
    """Every template of the project, for djade, which takes files and no folders."""
    tops = ("certification", "cms", "courses", "learning")
    return tuple(str(path.relative_to(ROOT)) for top in tops for path in sorted((ROOT / top).rglob("*.html")))


PARTS = (
    Part(
        "habits",
        commands=(
            ("ruff", "check", "."),
            ("ruff", "format", "--check", "."),
            ("djade", "--target-version", "5.2", "--check", *templates()),
            ("lint-imports",),
            ("mypy",),
            ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
            ("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        ),
        fast=True,
        beside=True,
    ),
    Part("database to copy", commands=(TEMPLATE,), beside=True),
    Part("the same, PostgreSQL", commands=(TEMPLATE,), servers=("postgresql",), beside=True),
    Part("unit, SQLite", pytest=("-n", "2", "-m", NOT_BROWSER), fast=True),
    Part(
        "database, PostgreSQL",
        pytest=("-n", "2", "-m", f"(database and not any_database and {NOT_BROWSER}) or (postgresql and not redis)"),
        servers=("postgresql",),
    ),
    Part("browser", pytest=("-n", "3", "--dist", "loadfile", "-m", "browser", "tests/browser")),
    # The longest first, so that the others fill the second processor while it runs.
    Part("a real start", pytest=("-m", "demo", "tests/deploy"), beside=True),
    Part("worker, Redis", pytest=("-m", "redis", "tests/deploy"), servers=("postgresql", "redis"), beside=True),
    Part("system files", pytest=("-m", "system", *SYSTEM), beside=True),
    Part("year plans, OR-Tools", pytest=("-m", "planning", *PLANNING), packages="planning", beside=True),
)


def missing_programs() -> list[str]:
    """The Debian packages of the programs that are not here."""
    path = os.pathsep.join(
        [os.environ.get("PATH", os.defpath), *PLACES, *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    )
    chromium = os.environ.get("CHROMIUM") or any(shutil.which(n) for n in ("chromium-browser", "google-chrome"))
    wanted = [
        package
        for program, package in PROGRAMS.items()
        if not shutil.which(program, path=path) and not (program == "chromium" and chromium)
    ]
    return wanted + ([THAI_FONTS] if "chromium" in wanted else [])


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in NOT_KEPT}
    path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath), *PLACES])
    return {**kept, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "110"}


def run_parts(parts: Sequence[Part]) -> Iterator[Outcome]:
    """Run each part to its end, whatever fails in it; parts that leave a processor idle run two at a time."""
    with Servers() as running:
        for beside, group in groupby(parts, key=lambda part: part.beside):
            if beside:
                with ThreadPoolExecutor(2) as two:
                    yield from two.map(partial(_run_quietly, running), group)
            else:
                yield from map(partial(_run_part, running), group)


def end_as_by_hand() -> None:
    """A build machine that ends the run leaves no server behind either."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


class Servers(contextlib.ExitStack):
    """The servers of the run: each is started when a part first needs it, and gone when all have ended."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: dict[str, str] = {}
        self.lock = threading.Lock()

    def environment(self, names: tuple[str, ...]) -> dict[str, str]:
        """The variables that name them. Raises servers.Missing."""
        with self.lock:
            for name in names:
                if name not in self.addresses:
                    self.addresses[name] = self.enter_context(servers.SERVERS[name][1]())
        return {servers.SERVERS[name][0]: self.addresses[name] for name in names}


def _run_quietly(running: Servers, part: Part) -> Outcome:
    """Its output is shown when it has ended, or two parts would be read through each other."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        outcome = _run_part(running, part, output)
        output.seek(0)
        say(output.read().rstrip("\n"))
    return outcome


def _run_part(running: Servers, part: Part, output: IO[str] | None = None) -> Outcome:
    print(f"\n── {part.name} " + "─" * max(0, 90 - len(part.name)), file=output, flush=True)
    outcome, started = Outcome(part), time.monotonic()
    try:
        env = {**environment(), **running.environment(part.servers)}
    except (servers.Missing, RuntimeError) as reason:
        outcome.failed, outcome.note = 1, str(reason)
        return outcome
    try:
        with ThreadPoolExecutor(2) as two:
            for done in two.map(_habit, part.commands, repeat(env)):
                _tell_habit(done, outcome, output)
        if part.pytest:
            _pytest(part, outcome, env, output)
    except Exception as error:  # the others run all the same
        traceback.print_exc(file=output)
        outcome.failed, outcome.note = outcome.failed + 1, f"{type(error).__name__}: {error}"
    outcome.seconds = time.monotonic() - started
    return outcome


@dataclass(frozen=True)
class Habit:
    """A command that ran, and what it said."""

    title: str
    good: bool
    said: str
    seconds: float


def _habit(command: tuple[str, ...], env: dict[str, str]) -> Habit:
    started = time.monotonic()
    if "check" in command and "--deploy" in command:
        env = {**env, **production_environment()}
    elif command[0] == "python":
        env = {**env, "DJANGO_SETTINGS_MODULE": "learning.settings.test"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    title = " ".join(command[:5]) + (" …" if len(command) > 5 else "")
    return Habit(title, done.returncode == 0, (done.stdout + done.stderr).strip(), time.monotonic() - started)


def _tell_habit(habit: Habit, outcome: Outcome, output: IO[str] | None) -> None:
    word = "passed" if habit.good else "FAILED"
    print(f"{word}  {habit.title}  {habit.seconds:.1f} s", file=output, flush=True)
    if habit.good:
        outcome.passed += 1
    else:
        outcome.failed += 1
        outcome.failures.append(habit.title)
        print(habit.said[-6000:], file=output, flush=True)


def production_environment() -> dict[str, str]:
    """deploy/env.example as a person would fill it, so that the example itself is checked."""
    values = {}
    for line in (ROOT / "deploy" / "env.example").read_text().splitlines():
        name, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            values[name] = value
    # Long and varied enough for Django's own check; never used for anything but this check.
    values["SECRET_KEY"] = "".join(chr(33 + (index * 37) % 90) for index in range(64)).replace("'", "x")
    values["VAR_DIR"] = str(Path(tempfile.gettempdir()) / f"academy-check-{os.getuid()}")
    return {**values, "DJANGO_SETTINGS_MODULE": "learning.settings.production"}


def _pytest(part: Part, outcome: Outcome, env: dict[str, str], output: IO[str] | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(PYTHON), "-m", "pytest", "-q", f"--junitxml={report}", *part.pytest]
        if part.packages:
            apart = packages_apart(part.packages)
            if apart is None:
                outcome.failed, outcome.note = 1, f"requirements/{part.packages}.txt could not be installed"
                return
            env = {**env, "PYTHONPATH": str(apart)}
        code = subprocess.run(
            command, cwd=ROOT, env=env, stdout=output, stderr=output and subprocess.STDOUT, check=False
        ).returncode
        if not report.exists():
            outcome.failed, outcome.note = 1, f"could not run (exit {code}, see above)"
            return
        _count(report, outcome)
    if code == 5:
        outcome.failed, outcome.note = outcome.failed + 1, "no test was found"
    elif code and not outcome.failed:
        outcome.failed, outcome.note = 1, f"did not end well (exit {code})"


def _count(report: Path, outcome: Outcome) -> None:
    """A skipped test did not run, so it counts as failed and says why."""
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname', '')}::{case.get('name', '')}".replace(".", "/")
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
            outcome.failures.append(name)
        elif skipped is not None:
            outcome.failed += 1
            outcome.failures.append(f"{name}, skipped: {skipped.get('message', '')}")
            outcome.note = "skipped tests count as failed"
        else:
            outcome.passed += 1


def table(outcomes: list[Outcome], seconds: float) -> str:
    """What ran and what did not, one line a part, and the names of what failed; `seconds` by the clock on the wall."""
    lines = ["", f"{'part':<24}{'passed':>8}{'failed':>8}{'time':>10}   remark", "─" * 78]
    for outcome in outcomes:
        ran = bool(outcome.passed or outcome.failed)
        counts = f"{outcome.passed:>8}{outcome.failed:>8}{outcome.seconds:>8.1f} s"
        figures = counts if ran else f"{'–':>8}{'–':>8}{'–':>10}"
        lines.append(f"{outcome.part.name:<24}{figures}   {outcome.note}".rstrip())
    lines.append(f"{'all':<24}{'':>16}{seconds:>8.1f} s")
    failures = [f"  {outcome.part.name}: {name}" for outcome in outcomes for name in outcome.failures]
    if failures:
        more = [f"  and {len(failures) - 60} more"] if len(failures) > 60 else []
        lines += ["", "Failed:", *failures[:60], *more]
    return "\n".join([*lines, ""])
