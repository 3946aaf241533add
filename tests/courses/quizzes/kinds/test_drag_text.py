"""Words for the gaps of a text: order tells nothing, equal words change places, and H5P says the same."""

from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import H5PContent, Mark, h5p_scores, kind_of

KIND = kind_of("drag_text")


def body(text: str, distractors: str = "") -> dict[str, Any]:
    fields = {"drag_text_text": text, "drag_text_distractors": distractors}
    return KIND.clean_body(KIND.body_from(fields, {}))


BODY = body(r"*เดบิต:ซ้าย\+ใช่\-ดูอีกครั้ง* เงินสด *เครดิต* ทุน *เดบิต*", "กำไร\r\n\r\nขาดทุน")


def test_a_gap_has_a_word_a_hint_and_a_remark_for_each_outcome() -> None:
    assert [part for part in BODY["parts"] if isinstance(part, dict)] == [
        {"id": "g1", "word": "เดบิต", "tip": "ซ้าย", "right": "ใช่", "wrong": "ดูอีกครั้ง"},
        {"id": "g2", "word": "เครดิต", "tip": "", "right": "", "wrong": ""},
        {"id": "g3", "word": "เดบิต", "tip": "", "right": "", "wrong": ""},
    ]
    assert BODY["distractors"] == [{"id": "d1", "text": "กำไร"}, {"id": "d2", "text": "ขาดทุน"}]


def test_a_backslash_makes_a_sign_of_the_notation_a_letter() -> None:
    clean = body(r"*1\:2\\+3\*4:ก\*ข*")
    assert clean["parts"][0] == {"id": "g1", "word": "1:2\\+3*4", "tip": "ก*ข", "right": "", "wrong": ""}
    assert KIND.clean_body(KIND.body_from(KIND.written(clean), clean)) == clean


@pytest.mark.parametrize("text", ["ไม่มีช่อง", "**", "*:ใบ้*", "*ก", "*" + "ก" * 201 + "*"])
def test_what_is_no_text_with_words_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        body(text)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (["g1", "g2", "g3"], 3),
        (["g3", "g2", "g1"], 3),  # equal words may change places
        (["g2", "g1", ""], 0),
        (["d1", "g2", ""], 1),
        (None, 0),
    ],
)
def test_each_right_word_is_a_point_in_both_ways_of_grading(answer: Any, points: int) -> None:
    assert KIND.grade(BODY, answer) == Mark(points, 3)
    content = KIND.to_h5p("<p>ถาม</p>", BODY)
    assert content is not None
    assert h5p_scores()["H5P.DragText"](content.params, KIND.to_state(BODY, answer)) == (points, 3)


def test_a_word_chosen_twice_lies_in_both_gaps_while_there_are_equal_words() -> None:
    content = KIND.to_h5p("<p>ถาม</p>", BODY)
    assert content is not None
    score = h5p_scores()["H5P.DragText"]
    assert score(content.params, KIND.to_state(BODY, ["g1", "", "g1"])) == (2, 3)
    assert score(content.params, KIND.to_state(BODY, ["g2", "g2", ""])) == (1, 3)


def test_the_words_never_stand_in_the_order_of_the_gaps_for_long() -> None:
    orders = {tuple(KIND.present(BODY, Random(seed), shuffle=False)["order"]) for seed in range(40)}
    assert len(orders) > 20
    shown = KIND.shown(BODY, KIND.present(BODY, Random(1)), None)
    assert all(len(part["choices"]) == 5 for part in shown["parts"] if "number" in part)
    assert {key for word in shown["words"] for key in word} == {"value", "text"}


@pytest.mark.parametrize("values", [["g1", "g2", "g3"], ["", ""], ["", "", "", ""]])
def test_ids_of_the_body_and_other_numbers_of_words_are_nonsense(values: list[str]) -> None:
    with pytest.raises(ValueError, match=r"not one"):
        KIND.clean_answer(BODY, KIND.present(BODY, Random(1)), values)


def test_remarks_are_shown_after_grading_only() -> None:
    reviewed = KIND.review(BODY, KIND.present(BODY, Random(1)), ["d1", "g2", ""])["gaps"]
    assert [(gap["given"], gap["is_right"]) for gap in reviewed] == [("กำไร", False), ("เครดิต", True), ("", False)]
    assert reviewed[0]["reason"] == "ดูอีกครั้ง"


