"""A program hidden in a file, were it to run, reaches nothing: each bound is tried, and seen to matter."""

import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from certification.checking import reading
from certification.checking.apart import confinement, limits
from certification.checking.reading import read_apart
from tests.certification.checking import papers
from tests.certification.checking.conftest import File

NO_LANDLOCK = dict.fromkeys(("make folder", "rename", "remove"), "done") | {"run": "ENOEXEC"}
LANDLOCK = dict.fromkeys(NO_LANDLOCK, "EACCES")
# A stand-in for the reader, with one bound taken out; what the true reader loads is not needed.
HOSTILE = """
import sys; sys.path.insert(0, sys.argv[1])
from certification.checking.apart import confinement, main
from tests.certification.checking import hostile
sys.modules["certification.checking.apart.loaded"] = hostile
main.read_paper, limit, out = hostile.read_paper, confinement._limit, {out!r}
if out.startswith("RLIMIT"):
    confinement._limit = lambda name, most: name == out or limit(name, most)
elif out:
    setattr(confinement, out, lambda: None)
main.main()
"""
LOADING = """
import sys; sys.path.insert(0, sys.argv[1])
from certification.checking.apart import confinement, main
seen, shut, read = [], confinement.shut, main.read_paper
def close():
    shut()
    opening = ("import", "open", "os.listdir", "socket.__new__", "subprocess.Popen")
    sys.addaudithook(lambda event, about: event in opening and seen.append(f"{event} {about[0]}"))
confinement.shut = close
main.read_paper = lambda content, runner: {**read(content, runner), "files": seen}
main.main()
"""

Try = Callable[[str], dict[str, str]]


@pytest.fixture
def deeds(monkeypatch: pytest.MonkeyPatch) -> Iterator[Try]:
    """What a reader that was taken over could do, with one bound taken out ("": none)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)

    def deeds(out: str) -> dict[str, str]:
        (folder / "diary").touch(mode=0o777)
        (folder / "diary").chmod(0o777)
        monkeypatch.setattr(reading, "_START", HOSTILE.format(out=out))
        return dict(line.split(": ") for line in read_apart(str(folder).encode()).files)

    yield deeds
    shutil.rmtree(folder)


def test_a_reader_that_was_taken_over_reaches_nothing(deeds: Try) -> None:
    version = confinement.landlock_version()
    assert deeds("") == {
        "open": "EMFILE",
        "make": "EMFILE",
        "connect": "EMFILE",
        "begin": "EAGAIN",
        "write": "EFBIG",
        "stand": "ENOENT",
        "loosen": "EPERM",
        "dump": "EPERM",
        **(LANDLOCK if version else NO_LANDLOCK),
        "speak": "EPERM" if version >= 6 or os.geteuid() == 0 else "done",
    }


@pytest.mark.parametrize(
    ("out", "freed"),
    [
        ("RLIMIT_NOFILE", {"connect"}),
        ("RLIMIT_NPROC", {"begin"}),
        ("RLIMIT_FSIZE", {"write"}),
        ("stand_nowhere", {"stand"}),
        ("give_up_root", {"begin"} if os.geteuid() == 0 else set()),
        ("forbid_paths", {"make folder", "rename", "remove"}),
    ],
)
def test_each_bound_matters(deeds: Try, out: str, freed: set[str]) -> None:
    assert {deed for deed, outcome in deeds(out).items() if outcome == "done"} >= freed


@pytest.mark.django_db
def test_nothing_is_loaded_once_the_doors_are_shut(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a library loads late would be missing there; then a true file would be called damaged."""
    content = file().content
    monkeypatch.setattr(reading, "_START", LOADING)
    for given in (
        content,
        papers.with_a_page_added(content),
        papers.saved_again(content),
        papers.encrypted(content, password=""),
    ):
        paper = read_apart(given)
        assert (paper.problem, paper.signature_problem, paper.files) == ("", "", [])


