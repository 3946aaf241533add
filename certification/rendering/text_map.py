"""The text that a reader copies out of a PDF: what each glyph of our typeface stands for.

WeasyPrint notes for a glyph the text it first met it in, which in Thai may be a whole syllable. The glyphs of
the derived typeface (see `derive_font`) stand for one character each, whatever their neighbours.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from fontTools import agl
from fontTools.ttLib import TTFont

REGULAR, BOLD = (Path(__file__).parent / "fonts" / f"AcademySarabun-{style}.ttf" for style in ("Regular", "Bold"))
FAMILY = b"+Academy-Sarabun"
_PAIR = re.compile(rb"<([0-9a-f]{4})> <[0-9a-f]*>")


@cache
def meanings() -> dict[int, str]:
    """The text of every glyph, by glyph number; the same in both weights."""
    with TTFont(REGULAR, lazy=True) as font:
        return {number: agl.toUnicode(name) for number, name in enumerate(font.getGlyphOrder())}


@cache
def advances(*, bold: bool) -> dict[str, float]:
    """The width of every character that the typeface can draw, in em; marks have none."""
    with TTFont(BOLD if bold else REGULAR, lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"]
        return {chr(code): widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def write_meanings(document: Any, pdf: Any) -> None:
    """Rewrite the text map of every font; a finisher of WeasyPrint's `write_pdf`.

    RuntimeError for a font of another family, which stands in when ours could not be loaded.
    """
    table = meanings()

    def pair(match: re.Match[bytes]) -> bytes:
        meaning = table.get(int(match[1], 16))
        if meaning is None:  # another font under our name
            raise RuntimeError("A certificate must be printed in its own typeface, not in a system font.")
        return b"<%b> <%b>" % (match[1], meaning.encode("utf-16-be").hex().encode())

    for entry in pdf.objects:
        if isinstance(entry, dict) and "ToUnicode" in entry:
            if FAMILY not in entry["BaseFont"]:
                raise RuntimeError("A certificate must be printed in its own typeface, not in a system font.")
            text_map = pdf.objects[int(entry["ToUnicode"].split()[0])]
            first = text_map.stream.index(b"endcodespacerange")  # the lines before it are ranges, not pairs
            pairs = text_map.stream[first:]
            text_map.stream[first:] = [_PAIR.sub(pair, line) for line in pairs]
