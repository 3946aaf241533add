"""The parts of the suite together run every test, and what goes wrong in one of them is is_chosened."""

import importlib
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.conftest import WHERE, pytest_collection_modifyitems

# What SIGTERM must end is begun before it comes.
STOPPED = """
import os, signal, sys, time
sys.path[:0] = sys.argv[1:]
import parts
parts.end_as_by_hand()
try:
    with parts.Servers() as running:
        running.callback(print, "gone")
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()
except KeyboardInterrupt:
    print("told")
"""


@pytest.fixture
def parts(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """deploy/parts.py, as deploy/test loads it."""
    for folder in ("tests", "deploy"):
        monkeypatch.syspath_prepend(root / folder)
    return importlib.import_module("parts")


def selected(marker: str, place: str, root: Path) -> int:
    """How many tests of a file pytest would run for a marker."""
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:xdist", "-m", marker, place],
        cwd=root,
        env={key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return sum(line.startswith("tests/") for line in told.splitlines())


@pytest.mark.parametrize(
    ("marker", "place", "is_chosen"),
    [
        ("database", "tests/test_snapshots.py", True),
        ("database and not any_database", "tests/test_snapshots.py", True),
        ("database and not any_database", "tests/people/test_english_name.py", False),
    ],
)
def test_what_reaches_the_database_is_chosen_by_that_marker(
    marker: str, place: str, is_chosen: bool, root: Path
) -> None:
    """A marker that is set after pytest has chosen would leave PostgreSQL's part without its tests."""
    assert bool(selected(marker, place, root)) is is_chosen


def test_the_folders_of_a_marker_are_those_that_its_part_looks_in(parts: ModuleType) -> None:
    for marker, places in WHERE.items():
        [words] = [part.pytest for part in parts.PARTS if marker in part.pytest]
        assert sorted(word for word in words if word.startswith("tests/")) == sorted(f"tests/{one}" for one in places)


@pytest.mark.parametrize(("place", "is_taken"), [("deploy/test_one.py", True), ("people/test_one.py", False)])
def test_a_test_that_no_part_would_look_for_is_refused(place: str, is_taken: bool, root: Path) -> None:
    item: Any = SimpleNamespace(
        nodeid=place,
        path=root / "tests" / place,
        add_marker=lambda _marker: None,
        get_closest_marker=lambda marker: marker == "redis",
    )
    with nullcontext() if is_taken else pytest.raises(pytest.UsageError, match="is marked redis, but"):
        pytest_collection_modifyitems([item])


@pytest.mark.parametrize("beside", [False, True])
def test_a_part_that_breaks_is_counted_and_the_others_run(
    parts: ModuleType, monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    def habit(command: tuple[str, ...], _env: dict[str, str]) -> Any:
        if command == ("broken",):
            raise FileNotFoundError("broken is not here")
        return parts.Habit("good", True, "", 0.0)

    monkeypatch.setattr(parts, "_habit", habit)
    asked = [parts.Part(name, commands=((name,),), beside=beside) for name in ("first", "broken", "last")]
    outcomes = list(parts.run_parts(asked))
    assert [(one.passed, one.failed) for one in outcomes] == [(1, 0), (0, 1), (1, 0)]
    assert outcomes[1].note == "FileNotFoundError: broken is not here"


def test_a_server_that_is_not_here_is_a_sentence_and_a_failure(
    parts: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise parts.servers.Missing("PostgreSQL is not on this machine.")

    monkeypatch.setitem(parts.servers.SERVERS, "postgresql", ("TEST_DATABASE_URL", missing))
    asked = [parts.Part(name, commands=(("never",),), servers=("postgresql",)) for name in ("one", "two")]
    outcomes = list(parts.run_parts(asked))
    assert [(one.failed, one.note) for one in outcomes] == [(1, "PostgreSQL is not on this machine.")] * 2


def test_what_a_person_has_set_for_one_run_changes_no_part(parts: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEST_DATABASE_URL", "TEST_REDIS_URL", "PYTEST_ADDOPTS"):
        monkeypatch.setenv(name, "-k nothing")
    assert {"TEST_DATABASE_URL", "TEST_REDIS_URL", "PYTEST_ADDOPTS"} & parts.environment().keys() == set()


@pytest.mark.parametrize(
    ("tests", "counted"),
    [
        ("def test_good(): pass", (1, 0)),
        ("def test_bad(): assert False", (0, 1)),
        ("import pytest\n@pytest.fixture\ndef late():\n yield\n assert False\ndef test_end(late): pass", (0, 1)),
        ("import pytest\n@pytest.mark.skip('no')\ndef test_skipped(): pass", (0, 1)),
        ("import nowhere", (0, 1)),
        ("", (0, 1)),
    ],
)
def test_no_end_of_pytest_is_taken_for_a_good_one(
    parts: ModuleType, tmp_path: Path, tests: str, counted: tuple[int, int]
) -> None:
    (tmp_path / "test_one.py").write_text(tests)
    where = ("-p", "no:django", "-c", os.devnull, f"--rootdir={tmp_path}", str(tmp_path))
    [outcome] = parts.run_parts([parts.Part("one", pytest=where, beside=True)])
    assert (outcome.passed, outcome.failed) == counted


def test_servers_are_gone_when_the_run_is_ended_from_outside(root: Path) -> None:
    """As a build machine ends what takes too long; without it PostgreSQL would stay."""
    told = subprocess.run(
        [sys.executable, "-c", STOPPED, str(root / "deploy"), str(root / "tests")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.splitlines() == ["gone", "told"]
