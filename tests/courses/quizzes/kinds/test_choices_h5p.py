"""Choices and statements as H5P: told apart by how many can be chosen, scored as its script scores, kept whole."""

from typing import Any

import pytest

from courses.quizzes.grading import Answered, mark
from courses.quizzes.kinds import H5PContent, Mark, h5p_scores, kind_of

SCORE = h5p_scores()["H5P.MultiChoice"]
READER = kind_of("multiple_choice")


def answers(right: str, of: str = "กขค", **changes: Any) -> list[dict[str, Any]]:
    return [{"text": f"<div>{text}</div>", "correct": text in right, **changes} for text in of]


READ = {
    "question": "<p>ถาม <b>อะไร</b><img src='x'></p>",
    "answers": [
        {
            "text": "<div>ก &amp; ข</div>\n",
            "correct": True,
            "tipsAndFeedback": {"tip": "<p>ใบ้</p>", "chosenFeedback": "<div>ใช่</div>", "notChosenFeedback": "ไม่เลือก"},
        },
        {"text": "<div><em>ค</em></div>", "correct": False, "weight": 2},
        {"text": "ง", "correct": True},
    ],
    "behaviour": {"type": "auto", "singlePoint": False, "randomAnswers": True},
    "UI": {"checkAnswerButton": "ตรวจ"},
    "media": {"type": {"library": "H5P.Image 1.1", "params": {"file": {"path": "images/a.png"}}}},
}


