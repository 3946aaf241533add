"""Libraries that come with a package. They are checked, and never installed: nothing of them is kept or run."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.checking.manifest import MACHINE_NAME, VERSION
from courses.h5p.refusals import PackageRefused

NEWEST_CORE = (1, 28)
_LANGUAGE = re.compile(r"-?[a-z]+(?:-[a-z]+){0,6}\.json", re.IGNORECASE)
_FILE = re.compile(r"[\w\s./\\-]+\.(js|css)", re.IGNORECASE | re.ASCII)


def check_libraries(names: Iterable[str], read: Callable[[str], Any]) -> list[str]:
    """The libraries of these files, as "H5P.Blanks 1.14"; `read` parses a JSON file. Raises PackageRefused."""
    folders: dict[str, set[str]] = {}
    for name in names:
        folder, slash, rest = name.partition("/")
        if slash and folder != "content":
            folders.setdefault(folder, set()).add(rest)
    return [_check(folder, files, read) for folder, files in sorted(folders.items())]


def _check(folder: str, files: set[str], read: Callable[[str], Any]) -> str:
    where = f"{folder}/library.json"
    if not MACHINE_NAME.fullmatch(folder) or "library.json" not in files:
        raise _refused("library-directory-name-mismatch", folder)
    facts = read(where)
    if not isinstance(facts, dict):
        raise _refused("invalid-library-json-file", where)
    name, versions = facts.get("machineName"), []
    for part in ("majorVersion", "minorVersion", "patchVersion"):
        number = facts.get(part)
        if isinstance(number, bool) or not isinstance(number, int | str) or not VERSION.fullmatch(str(number)):
            raise _refused("invalid-library-json-file", where)
        versions.append(int(number))
    if not isinstance(name, str) or not isinstance(facts.get("title"), str):
        raise _refused("invalid-library-json-file", where)
    if str(facts.get("runnable", 0)) not in ("0", "1", "True", "False"):
        raise _refused("invalid-library-json-file", where)
    if folder not in (name, f"{name}-{versions[0]}.{versions[1]}", f"{name}-{versions[0]}.{versions[1]}.{versions[2]}"):
        raise _refused("library-directory-name-mismatch", where)
    _check_core(facts, where)
    _check_files(folder, files, facts, read)
    return f"{name} {versions[0]}.{versions[1]}"


def _check_core(facts: dict[str, Any], where: str) -> None:
    core = facts.get("coreApi")
    if not isinstance(core, dict):
        return
    try:
        wanted = (int(core["majorVersion"]), int(core["minorVersion"]))
    except (KeyError, TypeError, ValueError):
        raise _refused("invalid-library-json-file", where) from None
    if wanted > NEWEST_CORE:
        raise _refused("api-version-unsupported", where)


def _check_files(folder: str, files: set[str], facts: dict[str, Any], read: Callable[[str], Any]) -> None:
    if "semantics.json" in files:
        read(f"{folder}/semantics.json")
    for name in files:
        first, slash, rest = name.partition("/")
        if first == "language" and slash:
            if not _LANGUAGE.fullmatch(rest.lstrip(".")):
                raise _refused("invalid-language-file", f"{folder}/{name}")
            read(f"{folder}/{name}")
    for key in ("preloadedJs", "preloadedCss"):
        listed = facts.get(key) or []
        if not isinstance(listed, list):
            raise _refused("invalid-library-json-file", f"{folder}/library.json")
        for one in listed:
            path = one.get("path") if isinstance(one, dict) else None
            if not isinstance(path, str) or not _FILE.fullmatch(path):
                raise _refused("invalid-library-json-file", f"{folder}/library.json")
            if path.replace("\\", "/").removeprefix("/").removeprefix("./") not in files:
                raise _refused("library-missing-file", f"{folder}/{path}"[:200])


def _refused(code: str, where: str) -> PackageRefused:
    sentences = {
        "library-directory-name-mismatch": _("The folder of this library has another name than the library."),
        "invalid-library-json-file": _("This library says what it is in a way that H5P does not know."),
        "invalid-language-file": _("The name of this language file is not as H5P wants it."),
        "library-missing-file": _("This library names a file that is not there."),
        "api-version-unsupported": _("This library needs a newer H5P than there is."),
    }
    return PackageRefused(
        code, f"{sentences[code]} {_('Export the package again, best without the libraries.')}", where=where
    )
