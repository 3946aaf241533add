"""Lock files are whole, fit their sources, and name no address; no tracked file names a machine's path."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

PAIRS = ["base", "dev", "front", "planning"]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(path: Path) -> dict[str, str]:
    """Name → version condition of each line of an .in file."""
    found = {}
    for line in path.read_text().splitlines():
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*([^#;]*)", line)
        if match and not line.startswith(("#", "-")):
            found[normal(match[1])] = match[2].strip()
    return found


def locked(path: Path) -> dict[str, str]:
    """Name → version of each package of a lock file."""
    return {normal(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", path.read_text(), re.M)}


def fits(version: str, condition: str) -> bool:
    """`~=5.2.19` and `==70.0`, the two ways in which the .in files ask."""
    have = [int(part) for part in re.findall(r"\d+", version)]
    sign, wanted = condition[:2], [int(part) for part in re.findall(r"\d+", condition)]
    if not condition:
        return True
    if sign == "==":
        return have[: len(wanted)] == wanted
    return sign == "~=" and have[: len(wanted) - 1] == wanted[:-1] and have >= wanted


@pytest.mark.parametrize("name", PAIRS)
def test_a_lock_holds_what_its_source_asks_for(root: Path, name: str) -> None:
    asked, have = asked_for(root / f"requirements/{name}.in"), locked(root / f"requirements/{name}.txt")
    assert asked != {}
    assert {
        package: have.get(package)
        for package, condition in asked.items()
        if package not in have or not fits(have[package], condition)
    } == {}


@pytest.mark.parametrize("name", PAIRS)
def test_every_locked_package_carries_a_hash_and_no_address(root: Path, name: str) -> None:
    text = (root / f"requirements/{name}.txt").read_text()
    blocks = re.split(r"\n(?=[\w.-]+==)", "\n" + text.strip())[1:]
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links", text) == []


@pytest.mark.parametrize("other", ["dev", "planning"])
def test_every_lock_agrees_with_the_site_on_shared_packages(root: Path, other: str) -> None:
    base, more = locked(root / "requirements/base.txt"), locked(root / f"requirements/{other}.txt")
    assert {name: (base[name], more[name]) for name in base.keys() & more.keys() if base[name] != more[name]} == {}


@pytest.mark.parametrize(
    ("version", "condition", "answer"),
    [
        ("5.2.19", "~=5.2.19", True),
        ("5.3.0", "~=5.2.19", False),
        ("5.2.18", "~=5.2.19", False),
        ("7.9", "~=7.4", True),
        ("8.0", "~=7.4", False),
        ("70.0", "==70.0", True),
        ("70.1", "==70.0", False),
    ],
)
def test_a_condition_is_read_as_pip_reads_it(version: str, condition: str, answer: bool) -> None:
    assert fits(version, condition) is answer


def test_the_lock_of_the_front_end_fits_its_source_and_names_no_address(root: Path) -> None:
    package = json.loads((root / "package.json").read_text())
    lock = json.loads((root / "package-lock.json").read_text())
    asked = {**package.get("dependencies", {}), **package.get("devDependencies", {})}
    assert asked == {name: lock["packages"][f"node_modules/{name}"]["version"] for name in asked}
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert [
        name
        for name, entry in lock["packages"].items()
        if name and "integrity" not in entry and not entry.get("inBundle")
    ] == []


MADE = {".git", ".hypothesis", ".venv", ".tools", "node_modules", "var", "static_built", "__pycache__"}


def tracked(root: Path) -> list[Path]:
    """Every file that git knows or would take; without git, every file that no command made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        return [path for name in listed.stdout.split("\0") if name and (path := root / name).is_file()]
    made = re.compile(r"\.\w+_cache$")
    found: list[Path] = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in MADE and not made.search(name)]
        found += [Path(folder) / name for name in names]
    return found


def test_no_file_names_a_path_of_one_machine(root: Path) -> None:
    homes = re.compile(rb"(?<![\w./])(?:/root|/Users|/home/[a-z])/?[\w.-]*")
    own = root / "tests/deploy/test_locks.py"
    here = re.compile(re.escape(str(root)).encode()) if len(root.parts) > 2 else homes
    found = [
        f"{path.relative_to(root)}: {match[0].decode(errors='replace')}"
        for path in tracked(root)
        if path != own and path.suffix not in {".ttf", ".woff2", ".png", ".jpg", ".webp", ".mo"}
        for match in [*homes.finditer(path.read_bytes()), *here.finditer(path.read_bytes())]
    ]
    assert found == []
