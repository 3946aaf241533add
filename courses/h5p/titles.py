"""Titles as H5P takes them: one line of at most 255 bytes."""

import unicodedata

from courses.h5p.limits import LONGEST_TITLE
from courses.quizzes.markup import plain_text

# Vowels that are written before their consonant, and one that is written behind it but belongs to it.
BEFORE, BEHIND = "เแโใไ", "ำะาๅ"


def short_title(text: str, otherwise: str = "H5P") -> str:
    """The words of a text in one line, cut to 255 bytes where a letter with its signs ends."""
    line = " ".join(plain_text(text).split()) or otherwise
    place = len(line.encode()[:LONGEST_TITLE].decode(errors="ignore"))
    if place == len(line):
        return line
    while place > 0 and _belongs_to_the_last(line[place]):
        place -= 1
    while place > 0 and line[place - 1] in BEFORE:
        place -= 1
    return line[:place].rstrip() or otherwise


def _belongs_to_the_last(letter: str) -> bool:
    """Tone marks, vowels above, below and behind."""
    return unicodedata.category(letter) in ("Mn", "Mc", "Me") or letter in BEHIND or letter == "\u200d"
