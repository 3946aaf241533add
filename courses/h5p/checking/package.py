"""A whole package: the list of files, then each of them, then what they say."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Any

from django.utils.translation import gettext as _

from courses.h5p import limits
from courses.h5p.checking.bundled import check_libraries
from courses.h5p.checking.directory import BROKEN, open_directory
from courses.h5p.checking.manifest import CODE as WRONG_MANIFEST
from courses.h5p.checking.manifest import NAME as MANIFEST
from courses.h5p.checking.manifest import check_manifest
from courses.h5p.checking.media import HEAD, LIBRARY, check_ending, check_head, ending, is_markup
from courses.h5p.checking.parsing import parse_json
from courses.h5p.checking.references import files_named
from courses.h5p.refusals import PackageRefused

CONTENT = "content/content.json"
ENDING = ".h5p"
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Checked:
    """What a package says: its manifest, its content, the paths of its other files below `content/`."""

    manifest: dict[str, Any]
    content: dict[str, Any]
    media: dict[str, int] = field(default_factory=dict)  # path below content/ → bytes
    libraries: list[str] = field(default_factory=list)  # that came with it, and stay out
    missing: list[str] = field(default_factory=list)  # files that the content names and the package has not

    @property
    def library(self) -> str:
        """The main library with its version."""
        name = self.manifest["mainLibrary"]
        for one in self.manifest["preloadedDependencies"]:
            if one["machineName"] == name:
                return f"{name} {int(one['majorVersion'])}.{int(one['minorVersion'])}"
        return next((one for one in self.libraries if one.split(" ")[0] == name), f"{name} 1.0")


def check_package(file: IO[bytes], name: str = "package.h5p") -> Checked:
    """What a package says, after everything about it has been checked. Raises PackageRefused, and nothing else."""
    if not name.lower().endswith(ENDING):
        raise PackageRefused("missing-h5p-extension", _("The name of an H5P package ends in .h5p. Choose such a file."))
    archive, entries = open_directory(file)
    by_name = {entry.filename: entry for entry in entries}
    for entry in entries:
        if entry.filename.startswith("content/"):
            check_ending(entry.filename, is_content=True)
        elif "/" in entry.filename:
            check_ending(entry.filename, is_content=False)
    read = partial(_read_json, archive, by_name)
    if CONTENT not in by_name:
        raise PackageRefused(
            "invalid-content-folder",
            _("This package holds no content (content/content.json). Export it again from where it was made."),
        )
    if MANIFEST not in by_name:
        raise PackageRefused(WRONG_MANIFEST, _("This package has no h5p.json. Export it again from where it was made."))
    manifest = check_manifest(read(MANIFEST))
    content = read(CONTENT)
    if not isinstance(content, dict):
        raise PackageRefused(
            "unable-to-parse-package", _("The content is no object. Export the package again."), where=CONTENT
        )
    libraries = check_libraries(by_name, read)
    media = _check_files(archive, entries)
    missing = {path for _place, path in files_named(content)} - media.keys()
    return Checked(manifest, content, media, libraries, sorted(missing))


def _check_files(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, int]:
    """Every file of the content is read once through, its beginning looked at; of libraries only the beginning."""
    media: dict[str, int] = {}
    for entry in entries:
        if "/" not in entry.filename or entry.filename == CONTENT:
            continue
        if not entry.filename.startswith("content/"):
            _check_library_file(archive, entry)
            continue
        size = 0
        for chunk in chunks(archive, entry):
            if not size:
                check_head(entry.filename, chunk[:HEAD])
            size += len(chunk)
        media[entry.filename.removeprefix("content/")] = size
    return media


def _check_library_file(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Libraries are not kept, so what they show need only not be a web page in disguise."""
    if ending(entry.filename) in LIBRARY - {"js", "css", "svg", "xml", "json", "md", "txt"}:
        head = next(chunks(archive, entry), b"")[:HEAD]
        if is_markup(head):
            check_head(entry.filename, head)


def chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int = limits.LARGEST_ENTRY) -> Iterator[bytes]:
    """The bytes of a file, never more than its list promised or `most`. Raises PackageRefused."""
    size = 0
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > most or size > entry.file_size:
                    raise PackageRefused(
                        "file-size-too-large",
                        _("This file is larger than %(size)d MB. Make it smaller.") % {"size": most // limits.MB},
                        where=entry.filename,
                    )
                yield chunk
    except BROKEN:
        raise PackageRefused(
            "unable-to-unzip",
            _("This file cannot be unpacked. Export it again from where it was made, and upload that."),
            where=entry.filename,
        ) from None


def _read_json(archive: zipfile.ZipFile, by_name: dict[str, zipfile.ZipInfo], name: str) -> Any:
    return parse_json(b"".join(chunks(archive, by_name[name], limits.LARGEST_JSON)), name)