def imported(params: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    read = READER.from_h5p(H5PContent("H5P.MultiChoice 1.16", params))
    return read.kind, read.content, {**read.body, "h5p": {"library": "H5P.MultiChoice 1.14", "params": params}}


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({"answers": answers("ก")}, "single_choice"),
        ({"answers": answers("กข")}, "multiple_choice"),
        ({"answers": answers("ก"), "behaviour": {"type": "single"}}, "single_choice"),
        ({"answers": answers("ก"), "behaviour": {"type": "multi"}}, "multiple_choice"),
        # without a word of its own the first answer is right, as the script has it
        ({"answers": [{"text": "ก"}, {"text": "ข"}]}, "single_choice"),
        ({"answers": [{"text": "ก", "correct": 0}, {"text": "ข", "correct": "false"}]}, "single_choice"),
    ],
)
def test_single_and_multiple_choice_are_told_apart(params: dict[str, Any], kind: str) -> None:
    assert imported({"question": "ถาม", **params})[0] == kind


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"answers": []},
        {"answers": answers("")},
        {"answers": answers("กข"), "behaviour": {"type": "single"}},
        {"answers": answers("ก", "กก")},
        {"answers": answers("ก", "ก")},
        {"answers": [{"text": "<img src=x>", "correct": True}, {"text": "ข"}]},
        {"answers": 5},
        {"answers": [None, 1]},
    ],
)
def test_what_our_kinds_cannot_ask_is_refused(params: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        imported({"question": "ถาม", **params})


def test_content_is_read_with_its_texts_cleaned_and_a_remark_on_its_picture() -> None:
    kind, content, body = imported(READ)
    assert (kind, content) == ("multiple_choice", "<p>ถาม <b>อะไร</b></p>")
    assert [(choice["id"], choice["text"], choice["correct"], choice["feedback"]) for choice in body["choices"]] == [
        ("c1", "ก &amp; ข", True, "ใช่"),
        ("c2", "<em>ค</em>", False, ""),
        ("c3", "ง", True, ""),
    ]
    assert len(READER.from_h5p(H5PContent("H5P.MultiChoice 1.16", READ)).remarks) == 1


def test_without_words_of_its_own_a_question_is_read_and_its_words_are_for_the_reader_to_find() -> None:
    read = READER.from_h5p(
        H5PContent("H5P.MultiChoice 1.16", {"answers": answers("ก"), "question": "<script>1</script>"})
    )
    assert (read.kind, read.content) == ("single_choice", "")


def test_what_was_not_changed_goes_back_letter_by_letter() -> None:
    kind, content, body = imported(READ)
    assert kind_of(kind).to_h5p(content, body) == H5PContent("H5P.MultiChoice 1.14", READ)


def test_what_was_changed_goes_back_changed_and_the_rest_stays() -> None:
    kind, _content, body = imported(READ)
    first, second, third = body["choices"]
    new = {"id": "c4", "text": "จ < ฉ", "correct": False, "feedback": "ไม่"}
    changed = {**body, "choices": [{**third, "correct": False}, {**first, "feedback": "ใหม่"}, new]}
    written = kind_of(kind).to_h5p("<p>ใหม่</p>", changed)
    assert written is not None
    tips = {"tip": "<p>ใบ้</p>", "chosenFeedback": "ใหม่", "notChosenFeedback": "ไม่เลือก"}
    assert written.params == {
        **READ,
        "question": "<p>ใหม่</p>",
        "answers": [
            {"text": "ง", "correct": False},
            {"text": "<div>ก &amp; ข</div>\n", "correct": True, "tipsAndFeedback": tips},
            {
                "text": "จ &lt; ฉ",
                "correct": False,
                "tipsAndFeedback": {"tip": "", "notChosenFeedback": "", "chosenFeedback": "ไม่"},
            },
        ],
        # one right answer would make it a single choice by itself
        "behaviour": {**READ["behaviour"], "type": "multi"},  # type: ignore[dict-item]
    }
    assert [second["text"] in answer["text"] for answer in written.params["answers"]] == [False, False, False]


@pytest.mark.parametrize(
    ("params", "chosen", "points"),
    [
        ({"answers": answers("ก")}, [0], (1, 1)),
        ({"answers": answers("ก")}, [0, 1], (1, 1)),  # the first one counts
        ({"answers": answers("ก")}, [1, 0], (0, 1)),
        ({"answers": answers("ก")}, ["0"], (1, 1)),
        ({"answers": answers("ก"), "behaviour": {"randomAnswers": True}}, ["0"], (0, 1)),
        ({"answers": answers("ก"), "behaviour": {"randomAnswers": True}}, [7, 0], (1, 1)),
        ({"answers": answers("ก")}, [7, 0], (0, 1)),
        ({"answers": answers("ก"), "weight": 3}, [0], (1, 3)),
        ({"answers": answers("ก")}, [7], (0, 1)),
        ({"answers": answers("กข")}, [0], (0, 1)),  # one point for all, by default
        ({"answers": answers("กข")}, [0, 1], (1, 1)),
        ({"answers": answers("กข")}, ["0", "1"], (0, 1)),
        ({"answers": answers("กข"), "behaviour": {"passPercentage": 50}}, [0], (1, 1)),
        ({"answers": answers("กข"), "behaviour": {"passPercentage": "50"}}, [0], (1, 1)),
        ({"answers": answers("กข"), "behaviour": {"passPercentage": 0}}, [2], (1, 1)),
        ({"answers": answers("กข"), "behaviour": {"singlePoint": None}}, [0, 2], (0, 2)),
        ({"answers": answers("กข"), "behaviour": {"singlePoint": False}}, [0, 1, 2], (1, 2)),
        ({"answers": answers("กข"), "behaviour": {"singlePoint": False}}, [0, 0, 1, 9, True], (2, 2)),
        ({"answers": answers("กข", weight=2), "behaviour": {"singlePoint": False}}, [0], (2, 4)),
        ({"answers": answers("กข", weight=0.5), "behaviour": {"singlePoint": False}}, [0, 1, 2], (0.5, 1)),
        ({"answers": answers("กข", weight=0)}, [0, 1], (0, 1)),
        ({"answers": answers("กข"), "weight": 5}, [0, 1], (5, 5)),
        ({"answers": answers("")}, [], (1, 1)),
        ({"answers": answers(""), "weight": 4}, [], (4, 4)),
        ({"answers": answers("")}, [1], (0, 1)),
        ({"answers": answers(""), "behaviour": {"type": "single"}}, [], (0, 1)),
        ({"answers": answers("กข"), "behaviour": {"type": "single"}}, [1], (1, 1)),
        ({"answers": answers("กข"), "behaviour": {"type": None}}, [0, 1], (1, 1)),
        ({"answers": []}, [0], (1, 1)),  # the script's own example
        ({}, [], (0, 1)),
    ],
)
def test_choices_are_scored_as_the_script_does(params: dict[str, Any], chosen: list[Any], points: Any) -> None:
    assert SCORE(params, {"answers": chosen}) == points


@pytest.mark.parametrize("state", [None, {}, [], 5, {"answers": None}, {"answers": "0"}, {"answers": {"0": 0}}])
def test_a_state_of_another_shape_is_no_answer(state: Any) -> None:
    assert SCORE({"answers": answers("ก")}, state) == (0, 1)


def test_a_quiz_that_marks_as_h5p_does_gives_the_points_of_the_kept_content() -> None:
    _kind, content, body = imported(READ)
    assert mark(Answered("multiple_choice", body, ["c1"], content), "h5p") == Mark(1, 2)
    assert mark(Answered("multiple_choice", body, ["c1", "c2"], content), "h5p") == Mark(0, 2)
    assert mark(Answered("multiple_choice", body, ["c1"], content), "academy") == Mark(0.5, 1)


# --- true or false -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("params", "state", "points"),
    [
        ({"correct": "true"}, {"answer": True}, 1),
        ({"correct": True}, {"answer": True}, 0),  # a boolean is read as false
        ({"correct": True}, {"answer": False}, 1),
        ({}, {"answer": True}, 1),
        ({"correct": "false"}, {"answer": None}, 1),  # null is an answer, and it is not true
        ({"correct": "true"}, {"answer": "false"}, 1),
        ({"correct": "true"}, {"answer": []}, 1),
        ({"correct": "false"}, {"answer": 0}, 1),
        ({"correct": "false"}, {}, 0),
        ({"correct": "false"}, [], 0),
        ({"correct": "false"}, "x", 0),
    ],
)
def test_a_statement_is_scored_as_the_script_does(params: dict[str, Any], state: Any, points: int) -> None:
    assert h5p_scores()["H5P.TrueFalse"](params, state) == (points, 1)


def test_a_statement_goes_back_letter_by_letter_until_it_changes() -> None:
    kind = kind_of("true_false")
    params = {"question": "<p>จริง<br>ไหม</p>\n", "correct": True, "l10n": {"trueText": "ใช่"}, "behaviour": {}}
    read = kind.from_h5p(H5PContent("H5P.TrueFalse 1.8", params))
    assert (read.kind, read.content, read.body) == ("true_false", "<p>จริง<br>ไหม</p>", {"correct": False})
    kept = {**read.body, "h5p": {"library": "H5P.TrueFalse 1.6", "params": params}}
    assert kind.to_h5p(read.content, kept) == H5PContent("H5P.TrueFalse 1.6", params)
    assert kind.to_h5p(read.content, {**kept, "correct": True}) == H5PContent(
        "H5P.TrueFalse 1.6", {**params, "correct": "true"}
    )


def test_content_of_another_type_is_no_ground_to_write_on() -> None:
    kept = {"correct": True, "h5p": {"library": "H5P.MultiChoice 1.16", "params": READ}}
    written = kind_of("true_false").to_h5p("<p>ถาม</p>", kept)
    assert written is not None
    assert (written.library, written.params["correct"], "answers" in written.params) == (
        "H5P.TrueFalse 1.8",
        "true",
        False,
    )
