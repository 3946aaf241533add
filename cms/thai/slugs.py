"""Names for files, anchors and addresses made from a title, without harm to Thai."""

import re

from django.utils.text import slugify

from cms.thai.digits import to_arabic
from cms.thai.words import MARKS, normalise

_ASCII_WORD = re.compile(r"[a-z]{2,}")
_NOT_A_LETTER = re.compile(f"[^0-9a-zก-ฮะ-\u0e3aเ-ๅ{MARKS}]+")
_CUT_POINT = re.compile("(?=[0-9a-zก-ฮเ-ไ-])(?<![เ-ไ])")


def thai_slug(text: str, max_length: int = 80) -> str:
    """ASCII when the text has any of use, else its Thai letters with every vowel and tone mark.

    - ASCII: at least one Latin word of two letters or more. "การใช้ Excel 2019" → `excel-2019`. This one
      goes anywhere, a Wagtail page's slug among others.
    - Thai: all others. "การบัญชีเบื้องต้น รุ่น 2" → `การบัญชีเบื้องต้น-รุ่น-2`; `slugify` would make การบญชเบองตน of it.
      This one is for file names and anchors. Wagtail takes no page slug with Thai marks: Python's `\\w`
      does not count them as letters, neither in its check of slugs nor in its URL pattern.
    - Empty when the text has neither a letter nor a digit.

    Cut to `max_length` characters, never between a letter and its vowels and marks.
    """
    plain = to_arabic(normalise(text)).lower()
    ascii_only = slugify(plain)
    slug = ascii_only if _ASCII_WORD.search(ascii_only) else _NOT_A_LETTER.sub("-", plain).strip("-")
    if len(slug) > max_length:
        end = max((point.start() for point in _CUT_POINT.finditer(slug, 0, max_length + 1)), default=0)
        slug = slug[:end].rstrip("-")
    return slug
