"""Provinces and districts by the names that people write."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from rapidfuzz import process

from cms.thai.words import normalise
from learning.register.reading.cells import Clean, cell

_SAID_BEFORE = re.compile(r"(?:จังหวัด|จ\.|กิ่งอำเภอ|กิ่งอ\.|อำเภอ|อ\.|เขต|ข\.)(?=.)")
_NOT_A_LETTER = re.compile(r"[\s.ฯ\-,]+")
_ALSO = {
    "กทม": "กรุงเทพมหานคร", "กรุงเทพ": "กรุงเทพมหานคร", "bkk": "กรุงเทพมหานคร", "bangkok": "กรุงเทพมหานคร",
    "อยุธยา": "พระนครศรีอยุธยา", "โคราช": "นครราชสีมา",
}  # fmt: skip
CAPITAL_DISTRICT = "เมือง"
NEAR = 75  # of 100: names so alike are offered


def place_key(name: str) -> str:
    """What of a place's name is compared: without จังหวัด, อำเภอ, เขต, blanks and dots."""
    key = _NOT_A_LETTER.sub("", _SAID_BEFORE.sub("", re.sub(r"\s+", "", normalise(name)), count=1)).lower()
    return _ALSO.get(key, key)


@dataclass(frozen=True)
class Places:
    """The official codes by the names that people write; `of` builds it from rows of the two tables."""

    provinces: dict[str, str]
    districts: dict[tuple[str, str], str]
    province_names: dict[str, str]

    @classmethod
    def of(cls, provinces: Iterable[tuple[str, ...]], districts: Iterable[tuple[str, ...]]) -> Self:
        """From (code, name, other names …) each; the first two digits of a district's code are its province's."""
        rows = [row for row in provinces if row]
        return cls(
            {place_key(name): code for code, *names in rows for name in names if name},
            {(code[:2], place_key(name)): code for code, *names in districts for name in names if name},
            {code: names[0] for code, *names in rows},
        )


def _unknown(text: str, key: str, names: dict[str, str], sentence: str, nothing_near: str) -> Clean:
    near = process.extractOne(key, names, score_cutoff=NEAR)
    if near is None:
        return Clean(problem=nothing_near % {"name": text})
    return Clean(problem=sentence % {"name": text, "near": near[0]})


@cell
def province(text: str, places: Places) -> Clean:
    """A province's code of two digits."""
    key = place_key(text)
    if code := places.provinces.get(key):
        return Clean(code)
    return _unknown(
        text,
        key,
        places.province_names,
        _("There is no province “%(name)s”. Did you mean “%(near)s”?"),
        _("There is no province “%(name)s”. Write its Thai name in full."),
    )


@cell
def district(text: str, places: Places, province_code: str | None) -> Clean:
    """A district's code of four digits; เมือง alone is the capital's district."""
    if not province_code:
        return Clean(problem=_("Write the province first: districts of different provinces have the same name."))
    key = place_key(text)
    capital = place_key(CAPITAL_DISTRICT + places.province_names.get(province_code, ""))
    for name in (key, capital if key == CAPITAL_DISTRICT else key):
        if code := places.districts.get((province_code, name)):
            return Clean(code)
    near = {code: name for (province, name), code in places.districts.items() if province == province_code}
    return _unknown(
        text,
        key,
        near,
        _("There is no district “%(name)s” in this province. Did you mean “%(near)s”?"),
        _("There is no district “%(name)s” in this province. Check the district and the province."),
    )