@pytest.mark.parametrize("kind", ["rsa", "pss", "ed25519"])
def test_a_stranger_who_signs_in_another_way_is_read_there_too(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_START", LOADING)
    paper = read_apart(papers.signed_by_a_stranger(papers.with_pages(1), kind))
    assert (paper.signature_problem, paper.files) == ("", [])
    assert [(one.is_right, one.signer) for one in paper.signatures] == [(True, "มาลี")]


def test_a_limit_that_the_system_does_not_know_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    set_limits: list[str] = []

    def refuse(*_limits: object) -> None:
        set_limits.append("asked")
        raise ValueError

    known = {"RLIMIT_AS": resource.RLIMIT_AS, "RLIM_INFINITY": resource.RLIM_INFINITY}
    monkeypatch.setattr(
        confinement, "resource", SimpleNamespace(getrlimit=resource.getrlimit, setrlimit=refuse, **known)
    )
    monkeypatch.setattr(confinement, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(confinement.os, "nice", lambda _by: 0)
    confinement.bound()
    assert (set_limits, confinement.landlock_version(), confinement.forbid_paths()) == (["asked"], 0, None)


def test_a_host_that_allows_less_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under `ulimit -v` or systemd's LimitCPU: asking for more than is allowed would be refused, for nothing."""
    bounds: dict[int, tuple[int, int]] = {}
    allowed = {resource.RLIMIT_CPU: 5, resource.RLIMIT_AS: resource.RLIM_INFINITY, resource.RLIMIT_CORE: 0}
    monkeypatch.setattr(confinement.os, "nice", lambda _by: 0)
    monkeypatch.setattr(confinement.resource, "getrlimit", lambda kind: (allowed[kind], allowed[kind]))
    monkeypatch.setattr(confinement.resource, "setrlimit", bounds.__setitem__)
    confinement.bound()
    assert bounds == {
        resource.RLIMIT_CPU: (5, 5),
        resource.RLIMIT_AS: (limits.MEMORY_BYTES, limits.MEMORY_BYTES),
        resource.RLIMIT_CORE: (0, 0),
    }


def test_where_linux_refuses_a_limit_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_limits: object) -> None:
        raise ValueError

    known = {"RLIMIT_CPU": resource.RLIMIT_CPU, "RLIM_INFINITY": resource.RLIM_INFINITY}
    monkeypatch.setattr(
        confinement, "resource", SimpleNamespace(getrlimit=resource.getrlimit, setrlimit=refuse, **known)
    )
    monkeypatch.setattr(confinement, "sys", SimpleNamespace(platform="linux"))
    monkeypatch.setattr(confinement.os, "nice", lambda _by: 0)
    with pytest.raises(ValueError, match=r"^$"):
        confinement.bound()


def test_root_is_given_up_where_its_groups_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a user namespace, where setgroups(2) is denied."""
    given_up: list[str] = []

    def refuse(_groups: list[int]) -> None:
        raise PermissionError

    monkeypatch.setattr(confinement.os, "geteuid", lambda: 0)
    monkeypatch.setattr(confinement.os, "setgroups", refuse)
    monkeypatch.setattr(confinement.os, "setgid", lambda _group: given_up.append("group"))
    monkeypatch.setattr(confinement.os, "setuid", lambda _user: given_up.append("user"))
    confinement.give_up_root()
    assert given_up == ["group", "user"]


def test_a_site_that_may_not_change_its_niceness_reads_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under systemd without setpriority."""
    bounds: list[int] = []

    def refuse(_by: int) -> int:
        raise PermissionError

    monkeypatch.setattr(confinement.os, "nice", refuse)
    monkeypatch.setattr(confinement.resource, "setrlimit", lambda kind, _limits: bounds.append(kind))
    confinement.bound()
    assert bounds == [resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_CORE]


@pytest.mark.parametrize(
    "program",
    [
        "import sys; sys.stdin.read(); print('[' * 100_000)",
        "import sys; sys.stdin.read(); print('[1]')",
        """import sys; sys.stdin.read(); print('{"surprise": 1}')""",
        """import sys; sys.stdin.read(); print('{"signatures": [{"field": 1}]}')""",
    ],
)
def test_an_answer_that_is_none_is_not_believed(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(reading, "_START", program)
    assert read_apart(papers.with_pages(1)).problem == "too-demanding"


def test_an_answer_without_end_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what is written to the other channel."""
    told: list[int] = []
    answer_to = reading._talk

    def talk(*given: object) -> bytes:
        told.append(len(answer := answer_to(*given)))
        return answer

    monkeypatch.setattr(reading, "_talk", talk)
    endless = "import sys; sys.stdin.read()\nwhile True: sys.stderr.write('x' * 99_999), sys.stdout.write('x' * 99_999)"
    monkeypatch.setattr(reading, "_START", endless)
    assert (read_apart(b"%PDF-1.7").problem, told) == ("too-demanding", [limits.MAX_ANSWER + 1])
