"""The facts of a stranger's file, read by a process of its own that may be slow, greedy or crash without harm."""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from certification.checking.apart.limits import MAX_ANSWER
from certification.checking.limits import AT_ONCE, PATIENCE, WALL_SECONDS

# -I: no variables, no folder of the day. The site's folder is added by hand; Django is not loaded.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from certification.checking.apart.main import main; main()"
_gate = threading.BoundedSemaphore(AT_ONCE)
_ROOT = str(Path(__file__).resolve().parents[2])


@dataclass(frozen=True)
class Signature:
    """As `apart.signatures` tells it; `certificate` is X.509 in base64 DER."""

    field: str
    is_right: bool
    covers_all: bool
    covers_revision: bool
    changes: str
    changes_are_allowed: bool
    pages_then: int
    pages_now: int
    signer: str
    organization: str
    certificate: str
    signed_at: str
    timestamp: dict[str, Any] | None


@dataclass(frozen=True)
class Paper:
    """As `apart.structure` tells it."""

    problem: str = ""
    is_encrypted: bool = False
    pages: int = 0
    objects: int = 0
    actions: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    credential: str = ""
    signature_problem: str = ""
    signatures: list[Signature] = field(default_factory=list)


def read_apart(content: bytes) -> Paper:
    """The facts of a file; `problem` is "too-demanding" when reading it took too much, "busy" when others were being
    read or the machine gave it no turn. Never raises."""
    if not _gate.acquire(timeout=PATIENCE):
        return Paper(problem="busy")
    try:
        return _read_apart(content)
    finally:
        _gate.release()


def _read_apart(content: bytes) -> Paper:
    try:
        return paper_of(json.loads(_answer_to(content)))
    except TimeoutError:
        return Paper(problem="busy")
    # no room for another process or thread; or what came back are not the facts that were asked for
    except (OSError, ValueError, TypeError, AttributeError, RuntimeError):
        return Paper(problem="too-demanding")


def _answer_to(content: bytes) -> bytes:
    """What the process writes, up to the bound of an answer; OSError when it dies or writes without end.

    TimeoutError when it hangs: it gives way to all others, and what works ends by its own bound of processor time.
    """
    process = subprocess.Popen(  # noqa: S603  our own program; the stranger's bytes are its input only
        [sys.executable, "-I", "-c", _START, _ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
    )
    is_late = threading.Event()
    patience = threading.Timer(WALL_SECONDS, lambda: (is_late.set(), process.kill()))
    with process:
        patience.start()
        try:
            told = _talk(process, content)
            if process.wait() or len(told) > MAX_ANSWER:
                raise OSError
        except OSError as error:
            if is_late.is_set():
                raise TimeoutError from error
            raise
        finally:
            process.kill()
            patience.cancel()
    return told


def _talk(process: "subprocess.Popen[bytes]", content: bytes) -> bytes:
    """It reads everything before it writes anything, so neither waits for the other."""
    if process.stdin is None or process.stdout is None:
        raise OSError
    with process.stdin:
        process.stdin.write(content)
    told = process.stdout.read(MAX_ANSWER + 1)
    if len(told) > MAX_ANSWER:
        process.kill()
    return told


def paper_of(facts: dict[str, Any]) -> Paper:
    """From the JSON of that process."""
    signatures = [Signature(**one) for one in facts.pop("signatures", [])]
    return Paper(**facts, signatures=signatures)
