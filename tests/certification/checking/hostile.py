"""A reader that has been taken over: it tries what a program in a file would, and tells what the kernel said."""

import errno
import os
import resource
import socket
import tempfile
from collections.abc import Callable
from typing import Any

KEPT = tempfile.TemporaryFile()  # noqa: SIM115  open before anything was forbidden


def read_paper(content: bytes, _runner: Any) -> dict[str, Any]:
    """`content` is the path of a folder that anybody may write to; `files` tells how each deed went."""
    folder = content.decode()
    deeds: dict[str, Callable[[], Any]] = {
        "open": lambda: os.open(f"{folder}/diary", os.O_RDONLY),
        "make": lambda: os.open(f"{folder}/new", os.O_CREAT | os.O_WRONLY),
        "connect": socket.socket,
        "begin": _fork,
        "write": lambda: os.write(KEPT.fileno(), b"x"),
        "stand": os.getcwd,
        "loosen": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99)),
        "dump": lambda: resource.setrlimit(resource.RLIMIT_CORE, (1, 1)),
        "make folder": lambda: os.mkdir(f"{folder}/empty"),
        "rename": lambda: os.rename(f"{folder}/diary", f"{folder}/diary"),
        "run": lambda: os.execv(f"{folder}/diary", ["diary"]),
        "speak": lambda: os.kill(os.getppid(), 0),
        "remove": lambda: os.remove(f"{folder}/diary"),
    }
    return {"problem": "", "files": [f"{name}: {_outcome(deed)}" for name, deed in deeds.items()]}


def _outcome(deed: Callable[[], Any]) -> str:
    try:
        deed()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    except ValueError:  # as setrlimit says that it is not allowed
        return "EPERM"
    return "done"


def _fork() -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
