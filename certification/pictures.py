"""Pictures of a design: what can be printed, and the small copies that sheets carry.

A certificate has at most 60 kB with its signature and its badge in it, so a logo, a seal and the signatures share
about 10 kB. What a camera gives is therefore made small here, once, when a version of a design is kept.
"""

import zlib
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageChops, ImageOps

PAPER = (0xFB, 0xFA, 0xF6)
MOST_PIXELS = 40_000_000  # of the original: a scan at 600 dpi has 35 million
MOST_DRAWING_BYTES = 4_000  # compressed, as it stands in the file
INK_LEVELS = 6
ONE_COLOR = 14  # mean difference, of 255, below which a picture is taken for a print in one ink
_FORBIDDEN = {"script", "foreignobject", "image", "style", "iframe", "audio", "video", "animate", "set", "handler"}
_TEXT = {"text", "tspan", "textpath"}


class Role(NamedTuple):
    """The box in pixels that a copy fits into (about 220 dpi on paper), and its most bytes in the file."""

    box: tuple[int, int]
    most_bytes: int
    may_be_drawn: bool


ROLES = {
    "logo": Role((360, 220), 2_700, True),
    "seal": Role((300, 210), 2_400, True),
    "signature": Role((380, 130), 3_900, False),  # shared by all who sign
}
# Steps towards fewer bytes: share of the box, number of colors.
STEPS = ((1.0, 64), (0.85, 48), (0.75, 32), (0.65, 24), (0.55, 16), (0.45, 12), (0.35, 8))


def small_copy(content: bytes, role_name: str, *, of: int = 1) -> tuple[str, bytes]:
    """Media type and bytes of the copy that is printed: PNG, or the SVG as it is. The same picture, the same copy.

    `of` so many pictures share the bytes of the role. ValidationError, in a sentence for the author, when the
    picture cannot be printed.
    """
    role = ROLES[role_name]
    if _is_drawing(content):
        _check_drawing(content, role)
        return "image/svg+xml", content
    picture = _opened(content)
    for share, colors in STEPS:
        box = (int(role.box[0] * share), int(role.box[1] * share))
        copy = _ink(picture, box) if role_name == "signature" else _colored(picture, box, colors)
        if _weight(copy) <= role.most_bytes / of:
            break
    return "image/png", _png(copy)


def _weight(picture: Image.Image) -> int:
    """Bytes in a PDF, where colors and transparency are kept apart."""
    planes = [picture.convert("RGB")] + ([picture.getchannel("A")] if picture.mode == "RGBA" else [])
    return sum(len(_png(plane)) for plane in planes)


def _opened(content: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(content)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValidationError(_("The picture has too many pixels. Save it at most 6,000 pixels wide."))
            opened.load()
            return ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This file is not a picture that can be read. Save it again as PNG or JPEG.")
        ) from error


def _ink(picture: Image.Image, box: tuple[int, int]) -> Image.Image:
    """A signature as strokes in one color on nothing, whatever paper it was photographed on."""
    on_white = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    on_white.thumbnail((box[0] * 2, box[1] * 2))
    darkness = ImageChops.invert(ImageOps.autocontrast(on_white.convert("L"), cutoff=(1, 40)))
    frame = darkness.point(lambda value: 255 if value > 60 else 0).getbbox()
    if frame is None:
        raise ValidationError(_("The signature is empty: nothing dark is seen on it."))
    on_white, darkness = on_white.crop(frame), darkness.crop(frame)
    color = _color_of(on_white, darkness)
    darkness.thumbnail(box)
    strokes = Image.new("RGBA", darkness.size, (*color, 255))
    strokes.putalpha(_in_levels(darkness))
    return strokes


