"""System packages: Pango for certificates, and what the tests use, by apt where this is allowed."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from console import run, say, step

PANGO_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
PANGO_LIBRARIES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]


def may_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_command(packages: list[str]) -> str:
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def apt(packages: list[str]) -> bool:
    """Install Debian packages where this is allowed; their services are not started."""
    if not may_apt():
        return False
    env = {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    with _services_stay_down():
        if run(install, "apt.log", "apt-get", env, ok=True):
            return True
        run(["apt-get", "update", "-q"], "apt.log", "apt-get update", env, ok=True)
        return run(install, "apt.log", "apt-get", env, ok=True)


@contextlib.contextmanager
def _services_stay_down() -> Iterator[None]:
    """Debian starts what it installs; a test machine wants the programs, not a server on port 80."""
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        yield
    finally:
        if ours:
            policy.unlink(missing_ok=True)


def has_pango() -> bool:
    try:
        for name in PANGO_LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def pango() -> bool:
    """Certificates are drawn by Pango; without it the site starts and they wait in the queue."""
    if has_pango():
        return True
    if may_apt():
        with step("Pango, for certificates"):
            apt(PANGO_PACKAGES)
        # A library that appears while a process runs is found by the next one; asking again is enough here.
        if has_pango():
            return True
    say("  Pango is missing: certificates will wait in the queue. To draw them:")
    say(f"    {apt_command(PANGO_PACKAGES)}")
    return False
