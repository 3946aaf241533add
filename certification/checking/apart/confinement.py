"""What a program hidden in a file could reach, were it to run: nothing, once everything is loaded and the file is read.

Each bound is the kernel's, asked for by a plain process. One that this kernel does not know is left out.
"""

import contextlib
import ctypes
import os
import resource
import sys
import tempfile

from certification.checking.apart.limits import CPU_SECONDS, MEMORY_BYTES

# Niceness: however many files are sent, the pages of the site come first. Not more: beside two workers that print a
# batch, 15 gets a fourteenth of a processor, and an honest file would run out of its time.
GIVES_WAY = 5
NOBODY = 65534

# Linux: prctl(2), and landlock(7), whose calls have the same numbers on every processor.
_PR_SET_NO_NEW_PRIVS = 38
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT, _LANDLOCK_VERSION = 444, 446, 1
# What each version of Landlock can forbid: rights to files, to the network, to other processes; as counts of bits.
_FORBIDDEN = {1: (13, 0, 0), 2: (14, 0, 0), 3: (15, 0, 0), 4: (15, 2, 0), 5: (16, 2, 0), 6: (16, 2, 2)}


def bound() -> None:
    """Memory and time, before anything is loaded."""
    with contextlib.suppress(OSError):  # a matter of politeness, which a sandbox around the site may forbid
        os.nice(GIVES_WAY)
    _limit("RLIMIT_CPU", CPU_SECONDS)
    _limit("RLIMIT_AS", MEMORY_BYTES)
    _limit("RLIMIT_CORE", 0)


def shut() -> None:
    """From here on no file is opened, made, renamed or removed, no connection made, no process begun or spoken to.

    What is open stays so: the answer goes out by it. Landlock needs a file number, so it comes before them all end.
    """
    stand_nowhere()
    give_up_root()
    forbid_paths()
    for name in ("RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_NOFILE"):
        _limit(name, 0)


def stand_nowhere() -> None:
    """The folder of the day is one that is gone: nothing is in it and nothing can be put there."""
    try:
        folder = tempfile.mkdtemp()
        os.chdir(folder)
        os.rmdir(folder)
    except OSError:  # nowhere to write
        os.chdir("/")


def give_up_root() -> None:
    """Root is bound by no number of processes and may raise every other limit again."""
    if os.geteuid() == 0:
        for give_up, what in ((os.setgroups, []), (os.setgid, NOBODY), (os.setuid, NOBODY)):
            with contextlib.suppress(OSError):  # a container may have the right to some of it only
                give_up(what)  # type: ignore[operator]


def landlock_version() -> int:
    """What the kernel offers; 0 where it has no Landlock or a sandbox around the site forbids it."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_LANDLOCK_CREATE, None, 0, _LANDLOCK_VERSION))


def forbid_paths() -> None:
    """Also what needs no file number: to remove, to rename, to run a program, to read another process or end it."""
    version = min(landlock_version(), max(_FORBIDDEN))
    if not version:
        return
    rights = (ctypes.c_uint64 * 3)(*((1 << bits) - 1 for bits in _FORBIDDEN[version]))
    rules = _call(_LANDLOCK_CREATE, ctypes.byref(rights), ctypes.sizeof(rights), 0)
    if rules < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    _libc().prctl(_PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0)))
    if _call(_LANDLOCK_RESTRICT, rules, 0) < 0:
        raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    os.close(rules)


def _limit(name: str, most: int) -> None:
    """Both limits, so that nothing inside raises it; a host that allows less has its way.

    Where Linux refuses, nothing is read at all.
    """
    if (kind := getattr(resource, name, None)) is None:
        return
    _soft, allowed = resource.getrlimit(kind)
    if allowed != resource.RLIM_INFINITY:
        most = min(most, allowed)
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):
        if sys.platform == "linux":
            raise


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    longs = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return int(_libc().syscall(ctypes.c_long(number), *longs))