# --- H5P -------------------------------------------------------------------------------------------
READ = {
    "taskDescription": "<p>ลากคำ</p>",
    "textField": "น้ำ *เดือด:คำใบ้\\+ดี\\-ไม่ใช่* ที่ *100&#58;0*\r\nองศา <b>*&lt;1&gt;*</b>",
    "distractors": "*0* เศษ *1/2*",
    "behaviour": {"instantFeedback": True},
}


def test_content_is_read_and_goes_back_letter_by_letter() -> None:
    read = KIND.from_h5p(H5PContent("H5P.DragText 1.10", READ))
    assert (read.kind, read.content) == ("drag_text", "<p>ลากคำ</p>")
    assert [part if isinstance(part, str) else part["word"] for part in read.body["parts"]] == [
        "น้ำ ",
        "เดือด",
        " ที่ ",
        "100:0",
        "\nองศา ",
        "<1>",
    ]
    assert [one["text"] for one in read.body["distractors"]] == ["0", "1/2"]
    kept = {**read.body, "h5p": {"library": "H5P.DragText 1.8", "params": READ}}
    assert KIND.to_h5p(read.content, kept) == H5PContent("H5P.DragText 1.8", READ)
    changed = {**kept, "distractors": [{"id": "d1", "text": "0"}]}
    written = KIND.to_h5p(read.content, changed)
    assert written is not None
    assert written.params == {**READ, "distractors": "*0*"}


@pytest.mark.parametrize("text", ["", "ไม่มี", "**", "*", "*:ก*", None, 5])
def test_content_without_words_to_drag_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        KIND.from_h5p(H5PContent("H5P.DragText 1.10", {"textField": text}))


@pytest.mark.parametrize(
    ("text", "state", "points"),
    [
        ("*a* *b*", [{"draggable": 0, "droppable": 1}], (0, 2)),
        ("*a* *a*", [{"draggable": 0, "droppable": 1}, {"draggable": 1, "droppable": 0}], (2, 2)),
        # the last word laid into a gap stays there; a word laid down again leaves its gap
        ("*a* *b*", [{"draggable": 1, "droppable": 0}, {"draggable": 0, "droppable": 0}], (1, 2)),
        ("*a* *b*", [{"draggable": 0, "droppable": 0}, {"draggable": 0, "droppable": 1}], (0, 2)),
        ("*a* *b*", [{"draggable": 0, "droppable": 0}, {"draggable": 9, "droppable": 1}], (0, 2)),
        ("*a* *b*", [{"draggable": "0", "droppable": 0}], (0, 2)),
        ("*a *\n*b*", [{"draggable": 0, "droppable": 0}, {"draggable": 1, "droppable": 1}], (2, 2)),
        ("**", [{"draggable": 0, "droppable": 0}], (1, 1)),
        ("*a\nb*", [], (0, 1)),
        ("*a* *", [], (0, 1)),
        ("*", [], (0, 1)),
    ],
)
def test_the_library_is_followed_where_it_is_odd(text: str, state: Any, points: tuple[int, int]) -> None:
    assert h5p_scores()["H5P.DragText"]({"textField": text}, state) == points


TEXTS = st.text("กาำ่ ab12*/:\\<>&;+-\n.", min_size=1, max_size=12)


GAPS = st.tuples(TEXTS, TEXTS, TEXTS)


@given(parts=st.lists(TEXTS | GAPS, min_size=1, max_size=6), words=st.lists(TEXTS, max_size=3))
def test_any_text_with_words_goes_to_authors_and_to_h5p_and_comes_back(parts: list[Any], words: list[str]) -> None:
    raw = [part if isinstance(part, str) else {"word": part[0], "tip": part[1], "wrong": part[2]} for part in parts]
    try:
        clean = KIND.clean_body({"parts": raw, "distractors": [{"text": word} for word in words]})
    except ValidationError:
        return
    assert KIND.clean_body(clean) == clean
    assert KIND.clean_body(KIND.body_from(KIND.written(clean), clean)) == clean
    content = KIND.to_h5p("<p>ถาม</p>", clean)
    assert content is not None
    assert KIND.clean_body(KIND.from_h5p(content).body) == clean
    full = [part["id"] for part in clean["parts"] if isinstance(part, dict)]
    assert h5p_scores()["H5P.DragText"](content.params, KIND.to_state(clean, full)) == (len(full), len(full))
