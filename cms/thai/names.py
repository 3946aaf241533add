"""Names of organizations compared, and Thai names put in order."""

import re
from functools import lru_cache
from string import ascii_lowercase
from typing import Any

from cms.thai.digits import to_arabic
from cms.thai.words import MARKS, normalise

# The name of PostgreSQL's own Thai order, so that models are the same on both databases.
COLLATION = "th-x-icu"

# --- names of organizations -----------------------------------------------------------------------
_KIND_IN_FRONT = re.compile(r"^สหกรณ์(?=.)")
_LIMITED_BEHIND = re.compile(r"(?<=.)(?:จำกัด|จก\.)\W*$")  # จก without its dot may end a word, as in กระจก
_NOT_A_LETTER = re.compile(r"[\s\u2010-\u2015!-/:-@\[-`{-~ฯ“”‘’]+")


def organization_key(name: str) -> str:
    """What tells two organizations apart: the name without สหกรณ์ in front, จำกัด behind, blanks and signs.

    สหกรณ์การเกษตรบ้านนา จำกัด, การเกษตรบ้านนา and สหกรณ์การเกษตรบ้านนา จก. are one. What else the name says
    of the kind stays (การเกษตร, ชุมนุม, กลุ่มเกษตรกร): a federation may bear the name of its member.
    Source of จำกัด: Cooperatives Act 2542, s. 43 (1).
    """
    written = _LIMITED_BEHIND.sub("", to_arabic(normalise(name)).casefold())
    return _KIND_IN_FRONT.sub("", _NOT_A_LETTER.sub("", written))


# --- order ----------------------------------------------------------------------------------------
_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_NOT_COUNTED = re.compile(f"[^\\w{MARKS}]|[_ฯๆ]")
_OF_SECOND_RANK = dict.fromkeys(map(ord, "็่้๊๋์"))
_LATIN_AFTER_THAI = {ord(letter): 0xF000 + ord(letter) for letter in ascii_lowercase}


def collation_key(text: str) -> str:
    """Sort key of the Thai dictionary's order, in short: what `sorted` or a stored column needs.

    A vowel written in front counts after its consonant (เชียงใหม่ stands under ช); the tone marks, ็ and ์
    decide only between words that are the same without them; blanks and signs do not count; digits come
    first and Latin letters last. Of 62,000 words all but four neighbours stand as in PostgreSQL's full
    Unicode order "th-x-icu".
    """
    letters = _NOT_COUNTED.sub("", to_arabic(normalise(text)).casefold()).translate(_LATIN_AFTER_THAI)
    in_order = _LEADING_VOWEL.sub(r"\2\1", letters)
    return f"{in_order.translate(_OF_SECOND_RANK)} {in_order}"


@lru_cache(8192)  # a sort asks for the key of each name a dozen times
def _rank(text: str) -> tuple[str, str]:
    # Texts are equal only when they are the same, or a unique index would refuse what differs.
    return collation_key(text), text.swapcase()


def _compare(one: str, other: str) -> int:
    left, right = _rank(one), _rank(other)
    return (left > right) - (left < right)


def register_collation(connection: Any) -> None:
    """Give a SQLite connection the Thai order under PostgreSQL's name; other databases have their own.

    Meant for Django's `connection_created`. An index on a column of this order keeps what `collation_key`
    said when the row was written: after a change of the key, run REINDEX on SQLite.
    """
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, _compare)
