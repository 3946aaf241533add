"""Facts as bytes and back, and what gives way when there is no room."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import segno
from hypothesis import example, given
from hypothesis import strategies as some

from certification.codes import ALPHABET, check_character
from certification.offline.kinds import END, PREFIX
from certification.offline.layout import ROOM, SIGNATURE, Facts, mark_in, pack, unpack
from cms import base45

MOST_MODULES = 57
MARK = b"\x00\xffab"
THAI = "กขคฆงจฉชซญฎฏฐณดตถทธนบปผพภมยรลวศษสหอฮเแโใไะาำิีึืุูั่้๊๋์็ๆฯ๐๑๒๓๔๕๖๗๘๙ ().-/“”‘’–—…"
codes = some.text(ALPHABET, min_size=11, max_size=11).map(lambda body: body + check_character(body))
days = some.dates(date(2000, 1, 2), date(2179, 6, 6))
texts = some.text(THAI, max_size=ROOM // 3 - 1)
odd_texts = some.text(some.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=250)
places = some.none() | some.tuples(some.integers(0, 32_000), some.integers(0, 131_071))


def facts_with(**changed: object) -> Facts:
    base = Facts("000000000000", "", "", "", Decimal(3), date(2026, 11, 20), date(2026, 11, 23))
    return replace(base, **changed)  # type: ignore[arg-type]


@given(
    code=codes,
    number=texts,
    name=texts,
    course=texts,
    tenths=some.integers(0, 99_999),
    completed=days,
    issued=days,
    until=some.none() | days,
    place=places,
)
@example("ZZZZZZZZZZZ" + check_character("Z" * 11), "", "", "", 99_999, date(2000, 1, 1), date(2179, 6, 6), None, None)
def test_what_has_room_is_read_back_to_the_letter(
    code: str,
    number: str,
    name: str,
    course: str,
    tenths: int,
    completed: date,
    issued: date,
    until: date | None,
    place: tuple[int, int] | None,
) -> None:
    facts = Facts(code, number, name, course, Decimal(tenths) / 10, completed, issued, until, place)
    packed = pack(facts, MARK)
    assert unpack(packed) == facts
    assert mark_in(packed + bytes(SIGNATURE)) == MARK


@given(odd_texts, odd_texts, odd_texts)
@example("๑" * 100, "ก" * 250, "กี่" * 85)
@example("ø" * 100, "ø" * 250, "ø" * 255)
@example("", "", "ø" + "ก" * 254)
def test_any_texts_fit_on_a_sheet_and_what_is_shortened_says_so(number: str, name: str, course: str) -> None:
    facts = facts_with(number=number, holder_name=name, course_title=course)
    packed = pack(facts, MARK)
    said = unpack(packed)
    for field in ("number", "holder_name", "course_title"):
        whole, kept = getattr(facts, field), getattr(said, field)
        assert (kept == whole) if field not in said.shortened else (whole.startswith(kept) and kept != whole)
    text = f"{PREFIX}{base45.encode(packed + bytes(SIGNATURE))}{END}"
    assert len(segno.make_qr(text, error="l").matrix) <= MOST_MODULES


def test_the_course_gives_way_before_the_name_and_the_name_before_the_number() -> None:
    said = unpack(pack(facts_with(number="๑" * 60, holder_name="ก" * 70, course_title="ข" * 255), MARK))
    assert (len(said.number), len(said.holder_name), len(said.course_title)) == (60, 70, ROOM - 130)
    assert said.shortened == {"course_title"}
    said = unpack(pack(facts_with(number="๑" * 60, holder_name="ก" * 250, course_title="ข" * 255), MARK))
    assert (len(said.number), len(said.holder_name), len(said.course_title)) == (60, ROOM - 60 - 24, 24)


def test_a_shortened_text_ends_with_a_whole_letter_and_its_marks() -> None:
    said = unpack(pack(facts_with(course_title="ที่" * 85), MARK))
    assert said.course_title == "ที่" * (ROOM // 3)
    said = unpack(pack(facts_with(course_title="น้ำ" * 85), MARK))
    assert said.course_title == "น้ำ" * (ROOM // 3)
    said = unpack(pack(facts_with(course_title="ø" + "น้ำ" * 84), MARK))
    assert said.course_title == "ø" + "น้ำ" * 17  # in UTF-8 each letter takes three bytes
    assert said.shortened == {"course_title"}


def test_a_thai_text_takes_one_byte_for_each_letter_and_another_text_what_it_takes() -> None:
    empty = len(pack(facts_with(), MARK))
    assert len(pack(facts_with(course_title="การควบคุมภายใน"), MARK)) == empty + 14
    assert len(pack(facts_with(course_title="“การ” – ๑"), MARK)) == empty + 9
    assert len(pack(facts_with(course_title="กø"), MARK)) == empty + 5


@pytest.mark.parametrize(
    "changed",
    [
        {"hours": Decimal("10000000")},
        {"hours": Decimal("0.25")},
        {"issued_on": date(1999, 12, 31)},
        {"valid_until": date(2200, 1, 1)},
        {"place": (40_000, 0)},
    ],
)
def test_what_is_beyond_the_ranges_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"beyond what the QR holds|at most one decimal"):
        pack(facts_with(**changed), MARK)
