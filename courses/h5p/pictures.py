"""Pictures of questions: taken out of the package and into the site's images, when they are what they say."""

import hashlib
import io
import warnings
from typing import IO

from django.core.files.base import ContentFile
from PIL import Image

from cms.models import AcademyImage
from courses.h5p import limits
from courses.h5p.checking import Checked
from courses.h5p.checking.directory import open_directory
from courses.h5p.checking.package import chunks
from courses.h5p.frames import source_of
from courses.h5p.models import H5PPackage

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF"}
LARGEST_FILE = 10 * limits.MB  # as an upload in the admin


class Pictures:
    """The raster images of one package; each becomes an image of the site when a question shows it."""

    def __init__(self, package: H5PPackage, checked: Checked, file: IO[bytes]) -> None:
        self.package, self.checked, self.file = package, checked, file
        self.made: dict[tuple[str, str], AcademyImage] = {}
        self.sizes: dict[str, tuple[bytes, int, int]] = {}
        archive, entries = open_directory(file)
        self._archive = archive
        self._entries = {entry.filename.removeprefix("content/"): entry for entry in entries}

    @property
    def showable(self) -> frozenset[str]:
        """Paths below `content/` of pictures that a browser can show and that are no trap."""
        return frozenset(
            path
            for path, size in self.checked.media.items()
            if _kind(path) in FORMATS and size <= LARGEST_FILE and self._opened(path)
        )

    def _opened(self, path: str) -> bool:
        """Whether it is the picture that its ending says, and no larger than can be drawn."""
        content = self._bytes(path)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(io.BytesIO(content), formats=[FORMATS[_kind(path)]]) as image:
                    width, height = image.size
                    if width * height > limits.LARGEST_PICTURE:
                        return False
                    image.verify()
        except (OSError, ValueError, SyntaxError, EOFError, OverflowError, Image.DecompressionBombError):
            return False
        return True

    def _bytes(self, path: str) -> bytes:
        return b"".join(chunks(self._archive, self._entries[path], LARGEST_FILE))

    def image(self, path: str, alt: str) -> AcademyImage:
        """The image of the site with these bytes and these words; made when there is none."""
        if (path, alt) in self.made:
            return self.made[path, alt]
        content = self._bytes(path)
        # The hash that Wagtail keeps of every file; it tells files apart and protects nothing.
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        known = AcademyImage.objects.filter(file_hash=digest, description=alt[:255]).first()
        if known:
            return known
        image = AcademyImage(title=(alt or f"{self.package.title}: {path}")[:255], description=alt[:255])
        image.credit = source_of(self.package.manifest)[:200]
        image.file = ContentFile(content, name=f"h5p-{self.package.uid}-{digest[:8]}.{_kind(path)}")
        image.file_size, image.file_hash = len(content), digest
        image.save()
        self.made[path, alt] = image
        return image

    def forget(self) -> None:
        """Delete the files of images whose rows were rolled back."""
        for image in self.made.values():
            image.file.storage.delete(image.file.name)


def _kind(path: str) -> str:
    return path.rsplit(".", 1)[-1].lower() if "." in path else ""
