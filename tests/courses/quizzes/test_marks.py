"""Points of one question: a table of cases, and what holds for every question there can be."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import Mark, kind_of


def body(right: str, of: str = "กขคง") -> dict[str, Any]:
    return {"choices": [{"id": text, "text": text, "correct": text in right, "feedback": ""} for text in of]}


@pytest.mark.parametrize(
    ("kind", "question", "answer", "points"),
    [
        ("single_choice", body("ก"), ["ก"], 1),
        ("single_choice", body("ก"), ["ข"], 0),
        ("single_choice", body("ก"), None, 0),
        ("single_choice", body("ก"), [], 0),
        ("multiple_choice", body("กข"), ["ก", "ข"], 1),
        ("multiple_choice", body("กข"), ["ก"], 0.5),
        ("multiple_choice", body("กข"), ["ก", "ค"], 0),
        ("multiple_choice", body("กข"), ["ก", "ข", "ค"], 0.5),
        ("multiple_choice", body("กข"), ["ก", "ข", "ค", "ง"], 0),
        ("multiple_choice", body("กขค"), ["ก"], 0.33),
        ("multiple_choice", body("กขค"), ["ก", "ข"], 0.67),
        ("multiple_choice", body("ก"), ["ง"], 0),
        ("multiple_choice", body("กข"), None, 0),
        ("true_false", {"correct": True}, "true", 1),
        ("true_false", {"correct": True}, "false", 0),
        ("true_false", {"correct": False}, "false", 1),
        ("true_false", {"correct": False}, "true", 0),
        ("true_false", {"correct": False}, None, 0),
    ],
)
def test_points_for_an_answer(kind: str, question: dict[str, Any], answer: Any, points: float) -> None:
    assert kind_of(kind).grade(question, answer) == Mark(points, 1)


@st.composite
def questions(draw: st.DrawFn, *, single: bool) -> tuple[dict[str, Any], list[str]]:
    """A valid body and any set of its choices, in any order."""
    texts = draw(st.lists(st.text("กขคงจฉชซ", min_size=1, max_size=4), min_size=2, max_size=12, unique=True))
    right = draw(st.sets(st.sampled_from(texts), min_size=1, max_size=1 if single else len(texts)))
    kind = kind_of("single_choice" if single else "multiple_choice")
    cleaned = kind.clean_body({"choices": [{"text": text, "correct": text in right} for text in texts]})
    identifiers = [choice["id"] for choice in cleaned["choices"]]
    chosen = draw(st.lists(st.sampled_from(identifiers), unique=True, max_size=1 if single else len(identifiers)))
    return cleaned, draw(st.permutations(chosen))


@pytest.mark.parametrize("single", [True, False])
@given(data=st.data())
def test_points_lie_between_none_and_all_and_the_right_answer_earns_all(single: bool, data: st.DataObject) -> None:
    cleaned, chosen = data.draw(questions(single=single))
    kind = kind_of("single_choice" if single else "multiple_choice")
    mark = kind.grade(cleaned, kind.clean_answer(cleaned, {}, chosen))
    assert 0 <= mark.score <= mark.max_score == 1
    right = [choice["id"] for choice in cleaned["choices"] if choice["correct"]]
    assert kind.grade(cleaned, kind.clean_answer(cleaned, {}, right)) == Mark(1, 1)
    assert (mark.score == 1) == (sorted(chosen) == sorted(right))


@given(data=st.data())
def test_the_order_of_choices_does_not_matter(data: st.DataObject) -> None:
    cleaned, chosen = data.draw(questions(single=False))
    turned = {"choices": data.draw(st.permutations(cleaned["choices"]))}
    kind = kind_of("multiple_choice")
    answer = kind.clean_answer(cleaned, {}, chosen)
    assert kind.grade(turned, kind.clean_answer(turned, {}, list(reversed(chosen)))) == kind.grade(cleaned, answer)
