"""What a PDF is made of: pages, programs in it, files in it, the addresses it leads to."""

import contextlib
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from certification.checking.apart.limits import (
    MAX_CREDENTIAL_BYTES,
    MAX_FILES,
    MAX_OBJECTS,
    MAX_PAGES,
    MAX_PARTS,
)

CREDENTIAL_NAME = "credential.jwt"
MZ = b"MZ"  # the first bytes of a program of Windows
PROGRAMS = re.compile(r"\.(exe|msi|bat|cmd|com|scr|js|vbs|ps1|sh|jar|apk|lnk|dll)$", re.IGNORECASE)
ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/GoToR": "other-file",
    "/GoToE": "other-file",
    "/Rendition": "media",
    "/RichMediaExecute": "media",
}


class TooBig(Exception):
    """There is more in the file than is read, so nothing can be said of the rest."""


def read_structure(content: bytes) -> dict[str, Any]:
    """Facts about the file as it is opened today; `problem` names what kept it from being read. Never raises."""
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=True, suppress_warnings=True) as pdf:
            return _facts(pdf)
    except TooBig:
        return {"problem": "too-big"}
    except pikepdf.PasswordError:
        return {"problem": "", "is_encrypted": True}
    except Exception:
        return {"problem": "damaged"}


def _facts(pdf: pikepdf.Pdf) -> dict[str, Any]:
    if pdf.is_encrypted:
        return {"problem": "", "is_encrypted": True}
    pages, objects = len(pdf.pages), len(pdf.objects)
    if pages > MAX_PAGES or objects > MAX_OBJECTS:
        return {"problem": "too-big", "pages": pages, "objects": objects}
    actions, links = set(), set()
    files: dict[str, bytes] = {}
    for thing in _dictionaries(pdf):
        kind = str(thing.get("/S", ""))
        if kind in ACTIONS:
            actions.add(ACTIONS[kind])
        if "/EF" in thing:
            files.update([_file(thing)])
            if len(files) > MAX_FILES:
                raise TooBig
        if "/JS" in thing:
            actions.add("javascript")
        if kind == "/URI" and "/URI" in thing:
            links.add(str(thing["/URI"])[:300])
    if pdf.Root.get("/Names", {}).get("/JavaScript") is not None:
        actions.add("javascript")
    return {
        "problem": "",
        "is_encrypted": False,
        "pages": pages,
        "objects": objects,
        "actions": sorted(actions),
        "links": sorted(links)[:20],
        "files": sorted(files)[:20],
        "programs": sorted(name for name, data in files.items() if _is_program(name, data)),
        "credential": files.get(CREDENTIAL_NAME, b"").decode("ascii", "replace"),
    }


def _is_program(name: str, data: bytes) -> bool:
    return bool(PROGRAMS.search(name.strip())) or data.startswith(MZ)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, also those written inside another object."""
    seen = 0
    for top in pdf.objects:
        waiting = [top]
        while waiting:
            if (seen := seen + 1) > MAX_PARTS:
                raise TooBig
            thing = waiting.pop()
            with contextlib.suppress(Exception):  # one damaged object hides no other
                if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                    yield thing
                    waiting += [value for value in dict(thing.items()).values() if _is_inside(value)]
                elif isinstance(thing, pikepdf.Array):
                    waiting += [value for value in list(thing) if _is_inside(value)]  # type: ignore[call-overload]


def _is_inside(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _file(spec: Any) -> tuple[str, bytes]:
    """Name and the first bytes of an embedded file; a credential whole, when it has the size of one."""
    name = str(spec.get("/UF", spec.get("/F", "")))[:200]
    data = b""
    with contextlib.suppress(Exception):
        stream = next(iter(dict(spec["/EF"].items()).values()))
        data = stream.read_bytes()  # what swells beyond the memory of this process is an error here
    is_credential = name == CREDENTIAL_NAME and len(data) <= MAX_CREDENTIAL_BYTES
    return name, data if is_credential else data[: len(MZ)]
