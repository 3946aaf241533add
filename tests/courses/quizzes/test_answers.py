"""A posted answer is one of those that were offered, or it is nonsense."""

from random import Random
from typing import Any

import pytest

from courses.quizzes.kinds import kind_of

CHOICES: dict[str, Any] = {
    "choices": [{"id": f"c{number}", "text": text, "correct": text == "ก"} for number, text in enumerate("กขค", 1)]
}
PRESENTED = {"order": ["c3", "c1", "c2"]}  # as sittings kept it before there were tokens
BODIES = {"single_choice": CHOICES, "multiple_choice": CHOICES, "true_false": {"correct": True}}


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_nothing_chosen_is_no_answer(kind: str) -> None:
    assert kind_of(kind).clean_answer(BODIES[kind], PRESENTED, []) is None


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("single_choice", ["c2"], ["c2"]),
        ("multiple_choice", ["c3", "c1"], ["c1", "c3"]),
        ("multiple_choice", ["c1", "c1"], ["c1"]),
        ("true_false", ["true"], "true"),
        ("true_false", ["false"], "false"),
    ],
)
def test_an_answer_is_kept_in_one_form(kind: str, raw: list[str], kept: Any) -> None:
    assert kind_of(kind).clean_answer(BODIES[kind], PRESENTED, raw) == kept


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("single_choice", ["c1", "c2"]),
        ("single_choice", ["c1", "c1"]),
        ("single_choice", ["c9"]),
        ("single_choice", [""]),
        ("single_choice", ["ก"]),
        ("multiple_choice", ["c1", "c9"]),
        ("multiple_choice", [""]),
        ("true_false", ["true", "false"]),
        ("true_false", ["True"]),
        ("true_false", ["1"]),
        ("true_false", [""]),
        ("true_false", ["x" * 10_000]),
    ],
)
def test_what_was_never_offered_is_nonsense(kind: str, raw: list[str]) -> None:
    with pytest.raises(ValueError, match=r"not one of the choices|neither true nor false"):
        kind_of(kind).clean_answer(BODIES[kind], PRESENTED, raw)


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_with_tokens_an_answer_is_sent_as_a_token_and_kept_as_an_id(kind: str) -> None:
    presented = kind_of(kind).present(CHOICES, Random(4))
    assert sorted(presented["tokens"]) == ["c1", "c2", "c3"]
    assert kind_of(kind).clean_answer(CHOICES, presented, [presented["tokens"]["c2"]]) == ["c2"]
    for told in ("c2", presented["tokens"]["c2"] + "x"):
        with pytest.raises(ValueError, match="not one of the choices"):
            kind_of(kind).clean_answer(CHOICES, presented, [told])
