"""Whether a picture that came inside a file is a raster picture that can be drawn."""

import io

from PIL import Image, UnidentifiedImageError

RASTER = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
MAX_PIXELS = 40_000_000
MAX_PICTURE_BYTES = 10 * 1024 * 1024


def suffix_of(content: bytes) -> str | None:
    """The ending of its file name; None for what is no safe raster picture of an ordinary size."""
    if not content or len(content) > MAX_PICTURE_BYTES:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=list(RASTER)) as image:
            if image.width * image.height > MAX_PIXELS or image.width * image.height == 0:
                return None
            kind = image.format
            image.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        return None
    return RASTER.get(kind or "")
