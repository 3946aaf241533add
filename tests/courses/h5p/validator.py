"""What H5P's own validator asks of a package without libraries, written down once more and apart from our checks.

From the rules of h5p-php-library (H5PValidator::isValidPackage) as QUIZ_AND_H5P.md tells them: patterns of h5p.json,
the list of endings in content/, no entry for a folder, lengths in bytes.
"""

import io
import json
import re
import zipfile
from typing import Any

ENDINGS = (
    "json png jpg jpeg gif bmp tif tiff eot ttf woff woff2 otf webm mp4 ogg mp3 m4a wav txt pdf rtf doc docx xls xlsx"
    " ppt pptx odt ods odp csv diff patch swf md textile vtt webvtt gltf glb"
)
IN_CONTENT = re.compile(r"\.(" + ENDINGS.replace(" ", "|") + r")$")
REQUIRED: dict[str, Any] = {
    "title": rb"^.{1,255}$",
    "language": rb"^[-a-zA-Z]{1,10}$",
    "mainLibrary": rb"(?i)^[$a-z_][0-9a-z_\.$]{1,254}$",
}
LIBRARY = {
    "machineName": rb"(?i)^[\w0-9\-\.]{1,255}$",
    "majorVersion": rb"^[0-9]{1,5}$",
    "minorVersion": rb"^[0-9]{1,5}$",
}
LICENCES = {
    "CC BY", "CC BY-SA", "CC BY-ND", "CC BY-NC", "CC BY-NC-SA", "CC BY-NC-ND", "CC0 1.0",
    "GNU GPL", "PD", "ODC PDDL", "CC PDM", "U", "C",
}  # fmt: skip


def faults_of(package: bytes, name: str = "a.h5p") -> list[str]:
    """What the validator would complain of; nothing for a good package."""
    faults = [] if name.endswith(".h5p") else ["missing-h5p-extension"]
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        if archive.testzip():
            faults.append("unable-to-unzip")
        names = archive.namelist()
        for entry in names:
            hidden = any(part[:1] in (".", "_") for part in entry.lower().split("/"))
            if not hidden and entry.lower().startswith("content/") and not IN_CONTENT.search(entry.lower()):
                faults.append(f"not-in-whitelist {entry}")
        if len(names) != len({entry.lower() for entry in names}):
            faults.append("two entries of one name")
        if "content/content.json" not in names:
            return [*faults, "invalid-content-folder"]
        if "h5p.json" not in names:
            return [*faults, "invalid-h5p-json-file"]
        main, content = json.loads(archive.read("h5p.json")), json.loads(archive.read("content/content.json"))
    return [
        *faults,
        *_main(main),
        *([] if isinstance(content, dict) else ["unable-to-parse-package"]),
        *_needs(main, content),
    ]


def _main(main: dict[str, Any]) -> list[str]:
    faults = [
        f"invalid {key}" for key, pattern in REQUIRED.items() if not re.match(pattern, str(main.get(key, "")).encode())
    ]
    if not main.get("embedTypes") or set(main["embedTypes"]) - {"iframe", "div"}:
        faults.append("invalid embedTypes")
    for one in main.get("preloadedDependencies", ["none"]):
        for key, pattern in LIBRARY.items():
            if not isinstance(one, dict) or not re.match(pattern, str(one.get(key, "")).encode()):
                faults.append(f"invalid dependency {one}")
    if "license" in main and main["license"] not in LICENCES:
        faults.append("invalid license")
    if "source" in main and not re.match(r"^https?://.+", main["source"]):
        faults.append("invalid source")
    faults += [
        f"invalid author {one}" for one in main.get("authors", []) if not re.match(r"^\w+$", one.get("role", ""))
    ]
    return faults


def _needs(main: dict[str, Any], content: Any) -> list[str]:
    """Every library that the content names is among the dependencies, in that version; editors' libraries are not."""
    known = {
        f"{one['machineName']} {one['majorVersion']}.{one['minorVersion']}" for one in main["preloadedDependencies"]
    }
    faults = [f"an editor's library {name}" for name in known if name.startswith("H5PEditor.")]
    if main["mainLibrary"] not in {name.split(" ")[0] for name in known}:
        faults.append("missing-main-library")

    def look(value: Any) -> None:
        if isinstance(value, dict):
            wanted = str(value.get("library", ""))
            if re.fullmatch(r"[\w.-]+ \d+\.\d+", wanted) and wanted not in known:
                faults.append(f"missing-required-library {wanted}")
            for part in value.values():
                look(part)
        elif isinstance(value, list):
            for part in value:
                look(part)

    look(content)
    return faults
