"""Sets of single choices: a point for each question."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import H5PContent, kind_of
from courses.quizzes.kinds.single_choice_set.h5p import score
from tests.courses.quizzes.kinds import properties
from tests.factories.kinds import SAMPLES

KIND = kind_of("single_choice_set")
BODY = SAMPLES["single_choice_set"][1]
PARAMS: dict[str, Any] = {
    "choices": [
        {"question": "<p>ก&nbsp;ข</p>", "answers": ["<p>ถูก</p>\n", "ผิด"], "subContentId": "one"},
        {"question": "ไม่มีคำตอบ"},
        {"question": "ค", "answers": ["<b>ถูก</b>", "ผิด<script>x</script>", "ผิดอีก"], "subContentId": "three"},
    ],
    "behaviour": {"passPercentage": 50, "timeoutWrong": 9},
    "l10n": {"nextButtonLabel": "ต่อไป"},
}


def test_a_point_for_each_question() -> None:
    properties.marks_are("single_choice_set", full=2, partial=1)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ({"progress": 2, "answers": {"corrects": 1, "wrongs": 1}, "userResponses": [0, 2]}, (1, 2)),
        ({"progress": 2, "answers": {"corrects": 2, "wrongs": 0}}, (2, 2)),
        ({"progress": 0}, (0, 2)),
        ({}, (0, 2)),
        (None, (0, 2)),
        ({"answers": {"corrects": 99}}, (2, 2)),
        ({"answers": {"corrects": -1}}, (0, 2)),
        ({"answers": [1]}, (0, 2)),
    ],
)
def test_the_library_counts_its_own_record_and_only_questions_with_answers(state: Any, wanted: Any) -> None:
    assert score(PARAMS, state) == wanted


def test_nothing_is_lost_on_the_way_in_out_and_in_again() -> None:
    read = KIND.from_h5p(H5PContent("H5P.SingleChoiceSet 1.11", PARAMS))
    assert [part["question"] for part in read.body["sets"]] == ["ก&nbsp;ข", "ค"]
    assert [item["text"] for item in read.body["sets"][1]["choices"]] == ["<b>ถูก</b>", "ผิด", "ผิดอีก"]
    assert len(read.remarks) == 1
    body = KIND.clean_body({**read.body, "h5p": {"library": "H5P.SingleChoiceSet 1.11", "params": PARAMS}})
    written = KIND.to_h5p(read.content, body).params
    assert written["choices"][0] == PARAMS["choices"][0]
    assert written["choices"][1]["subContentId"] == "three"
    assert (written["l10n"], written["behaviour"]["timeoutWrong"]) == (PARAMS["l10n"], 9)
    again = KIND.from_h5p(H5PContent("H5P.SingleChoiceSet 1.11", written))
    assert again.content == read.content
    assert [part["choices"] for part in again.body["sets"]] == [part["choices"] for part in read.body["sets"]]


def test_an_edit_is_exported_and_the_rest_stays() -> None:
    read = KIND.from_h5p(H5PContent("H5P.SingleChoiceSet 1.11", PARAMS))
    read.body["sets"][0]["choices"][0]["text"] = "ถูกต้อง"
    body = {**read.body, "h5p": {"params": PARAMS}}
    assert KIND.to_h5p("", body).params["choices"][0]["answers"] == ["ถูกต้อง", "ผิด"]
    assert PARAMS["choices"][0]["answers"][0] == "<p>ถูก</p>\n"


def test_two_answers_to_one_question_are_refused() -> None:
    kind, body, full, _partial = properties.sample("single_choice_set")
    presentation = kind.present(body, properties.Random(1))
    with pytest.raises(ValueError, match="second"):
        kind.clean_answer(body, presentation, kind.values(body, presentation, full) * 2)


@pytest.mark.parametrize(
    "sets",
    [
        [],
        [{"question": "ก", "choices": [{"text": "ข"}]}],
        [{"question": "", "choices": [{"text": "ข"}, {"text": "ค"}]}],
        [{"question": "ก", "choices": [{"text": "ข"}, {"text": "ข"}]}],
        [{"question": "ก", "choices": "ข"}],
    ],
)
def test_a_set_that_cannot_be_answered_is_refused(sets: Any) -> None:
    with pytest.raises(ValidationError):
        KIND.clean_body({"sets": sets})


def test_two_questions_with_the_same_answers_keep_their_ids() -> None:
    lines = "ก\nใช่\nไม่ใช่\n\nก\nใช่\nไม่ใช่"
    body = KIND.clean_body(KIND.body_from({"set_lines": lines}, {}))
    assert [part["id"] for part in body["sets"]] == ["s1", "s2"]
    assert KIND.clean_body(KIND.body_from(KIND.written(body), body)) == body


def test_the_right_one_stands_first_by_chance_only() -> None:
    presentations = [KIND.present(BODY, properties.Random(seed), shuffle=False) for seed in range(20)]
    for place, part in enumerate(BODY["sets"]):
        firsts = {KIND.shown(BODY, one, None)["parts"][place]["choices"][0]["text"] for one in presentations}
        assert firsts == {item["text"] for item in part["choices"]}


def test_the_page_holds_no_id_and_no_order() -> None:
    properties.the_page_holds_no_order_and_no_id("single_choice_set", '"c1"', '"s1"')


@given(st.lists(st.text(max_size=8), max_size=4), properties.NONSENSE)
def test_nothing_sent_breaks_it(values: list[str], answer: Any) -> None:
    properties.no_answer_is_too_odd("single_choice_set", values, answer)
