"""h5p.json by the patterns of H5P's own validator; lengths count bytes there, so a title has about 85 Thai letters."""

import re
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p import limits
from courses.h5p.refusals import PackageRefused

NAME = "h5p.json"
CODE = "invalid-h5p-json-file"
LICENSES = frozenset(
    {
        "CC BY", "CC BY-SA", "CC BY-ND", "CC BY-NC", "CC BY-NC-SA", "CC BY-NC-ND", "CC0 1.0",
        "GNU GPL", "PD", "ODC PDDL", "CC PDM", "U", "C",
    }
)  # fmt: skip
LICENSE_VERSIONS = frozenset({"1.0", "2.0", "2.5", "3.0", "4.0"})
MACHINE_NAME = re.compile(r"[\w.-]{1,255}", re.ASCII)
_TITLE = re.compile(rb"[^\n]{1,%d}" % limits.LONGEST_TITLE)
_LANGUAGE = re.compile(r"[-a-zA-Z]{1,10}")
_MAIN = re.compile(r"[$a-z_][0-9a-z_.$]{1,254}", re.IGNORECASE | re.ASCII)
VERSION = re.compile(r"[0-9]{1,5}", re.ASCII)
_URL = re.compile(r"https?://.+", re.DOTALL)
_ROLE = re.compile(r"\w+")
_LONGEST_EXTRAS = 5000


def check_manifest(manifest: Any) -> dict[str, Any]:
    """The manifest when it is right. Raises PackageRefused."""
    if not isinstance(manifest, dict):
        raise _wrong("h5p.json")
    title = manifest.get("title")
    if isinstance(title, str) and len(title.encode()) > limits.LONGEST_TITLE:
        raise PackageRefused(
            CODE,
            _("The title is longer than %(count)d bytes (about 85 Thai letters). Shorten it, and export again.")
            % {"count": limits.LONGEST_TITLE},
            where=NAME,
        )
    if not isinstance(title, str) or not _TITLE.fullmatch(title.encode()):
        raise _wrong("title")
    for key, pattern in (("language", _LANGUAGE), ("mainLibrary", _MAIN)):
        if not isinstance(manifest.get(key), str) or not pattern.fullmatch(manifest[key]):
            raise _wrong(key)
    embed = manifest.get("embedTypes")
    if not isinstance(embed, list) or not embed or any(one not in ("iframe", "div") for one in embed):
        raise _wrong("embedTypes")
    check_dependencies(manifest.get("preloadedDependencies"), "preloadedDependencies")
    if manifest.get("dynamicDependencies") is not None:
        check_dependencies(manifest["dynamicDependencies"], "dynamicDependencies")
    _check_optional(manifest)
    return manifest


def _wrong(key: str) -> PackageRefused:
    return PackageRefused(
        CODE,
        _("“%(key)s” is missing or not written as H5P wants it. Export the package again from where it was made.")
        % {"key": key},
        where=NAME,
    )


def check_dependencies(found: Any, key: str) -> None:
    """Raises PackageRefused. Versions are whole numbers, or such numbers as text."""
    if not isinstance(found, list):
        raise _wrong(key)
    for one in found:
        if not isinstance(one, dict) or not MACHINE_NAME.fullmatch(str(one.get("machineName", ""))):
            raise _wrong(key)
        for part in ("majorVersion", "minorVersion"):
            number = one.get(part)
            if isinstance(number, bool) or not isinstance(number, int | str) or not VERSION.fullmatch(str(number)):
                raise _wrong(key)


def _check_optional(manifest: dict[str, Any]) -> None:
    """What need not be there, but is checked when it is."""
    if manifest.get("source") and not (isinstance(manifest["source"], str) and _URL.fullmatch(manifest["source"])):
        raise _wrong("source")
    for key, allowed in (("license", LICENSES), ("licenseVersion", LICENSE_VERSIONS)):
        given = manifest.get(key)  # null is nothing, for H5P too
        if given is not None and not (key == "licenseVersion" and given == "") and given not in [*allowed]:
            raise _wrong(key)
    for key in ("licenseExtras", "authorComments"):
        extras = manifest.get(key, "")
        if extras is not None and (not isinstance(extras, str) or len(extras) > _LONGEST_EXTRAS):
            raise _wrong(key)
    authors = manifest.get("authors") or []
    if not isinstance(authors, list):
        raise _wrong("authors")
    for author in authors:
        if not isinstance(author, dict) or not isinstance(author.get("name"), str):
            raise _wrong("authors")
        if not isinstance(author.get("role", "Author"), str) or not _ROLE.fullmatch(author.get("role", "Author")):
            raise _wrong("authors")
    if not isinstance(manifest.get("changes") or [], list):
        raise _wrong("changes")
