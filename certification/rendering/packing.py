"""The same sheet in fewer bytes: a finisher of WeasyPrint's `write_pdf`, after the text map is written. Pure.

A file may have 60 kB with two signatures and a badge in it. What is taken out is seen and read by nobody: tables of
the typeface that a PDF does without, a large color profile, decimals below a hundredth of a point, full color for
pictures that have few colors. The same facts still give the same bytes.
"""

import re
import struct
import zlib
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont
from PIL import Image

from certification.rendering.profile import SRGB

# ISO 32000-1, 9.9: what the file of a TrueType font has in it; letters are named by glyph number, so no others.
FONT_TABLES = frozenset({"glyf", "head", "hhea", "hmtx", "loca", "maxp", "cvt ", "fpgm", "prep"})
DIGITS = 5  # of a place or a length: 0.01 of a point on a sheet that is 842 wide
_PLACES = re.compile(rb"(?:-?\d*\.?\d+ )+(?:m|l|c|v|y|re|Tm|Td)\Z")
_LONG = re.compile(rb"-?\d*\.\d{2,}")
_SHOWN = re.compile(rb"\[<.*>\] TJ\Z", re.DOTALL)
_NOTHING_BETWEEN = b">0<"


def pack(pdf: Any) -> None:
    """Rewrite the streams of a document that WeasyPrint has laid out and not yet written."""
    profile = _profile_of(pdf)
    for entry in pdf.objects:
        extra = getattr(entry, "extra", None)
        if extra is None:
            continue
        if entry.number == profile:
            entry.stream = [SRGB]
        elif extra.get("Subtype") == "/Image":
            _pack_picture(entry)
        elif "Length1" in extra:
            font = without_other_tables(b"".join(entry.stream))
            entry.stream, extra["Length1"] = [font], len(font)
        elif extra.get("Subtype") == "/Form" or not extra:
            entry.stream = [_shortened(_bytes(line)) for line in entry.stream]


def _profile_of(pdf: Any) -> int | None:
    intents = pdf.catalog.get("OutputIntents")
    return int(intents[0]["DestOutputProfile"].split()[0]) if intents else None


def _bytes(line: Any) -> bytes:
    if isinstance(line, bytes):
        return line
    return line.encode("ascii") if isinstance(line, str) else line.data  # type: ignore[no-any-return]


def _shortened(line: bytes) -> bytes:
    """One operator of a page with what it is given: letters in one string, places in five digits."""
    if _SHOWN.search(line):
        return _LONG.sub(_in_short, line.replace(_NOTHING_BETWEEN, b""))
    return _LONG.sub(_in_short, line) if _PLACES.search(line) else line


def _in_short(number: re.Match[bytes]) -> bytes:
    value = float(number[0])
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    short = f"{value:.{max(2, DIGITS - whole)}f}".rstrip("0").rstrip(".").encode()
    return b"0" if short in (b"-0", b"") else short


def without_other_tables(font: bytes) -> bytes:
    """A TrueType font with the tables that a PDF needs, and no other."""
    out = BytesIO()
    with TTFont(BytesIO(font), recalcTimestamp=False, recalcBBoxes=False) as whole:
        for tag in set(whole.reader.keys()) - FONT_TABLES:
            del whole[tag]
        whole.save(out, reorderTables=None)
    return out.getvalue()


def _pack_picture(entry: Any) -> None:
    """A picture in as few bits as its colors need. PDF/A allows no interpolation, which is what it says without a word.

    One that is a photograph stays as it is.
    """
    extra = entry.extra
    extra.pop("Interpolate", None)
    if extra.get("Filter") != "/FlateDecode" or extra.get("ColorSpace") not in ("/DeviceRGB", "/DeviceGray"):
        return
    picture = _picture_in(entry)
    if extra["ColorSpace"] == "/DeviceGray":
        found = _gray(picture)
    else:
        colors = picture.getcolors(256)
        if colors is None:
            return
        found = _indexed(picture, sorted(color for _count, color in colors), extra)
    if found is not None:
        bits, data = found
        entry.stream, extra["BitsPerComponent"] = [zlib.compress(data, 9)], bits
        del extra["DecodeParms"]


def _picture_in(entry: Any) -> Image.Image:
    """The samples of a picture as WeasyPrint keeps them: those of a PNG."""
    extra = entry.extra
    facts = struct.pack(
        ">LLBBBBB", extra["Width"], extra["Height"], 8, 2 * (extra["ColorSpace"] == "/DeviceRGB"), 0, 0, 0
    )
    file = b"\x89PNG\r\n\x1a\n"
    for name, data in ((b"IHDR", facts), (b"IDAT", b"".join(_bytes(part) for part in entry.stream)), (b"IEND", b"")):
        file += struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
    with Image.open(BytesIO(file)) as picture:
        picture.load()
        return picture


def _gray(picture: Image.Image) -> tuple[int, bytes] | None:
    """Gray levels that stand at equal steps, in one, two or four bits; None for any others."""
    levels = {level for level, count in enumerate(picture.histogram()) if count}
    for bits in (1, 2, 4):
        step = 255 // (2**bits - 1)
        if all(level % step == 0 for level in levels):
            return bits, _in_bits(picture.point(lambda value, step=step: value // step), bits)
    return None


def _indexed(picture: Image.Image, colors: list[tuple[int, int, int]], extra: Any) -> tuple[int, bytes]:
    """Places in a table of colors, which becomes the color space."""
    bits = next(bits for bits in (1, 2, 4, 8) if len(colors) <= 2**bits)
    places = {color: place for place, color in enumerate(colors)}
    samples = picture.tobytes()
    indexed = bytes(places[color] for color in zip(samples[::3], samples[1::3], samples[2::3], strict=True))
    table = b"".join(bytes(color) for color in colors).hex()
    extra["ColorSpace"] = f"[/Indexed /DeviceRGB {len(colors) - 1} <{table}>]"
    return bits, _in_bits(Image.frombytes("L", picture.size, indexed), bits)


def _in_bits(picture: Image.Image, bits: int) -> bytes:
    """Samples packed without a gap; each row begins at a byte of its own."""
    if bits == 8:
        return picture.tobytes()
    each = 8 // bits
    wide = Image.new("L", (picture.width + -picture.width % each, picture.height))
    wide.paste(picture)
    samples = wide.tobytes()
    packed = bytearray(len(samples) // each)
    for place in range(each):
        shift = 8 - bits * (place + 1)
        packed = bytearray(old | new << shift for old, new in zip(packed, samples[place::each], strict=True))
    return bytes(packed)
