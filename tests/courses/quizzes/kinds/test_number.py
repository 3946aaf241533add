"""A number is right within its tolerance, in any digits, with its unit in any of the ways people write it."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cms.thai.digits import to_thai
from courses.quizzes.kinds import Mark, h5p_scores, kind_of

KIND = kind_of("number")


def body(value: str, **changes: Any) -> dict[str, Any]:
    return KIND.clean_body({"value": value, "tolerance": "0", "unit": "", "units": [], **changes})


BAHT = body("๑,๒๕๐.๕๐", tolerance="0.50", unit="บาท")
LOSS = body("-1250", unit="บาท")
LAND = body("5", unit="ไร่", units=["rai"], unit_required=True)
SHARE = body("12.5", unit="%", units=["ร้อยละ"])


@pytest.mark.parametrize(
    ("question", "answer", "points"),
    [
        (BAHT, "1250.50", 1),
        (BAHT, "๑,๒๕๐.๕ บาท", 1),
        (BAHT, "฿1,251", 1),
        (BAHT, "1,250.- บ.", 1),
        (BAHT, "1,250 บาท 50 สตางค์", 1),
        (BAHT, "1250 baht", 1),
        (BAHT, "1251.01", 0),
        (BAHT, "1250.50 ไร่", 0),
        (BAHT, "-1250.50", 0),
        (BAHT, "หนึ่งพัน", 0),
        (LOSS, "(1,250)", 1),
        (LOSS, "(1,250.00 บาท)", 1),
        (LOSS, "(1,250) บาท", 1),
        (LOSS, "\u22121250", 1),
        (LOSS, "1250", 0),
        (LAND, "5 ไร่", 1),
        (LAND, "๕ไร่", 1),
        (LAND, "5 RAI", 1),
        (LAND, "5", 0),
        (LAND, "5 บาท", 0),
        (SHARE, "12.5%", 1),
        (SHARE, "ร้อยละ ๑๒.๕", 1),
        (SHARE, "12.50", 1),
        (body("7"), "7 บาท", 1),
        (body("7"), "7 ไร่", 0),
        (BAHT, None, 0),
    ],
)
def test_a_number_counts_however_it_is_written(question: dict[str, Any], answer: Any, points: int) -> None:
    assert KIND.grade(question, answer) == Mark(points, 1)


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        (BAHT, "1,300", "The number is too high."),
        (BAHT, "1,200", "The number is too low."),
        (BAHT, "-1,250.50", "The amount is right, and its sign is not."),
        (BAHT, "1,250.50 ไร่", "The unit is another one."),
        (BAHT, "๑.๒.๓", "This is no number that can be read."),
        (BAHT, "หนึ่งพันบาท", "This is no number that can be read."),
        (LAND, "6 บาท", "The unit is another one."),
        (LAND, "ห้าไร่", "This is no number that can be read."),
        (LAND, "5", "The number is right, and its unit is missing."),
        (LAND, "5 ไร่", ""),
    ],
)
def test_the_way_a_number_misses_is_said(question: dict[str, Any], answer: str, reason: str) -> None:
    with override("en"):
        assert KIND.review(question, {}, answer)["reason"] == reason


@pytest.mark.parametrize(
    "changes",
    [
        *({"value": value} for value in ("", "ห้า", "1e9", "9" * 16, None)),
        {"tolerance": "-1"},
        {"tolerance": "x"},
        {"unit_required": True},
    ],
)
def test_what_is_no_number_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        body(**{"value": "5", **changes})


def test_a_unit_that_is_asked_for_is_not_shown() -> None:
    assert KIND.shown(LAND, {}, None) == {"given": "", "unit": "", "unit_required": True}
    assert KIND.shown(BAHT, {}, None) == {"given": "", "unit": "บาท", "unit_required": False}


@pytest.mark.parametrize("values", [["1", "2"], ["1" * 101]])
def test_one_short_text_or_nonsense(values: list[str]) -> None:
    with pytest.raises(ValueError, match=r"more than one|longer than"):
        KIND.clean_answer(BAHT, {}, values)


@given(value=st.decimals(-(10**9), 10**9, places=2), unit=st.sampled_from(["", "บาท", "ไร่"]), required=st.booleans())
def test_every_way_to_write_it_that_goes_to_h5p_is_right_in_both_ways_of_grading(
    value: Decimal, unit: str, required: bool
) -> None:
    clean = body(str(value), unit=unit, unit_required=required and bool(unit))
    content = KIND.to_h5p("<p>ถาม</p>", clean)
    assert content is not None
    (question,) = content.params["questions"]
    ways = question.removeprefix("<p>*").removesuffix("*</p>").split("/")
    score = h5p_scores()["H5P.Blanks"]
    assert f"{value:,}" + (f" {unit}" if unit else "") in ways
    assert to_thai(str(value)) + unit in ways
    for way in ways:
        assert KIND.grade(clean, way) == Mark(1, 1)
        assert score(content.params, KIND.to_state(clean, way)) == (1, 1)
