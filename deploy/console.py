"""Words for the person at the keyboard, and commands whose output goes to a log."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Stop(Exception):
    """The start cannot go on; the text is the sentence for the person."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Print what is being done and, afterwards, how many seconds it took."""
    print(f"  {title} … ", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print("stopped", flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def var_dir() -> Path:
    """The folder for everything that is made here; VAR_DIR is read from where the person stands."""
    return Path(os.environ.get("VAR_DIR", "").strip() or ROOT / "var").resolve()


def log_dir() -> Path:
    path = var_dir() / "logs"
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(f"The folder {path} cannot be made ({error.strerror}). Set VAR_DIR to a folder of yours.") from None
    return path


def run(command: list[object], log: str, what: str, env: dict[str, str] | None = None, ok: bool = False) -> bool:
    """Run a command with its output in `log`; a failure is a `Stop`, or False when `ok`."""
    path = log_dir() / log
    with path.open("a", encoding="utf-8") as output:
        output.write(f"\n$ {' '.join(map(str, command))}\n")
        output.flush()
        try:
            code = subprocess.run(
                [str(part) for part in command],
                cwd=ROOT,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            ).returncode
        except OSError as error:
            output.write(f"{error}\n")
            code = 127
    if code and not ok:
        last = last_sentence(path)
        raise Stop(f"{what} did not succeed{': ' + last if last else '.'}\n  The whole output is in {path}")
    return code == 0


def last_sentence(path: Path) -> str:
    """The last line of a log that says something to a person, not a line of a trace."""
    for line in reversed(path.read_text(encoding="utf-8", errors="replace").splitlines()):
        if line.strip() and not line.startswith((" ", "$", "Traceback")):
            return line.strip()[:300]
    return ""
