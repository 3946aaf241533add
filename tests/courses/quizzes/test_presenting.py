"""How a question is laid before a learner: every choice, in any order, and never the key."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import kind_of

SECRET = "ลับเฉพาะผู้ตรวจ"
CHOICES: dict[str, Any] = {
    "choices": [
        {"id": f"c{number}", "text": text, "correct": text == "ข", "feedback": SECRET}
        for number, text in enumerate("กขคง", 1)
    ]
}
BODIES = {"single_choice": CHOICES, "multiple_choice": CHOICES, "true_false": {"correct": True}}


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_without_chance_the_choices_stand_as_the_author_wrote_them(kind: str) -> None:
    assert kind_of(kind).present(CHOICES, Random(1), shuffle=False)["order"] == ["c1", "c2", "c3", "c4"]


@given(seed=st.integers())
@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_shuffling_keeps_every_choice(kind: str, seed: int) -> None:
    presented = kind_of(kind).present(CHOICES, Random(seed))
    assert sorted(presented["order"]) == ["c1", "c2", "c3", "c4"]
    shown = kind_of(kind).shown(CHOICES, presented, None)["choices"]
    assert [choice["value"] for choice in shown] == [presented["tokens"][key] for key in presented["order"]]
    assert sorted(choice["text"] for choice in shown) == ["ก", "ข", "ค", "ง"]


def test_shuffling_gives_more_than_one_order() -> None:
    orders = {tuple(kind_of("single_choice").present(CHOICES, Random(seed))["order"]) for seed in range(40)}
    assert len(orders) > 10


@pytest.mark.parametrize("seed", range(5))
def test_true_always_stands_before_false(seed: int) -> None:
    kind = kind_of("true_false")
    presented = kind.present({"correct": False}, Random(seed))
    assert presented == {}
    shown = kind.shown({"correct": False}, presented, None)["choices"]
    assert [choice["value"] for choice in shown] == ["true", "false"]


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_what_a_learner_is_shown_holds_neither_key_nor_feedback(kind: str) -> None:
    body = BODIES[kind]
    presented = kind_of(kind).present(body, Random(1))
    shown = kind_of(kind).shown(body, presented, None)
    assert {key for choice in shown["choices"] for key in choice} == {"value", "text", "chosen"}
    said = json.dumps([presented, shown], ensure_ascii=False)
    assert [word for word in ("correct", "feedback", SECRET) if word in said] == []


def test_a_statement_is_shown_alike_whether_it_is_true_or_false() -> None:
    kind = kind_of("true_false")
    assert kind.shown({"correct": True}, {}, "true") == kind.shown({"correct": False}, {}, "true")


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_choices_are_shown_alike_whichever_is_right(kind: str) -> None:
    turned = {"choices": [{**choice, "correct": choice["text"] == "ค"} for choice in CHOICES["choices"]]}
    of_both = [kind_of(kind).shown(body, kind_of(kind).present(body, Random(6)), ["c2"]) for body in (CHOICES, turned)]
    assert of_both[0] == of_both[1]


@given(seed=st.integers())
def test_tokens_are_of_this_sitting_only(seed: int) -> None:
    tokens = [kind_of("single_choice").present(CHOICES, Random(seed + step))["tokens"] for step in (0, 1)]
    assert set(tokens[0].values()).isdisjoint(tokens[1].values())
    assert set(tokens[0].values()).isdisjoint({"c1", "c2", "c3", "c4"})
