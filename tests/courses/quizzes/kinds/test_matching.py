"""Matching: a point for each pair."""

from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import Mark, kind_of
from tests.courses.quizzes.kinds import properties
from tests.factories.kinds import SAMPLES

KIND = kind_of("matching")
BODY = SAMPLES["matching"][1]


def test_a_point_for_each_pair() -> None:
    properties.marks_are("matching", full=3, partial=1)


def test_choices_that_say_the_same_stand_there_once_and_are_the_same() -> None:
    presentation = KIND.present(BODY, Random(1))
    shown = KIND.shown(BODY, presentation, None)
    assert sorted(choice["text"] for choice in shown["choices"]) == ["ทุน", "สินทรัพย์", "หนี้สิน"]
    assert KIND.grade(BODY, {"p1": "p3", "p2": "p2", "p3": "p1"}) == Mark(3, 3)


def test_the_right_side_is_shuffled_in_any_case() -> None:
    orders = {tuple(KIND.present(BODY, Random(seed), shuffle=False)["rights"]) for seed in range(30)}
    assert len(orders) == 6
    assert {tuple(KIND.present(BODY, Random(seed), shuffle=False)["lefts"]) for seed in range(9)} == {
        ("p1", "p2", "p3")
    }


@pytest.mark.parametrize(
    "body",
    [
        {"pairs": [{"left": "ก", "right": "ข"}]},
        {"pairs": [{"left": "ก", "right": "ข"}, {"left": "ก", "right": "ค"}]},
        {"pairs": [{"left": "ก", "right": "ข"}, {"left": "ค", "right": ""}]},
        {"pairs": [{"left": "ก", "right": "ข"}, {"left": "ค", "right": "ง"}], "extra": [{"text": "ข"}]},
    ],
)
def test_a_body_that_cannot_be_answered_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        KIND.clean_body(body)


def test_an_equals_sign_in_a_text_is_written_with_a_stroke() -> None:
    body = KIND.clean_body({"pairs": [{"left": "1 = 1", "right": "จริง"}, {"left": "ก", "right": "a=b"}]})
    assert KIND.written(body)["pair_lines"] == "1 \\= 1 = จริง\nก = a\\=b"
    assert KIND.clean_body(KIND.body_from(KIND.written(body), body)) == body


def test_the_page_holds_no_id_and_no_order() -> None:
    properties.the_page_holds_no_order_and_no_id("matching", '"p1"', '"x1"')


@given(st.lists(st.text(max_size=8), max_size=4), properties.NONSENSE)
def test_nothing_sent_breaks_it(values: list[str], answer: Any) -> None:
    properties.no_answer_is_too_odd("matching", values, answer)
