"""What an author writes for a question is checked by its kind, and every refusal is a sentence."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from courses.quizzes.kinds import kind_of

CHOICE_KINDS = ["single_choice", "multiple_choice"]
TOO_FEW_OR_MANY = "Give between 2 and 20 choices."
WRONG_FORM = "The content of this question has a wrong form."
NO_TEXT = "A choice has no text. Write one or remove the choice."
NOT_SAID = "Say of every choice whether it is right."


def choices(*texts: str, right: str = "ก") -> dict[str, Any]:
    return {"choices": [{"text": text, "correct": text in right} for text in texts]}


def refusal(kind: str, body: Any) -> list[str]:
    with override("en"), pytest.raises(ValidationError) as refused:
        kind_of(kind).clean_body(body)
    return refused.value.messages


@pytest.mark.parametrize("kind", CHOICE_KINDS)
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, TOO_FEW_OR_MANY),
        ([], WRONG_FORM),
        (None, WRONG_FORM),
        ({"choices": "กข"}, TOO_FEW_OR_MANY),
        (choices("ก"), TOO_FEW_OR_MANY),
        (choices(*[f"ก{number}" for number in range(21)]), TOO_FEW_OR_MANY),
        ({"choices": ["ก", "ข"]}, NO_TEXT),
        (choices("ก", "  "), NO_TEXT),
        ({"choices": [{"text": "ก", "correct": True}, {"correct": False}]}, NO_TEXT),
        ({"choices": [{"text": "ก", "correct": "no"}, {"text": "ข", "correct": True}]}, NOT_SAID),
        (
            {"choices": [{"id": "a", "text": "ก", "correct": True}, {"id": "a", "text": "ข"}]},
            "Two choices carry the same identifier.",
        ),
        (choices("ก", "ก "), "Two choices say the same. Change one of them."),
    ],
)
def test_choices_that_cannot_be_asked_are_refused(kind: str, body: Any, sentence: str) -> None:
    assert refusal(kind, body) == [sentence]


@pytest.mark.parametrize("right", ["", "กข"])
def test_a_single_choice_has_exactly_one_right_choice(right: str) -> None:
    body = choices("ก", "ข", "ค", right=right)
    assert refusal("single_choice", body) == ["A single choice question has exactly one right choice."]


def test_a_multiple_choice_has_at_least_one_right_choice() -> None:
    body = choices("ก", "ข", right="")
    assert refusal("multiple_choice", body) == ["A multiple choice question has at least one right choice."]


@pytest.mark.parametrize("body", [{}, {"correct": "true"}, {"correct": 1}, {"correct": None}])
def test_a_statement_is_true_or_false_and_nothing_between(body: Any) -> None:
    assert refusal("true_false", body) == ["Say whether the statement is true or false."]


def test_where_a_question_was_read_from_is_kept_and_its_ids_go_to_no_other_choice() -> None:
    kept = {"library": "H5P.MultiChoice 1.16", "params": {"answers": [{}, {}, {}]}}
    written = {"choices": [{"id": "c1", "text": "ก", "correct": True}, {"text": "ใหม่"}], "h5p": kept}
    cleaned = kind_of("single_choice").clean_body(written)
    assert cleaned["h5p"] == kept
    assert [choice["id"] for choice in cleaned["choices"]] == ["c1", "c4"]


@pytest.mark.parametrize("kind", CHOICE_KINDS)
def test_choices_get_an_identifier_once_and_keep_it(kind: str) -> None:
    written = {
        "choices": [
            {"text": " ก ", "correct": True, "feedback": " ใช่ "},
            {"id": "c1", "text": "ข"},
            {"text": "ค", "unknown": 1},
        ]
    }
    cleaned = kind_of(kind).clean_body(written)
    assert cleaned == {
        "choices": [
            {"id": "c2", "text": "ก", "correct": True, "feedback": "ใช่"},
            {"id": "c1", "text": "ข", "correct": False, "feedback": ""},
            {"id": "c3", "text": "ค", "correct": False, "feedback": ""},
        ]
    }
    assert kind_of(kind).clean_body(cleaned) == cleaned


def test_a_statement_keeps_only_whether_it_is_true() -> None:
    assert kind_of("true_false").clean_body({"correct": False, "choices": []}) == {"correct": False}
