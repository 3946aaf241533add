"""Names so alike that a person should look whether they mean the same: a slip of the finger, another spelling.

Two names are alike when nothing but marks and letters of the same sound tells them apart (มาลี, มาลีย์, มาลิ), or one
letter in ten at most. มาลี ใจดี and มานี ใจดี are two people: the names are short, and both are common.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from cms.thai.digits import to_arabic
from cms.thai.names import organization_key
from cms.thai.words import normalise
from learning.register.reading.names import split_title

ALIKE = 0.9  # of 1, by letters that must be changed, added or left out
KEPT_KEYS = 65_536

_SILENT = re.compile("(?:[ก-ฮ][ิุ]?)์")
_DROPPED = re.compile("[่-๋็ฺ์]")
_SAME_SOUND = str.maketrans("ีึืูใศษณญฎฏฐฑฒฬฆ", "ิิิุไสสนยดตถทธลค")
_NOT_A_LETTER = re.compile(r"[\W_]+(?<![ัิ-ฺ็-๎])")
_KIND = re.compile(
    "(?:ชุมนุม(?:สหกรณ์)?)?(?:การเกษตร|ประมง|นิคม|ร้าน(?:ค้า|สหกรณ์)?|บริการ|ออมทรัพย์|เครดิตยู(?:เนี่ยน|เนียน))"
    "|กลุ่มเกษตรกร(?:ทำนา|ทำสวน|ทำไร่|เลี้ยงสัตว์|ประมง)?"
    "|กลุ่ม(?:สตรี|แม่บ้าน|เยาวชน|อาชีพ)(?:สหกรณ์)?(?:การเกษตร)?"
)


def _skeleton(text: str) -> str:
    letters = _DROPPED.sub("", _SILENT.sub("", to_arabic(normalise(text)).casefold())).translate(_SAME_SOUND)
    return "".join(letter for letter in letters if letter.isalnum() or "ก" <= letter <= "๎")


class _Key(NamedTuple):
    front: str  # what must be the same, where both have it
    numbers: str  # what must be the same: บ้านหนองบัว 1 is not บ้านหนองบัว 2
    rest: str


@lru_cache(maxsize=KEPT_KEYS)
def _person(name: str) -> _Key:
    return _Key("", "", _skeleton(split_title(normalise(name))[1]))


@lru_cache(maxsize=KEPT_KEYS)
def _organization(name: str) -> _Key:
    key = organization_key(name)
    kind = _KIND.match(key)
    rest = _skeleton(key[kind.end() :] if kind else key)
    return _Key(_skeleton(kind[0]) if kind else "", " ".join(re.findall(r"\d+", key)), rest)


def _alike(one: _Key, other: _Key) -> float:
    if one.numbers != other.numbers or (one.front and other.front and one.front != other.front):
        return 0
    return Levenshtein.normalized_similarity(one.rest, other.rest, score_cutoff=ALIKE)


def _sorted(name: str, others: Iterable[str], key: _Key, keys: Iterable[_Key]) -> list[str]:
    found = [(_alike(key, theirs), other) for other, theirs in zip(others, keys, strict=True)]
    return [other for score, other in sorted(found, key=lambda one: -one[0]) if score and key.rest]


def alike_names(name: str, others: Iterable[str]) -> list[str]:
    """Of other people's names those alike, the nearest first. Titles and blanks do not count."""
    others = list(others)
    return _sorted(name, others, _person(name), map(_person, others))


def alike_organizations(name: str, others: Iterable[str]) -> list[str]:
    """Of other organizations' names those alike, the nearest first; kinds and numbers named must be the same."""
    others = list(others)
    return _sorted(name, others, _organization(name), map(_organization, others))
