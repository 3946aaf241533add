"""What content says of files: every path stays inside `content/`; addresses of other sites are let stand."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.checking.directory import shown
from courses.h5p.refusals import PackageRefused

_ADDRESS = re.compile(r"^(?:https?:)?//[^\s\\]+$", re.IGNORECASE)
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
TEMPORARY = "#tmp"  # H5P's editors leave it behind a path


def files_named(value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where in the content a file is named, and its path. Addresses of other sites are left out.

    H5P names a file by an object with `path` beside `mime` (or a width, or a copyright). Raises PackageRefused for
    a path that leads out of the package.
    """
    left: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while left:
        place, some = left.pop()
        if isinstance(some, dict):
            path = some.get("path")
            is_file = isinstance(path, str) and path and ("mime" in some or "copyright" in some or "width" in some)
            if is_file and (inside := _inside(path)) is not None:
                yield place, inside
            left.extend(((*place, key), part) for key, part in some.items() if isinstance(part, dict | list))
        elif isinstance(some, list):
            left.extend(((*place, number), part) for number, part in enumerate(some) if isinstance(part, dict | list))


def _inside(path: str) -> str | None:
    """A path below `content/`; None for an address of another site."""
    if _ADDRESS.match(path):
        return None
    path = path.removesuffix(TEMPORARY)
    if _SCHEME.match(path) or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise PackageRefused(
            "unsafe-reference",
            _("The content names a file outside of the package. Put that file into it: “%(path)s”.")
            % {"path": shown(path)},
            where="content/content.json",
        )
    return path
