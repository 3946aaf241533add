"""Files of a package that is written: those that came with it, and the pictures of our own questions."""

import hashlib
from types import TracebackType
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from cms.models import AcademyImage
from courses.h5p.checking.directory import open_directory
from courses.h5p.checking.media import CONTENT, ending
from courses.h5p.checking.package import chunks
from courses.h5p.models import H5PPackage

PREFIX = "content/"
MIME = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}


class Media:
    """Files below `content/`, by path. Use it in `with`: it holds the kept package open."""

    def __init__(self, package: H5PPackage | None) -> None:
        self.package = package
        self.remarks: list[str] = []
        self._added: dict[str, bytes] = {}
        self._kept: dict[str, Any] = {}
        self._file: File[bytes] | None = None

    def __enter__(self) -> "Media":
        if self.package and self.package.file:
            try:
                self._file = self.package.file.open("rb")
            except OSError:
                self.remarks.append(_("The file of the package is gone: its pictures, sounds and films are missing."))
                return self
            self._archive, entries = open_directory(self._file)
            self._kept = {
                entry.filename.removeprefix(PREFIX): entry
                for entry in entries
                if entry.filename.startswith(PREFIX) and entry.filename != "content/content.json"
            }
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def paths(self) -> set[str]:
        return self._kept.keys() | self._added.keys()

    def read(self, path: str) -> bytes:
        return self._added[path] if path in self._added else b"".join(chunks(self._archive, self._kept[path]))

    def holds(self, path: str, image: AcademyImage) -> bool:
        """Whether the file at a path is that picture, byte for byte."""
        if path not in self.paths():
            return False
        return hashlib.sha1(self.read(path), usedforsecurity=False).hexdigest() == image.get_file_hash()

    def add(self, image: AcademyImage) -> dict[str, Any] | None:
        """A picture of the site as a file of the package: what content says of it. None when H5P takes no such file."""
        kind = ending(image.file.name)
        if kind not in MIME or kind not in CONTENT:
            self.remarks.append(
                _("The picture “%(title)s” is not written: H5P takes PNG, JPEG and GIF only.") % {"title": image.title}
            )
            return None
        with image.file.open("rb") as file:
            content = file.read()
        path = f"images/{hashlib.sha256(content).hexdigest()[:16]}.{kind}"
        self._added[path] = content
        return {
            "path": path,
            "mime": MIME[kind],
            "copyright": {"license": "U"},
            "width": image.width,
            "height": image.height,
        }