def _color_of(picture: Image.Image, darkness: Image.Image) -> tuple[int, int, int]:
    """The mean color of the strokes."""
    mask = darkness.point(lambda value: 255 if value > 150 else 0)
    return tuple(  # type: ignore[return-value]
        sum(value * count for value, count in enumerate(histogram)) // max(1, sum(histogram))
        for histogram in (band.histogram(mask) for band in picture.split())
    )


def _colored(picture: Image.Image, box: tuple[int, int], colors: int) -> Image.Image:
    """A logo or seal in few colors; one on white gets the color of the paper, so that no box is seen around it."""
    copy = picture.copy()
    copy.thumbnail(box, Image.Resampling.LANCZOS)
    on_white = Image.alpha_composite(Image.new("RGBA", copy.size, "white"), copy).convert("RGB")
    if (ink := _as_ink(on_white)) is not None:
        return ink
    if copy.getextrema()[3][0] == 255:
        return ImageChops.multiply(on_white, Image.new("RGB", copy.size, PAPER)).quantize(colors).convert("RGB")
    return copy.quantize(colors, method=Image.Quantize.FASTOCTREE).convert("RGBA")


def _as_ink(on_white: Image.Image) -> Image.Image | None:
    """The picture as one ink on nothing, when it is a print in one color: sharper, and a quarter of the bytes."""
    darkness = ImageOps.autocontrast(ImageChops.invert(on_white.convert("L")))
    color = _color_of(on_white, darkness)
    again = Image.composite(Image.new("RGB", on_white.size, color), Image.new("RGB", on_white.size, "white"), darkness)
    difference = ImageChops.difference(again, on_white).convert("L")
    total = sum(value * count for value, count in enumerate(difference.histogram()))
    if total > ONE_COLOR * on_white.width * on_white.height:
        return None
    strokes = Image.new("RGBA", on_white.size, (*color, 255))
    strokes.putalpha(_in_levels(darkness))
    return strokes


def _in_levels(darkness: Image.Image) -> Image.Image:
    step = 255 // (INK_LEVELS - 1)
    return darkness.point(lambda value: 0 if value < 40 else round(value / step) * step)


def _png(picture: Image.Image) -> bytes:
    """As PNG without any date or comment."""
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _is_drawing(content: bytes) -> bool:
    return b"<svg" in content[:4000]


def _check_drawing(content: bytes, role: Role) -> None:
    """ValidationError for a drawing that runs, fetches, or writes something, or is no drawing."""
    if not role.may_be_drawn:
        raise ValidationError(_("A signature is a photograph or scan: save it as PNG or JPEG."))
    if len(zlib.compress(content)) > MOST_DRAWING_BYTES:
        raise ValidationError(_("The drawing is too large for a sheet. Simplify it, or save it as PNG."))
    try:
        root = fromstring(content.decode("utf-8"), forbid_dtd=False)
    except (ParseError, DefusedXmlException, UnicodeDecodeError, ValueError) as error:
        raise ValidationError(_("The drawing cannot be read. Save it again as plain SVG, or as PNG.")) from error
    if _bare(root.tag) != "svg" or not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        raise ValidationError(_("The drawing cannot be read. Save it again as plain SVG, or as PNG."))
    for element in root.iter():
        name = _bare(str(element.tag))
        if name in _TEXT:
            raise ValidationError(_("The drawing holds text. Turn the text into paths, or save the drawing as PNG."))
        if name in _FORBIDDEN or any(_is_active(_bare(key), value) for key, value in element.attrib.items()):
            raise ValidationError(
                _("The drawing holds a script, a style sheet or something from outside. Save it as PNG.")
            )


def _is_active(attribute: str, value: str) -> bool:
    """True for what would run, or would fetch something."""
    address = value.strip().lower()
    if attribute.startswith("on") or "script:" in address:
        return True
    if attribute in {"href", "src"}:
        return not address.startswith("#")
    return "url(" in address and not address.replace("'", "").replace('"', "").strip().startswith("url(#")


def _bare(name: str) -> str:
    return name.rpartition("}")[2].lower()
