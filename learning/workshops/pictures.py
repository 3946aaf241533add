"""Pictures as they come from a phone, made fit for a report. Pure."""

import io

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST = 1600  # points of the longer side: a third of a page at 300 dpi
MOST_POINTS = 50_000_000


class TooMany(ValueError):
    """More points than anybody's camera has: it would fill the memory."""


def smaller(file: object) -> ContentFile:
    """A JPEG, upright, without the place and time that a camera writes into it. ValueError for what is no picture."""
    try:
        with Image.open(file) as opened:  # type: ignore[arg-type]
            if opened.width * opened.height > MOST_POINTS:
                raise TooMany("too many points")
            if opened.format not in {"JPEG", "PNG", "WEBP", "MPO"}:
                raise ValueError("not a format of cameras")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("not a picture") from error
    picture.thumbnail((LONGEST, LONGEST))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=82, optimize=True)
    return ContentFile(written.getvalue())
