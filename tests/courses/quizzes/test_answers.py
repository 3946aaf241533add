"""A posted answer is one of those that were offered, or it is nonsense."""

from typing import Any

import pytest

from courses.quizzes.kinds import kind_of

CHOICES: dict[str, Any] = {
    "choices": [{"id": f"c{number}", "text": text, "correct": text == "ก"} for number, text in enumerate("กขค", 1)]
}
BODIES = {"single_choice": CHOICES, "multiple_choice": CHOICES, "true_false": {"correct": True}}


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_nothing_chosen_is_no_answer(kind: str) -> None:
    assert kind_of(kind).clean_answer(BODIES[kind], []) is None


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
    assert kind_of(kind).clean_answer(BODIES[kind], raw) == kept


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
        kind_of(kind).clean_answer(BODIES[kind], raw)
