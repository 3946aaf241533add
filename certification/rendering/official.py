"""Text as official Thai papers have it: Thai digits, the era named, nothing that the typeface cannot draw. Pure."""

import re

from certification.rendering.text_map import advances
from cms.thai.dates import MONTHS
from cms.thai.digits import to_thai
from cms.thai.words import normalise

MM_PER_POINT = 25.4 / 72
_MONTH_BEFORE_YEAR = re.compile(rf"({'|'.join(MONTHS)}) (?=2[4-7]\d\d\b)")
_LATIN_OR_NUMBER = re.compile(r"[A-Za-z][A-Za-z0-9 .,/_\-]*|\d+")


def formal(text: str) -> str:
    """A text as in an official letter: 30 กันยายน 2569 is ๓๐ กันยายน พ.ศ. ๒๕๖๙; Excel 2019 stays as it is."""
    return _LATIN_OR_NUMBER.sub(
        lambda found: found[0] if found[0][0].isalpha() else to_thai(found[0]),
        _MONTH_BEFORE_YEAR.sub(r"\1 พ.ศ. ", printable(text)),
    )


def printable(text: str) -> str:
    """The text in one spelling on one line, with ? for what the typeface cannot draw: one odd sign stops no paper."""
    letters = advances(bold=True)
    return "".join(letter if letter in letters else "?" for letter in normalise(str(text)).replace("\n", " "))


def width_mm(text: str, *, points: float, bold: bool = False) -> float:
    """How wide a line of text is in a type size; what cannot be drawn counts as one em."""
    widths = advances(bold=bold)
    return sum(widths.get(letter, 1) for letter in text) * points * MM_PER_POINT
