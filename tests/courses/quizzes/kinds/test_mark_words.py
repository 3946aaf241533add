"""Words to be marked: Thai is cut, right words are as long as the author says, and H5P finds the same words."""

from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import H5PContent, Mark, h5p_scores, kind_of

KIND = kind_of("mark_words")
TEXT = 'เหรัญญิกนับ*เงินสด*ทุกๆ สิ้นวัน (ตามระเบียบ) แล้วเทียบกับ"ยอดคงเหลือ"\nใน*สมุด เงินสด*.'


def body(text: str) -> dict[str, Any]:
    return KIND.clean_body(KIND.body_from({"mark_words_text": text}, {}))


def said(clean: dict[str, Any]) -> str:
    return "".join(word["before"] + word["text"] + word["after"] for word in clean["words"])


def test_thai_is_cut_into_words_and_reads_as_it_was_written() -> None:
    clean = body(TEXT)
    assert said(clean) == TEXT.replace("*", "")
    assert [word["text"] for word in clean["words"]][:5] == ["เหรัญญิก", "นับ", "เงินสด", "ทุกๆ", "สิ้น"]
    assert [word["text"] for word in clean["words"] if word["correct"]] == ["เงินสด", "สมุด เงินสด"]
    assert KIND.max_score(clean) == 2


def test_braces_hold_wrong_words_together_so_that_long_right_ones_do_not_stand_out() -> None:
    clean = body(r"{รับเงิน} *บันทึกบัญชี* \{ก\} \* {เก็บเงิน}")
    assert [(word["text"], word["correct"]) for word in clean["words"]] == [
        ("รับเงิน", False),
        ("บันทึกบัญชี", True),
        ("ก}", False),
        ("เก็บเงิน", False),
    ]
    assert KIND.clean_body(KIND.body_from(KIND.written(clean), clean)) == clean
    assert KIND.clean_body(KIND.body_from({"mark_words_text": KIND.written(clean)["mark_words_text"]}, {})) == clean


@pytest.mark.parametrize("text", ["", "ก ข", "*ก*", "*ก* ข *", "** ก", "* * ก", "*ก* {}"])
def test_what_has_nothing_to_mark_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        body(text)


def test_words_that_stay_keep_their_ids() -> None:
    before = body("เงินสด *ทุน* กำไร")
    after = KIND.clean_body(KIND.body_from({"mark_words_text": "ใหม่ เงินสด ทุน *กำไร*"}, before))
    ids = {word["text"]: word["id"] for word in before["words"]}
    assert {word["text"]: word["id"] for word in after["words"] if word["text"] in ids} == ids


@pytest.mark.parametrize(
    ("marked", "points"),
    [(["w1", "w3"], 2), (["w1"], 1), (["w1", "w2"], 0), (["w1", "w2", "w3"], 1), (["w2"], 0), (None, 0)],
)
def test_right_words_less_wrong_words_in_both_ways_of_grading(marked: Any, points: int) -> None:
    clean = body("*ก* ข *ค*")
    assert KIND.grade(clean, marked) == Mark(points, 2)
    content = KIND.to_h5p("<p>ถาม</p>", clean)
    assert content is not None
    assert h5p_scores()["H5P.MarkTheWords"](content.params, KIND.to_state(clean, marked)) == (points, 2)


def test_the_review_counts_what_was_found_missed_and_wrong() -> None:
    reviewed = KIND.review(body("*ก* ข *ค*"), {}, ["w1", "w2"])
    assert (reviewed["found"], reviewed["wrong"], reviewed["missed"]) == (1, 1, 1)


def test_the_page_holds_words_alike_whichever_is_right() -> None:
    shown = [KIND.shown(clean, KIND.present(clean, Random(5)), None) for clean in (body("*ก* ข ค"), body("ก ข *ค*"))]
    assert shown[0] == shown[1]


# --- H5P -------------------------------------------------------------------------------------------
READ = {
    "taskDescription": "<p>d</p>",
    "textField": '<p>The *cat*, "*dog*" ran.</p><p>**star** *สองคำ&nbsp;ติดกัน* ท้าย *หนู*!</p>',
    "behaviour": {"showScorePoints": False},
}


def test_content_is_read_and_goes_back_letter_by_letter() -> None:
    read = KIND.from_h5p(H5PContent("H5P.MarkTheWords 1.11", READ))
    assert [(word["text"], word["correct"]) for word in read.body["words"]] == [
        ("The", False),
        ("cat", True),
        ("dog", True),
        ("ran", False),
        ("*star*", False),
        ("สองคำ ติดกัน", True),
        ("ท้าย", False),
        ("หนู", True),
    ]
    assert said(read.body) == 'The cat, "dog" ran.\n*star* สองคำ ติดกัน ท้าย หนู!'
    kept = {**read.body, "h5p": {"library": "H5P.MarkTheWords 1.9", "params": READ}}
    assert KIND.to_h5p(read.content, kept) == H5PContent("H5P.MarkTheWords 1.9", READ)
    assert KIND.clean_body(KIND.body_from(KIND.written(kept), kept)) == read.body
    assert h5p_scores()["H5P.MarkTheWords"](READ, KIND.to_state(kept, ["w2", "w3", "w6", "w8"])) == (4, 4)


@pytest.mark.parametrize("text", ["", "<p>no answers here</p>", "<p>**</p>", None, 5])
def test_content_without_a_right_word_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        KIND.from_h5p(H5PContent("H5P.MarkTheWords 1.11", {"textField": text}))


@pytest.mark.parametrize(
    ("text", "state", "points"),
    [
        ("<p>no answers</p>", [], (1, 1)),
        ("<p>no answers</p>", None, (1, 1)),
        ("<p>no answers</p>", [0], (0, 1)),
        ("<p>*a*b*c*</p>", [0], (1, 1)),
        ("<p>a<b>*b*</b>c</p>", [1], (1, 1)),  # a tag ends a word
        ("<p>*a b* c</p>", [0], (0, 1)),  # two runs, none of them right
        ("<p>x *a&nbsp;b* c</p>", [1], (1, 1)),
        ("<p>*a*!? (*b*) *c*x *d*xy</p>", [0, 1, 2], (3, 3)),
        ("<p>*a*😀 *b*</p>", [1], (1, 1)),  # an emoji is two signs
        ("<p>... *a* ,</p>", [0], (1, 1)),  # punctuation alone is no word
        ("<p>*a* b</p>", [0, 9], (0, 1)),  # the script refuses such a state
        ("<p>*a* b</p>", [-1], (0, 1)),
        ("<p>*a* b</p>", ["0"], (1, 1)),
        ("<p>*a* b</p>", [0, 0], (1, 1)),
        ("<p>*a* b</p>", {}, (0, 1)),
        ("<p>*</p>", [0], (0, 1)),
    ],
)
def test_the_library_is_followed_where_it_is_odd(text: str, state: Any, points: tuple[int, int]) -> None:
    assert h5p_scores()["H5P.MarkTheWords"]({"textField": text}, state) == points


@given(data=st.data())
def test_any_words_go_to_h5p_with_the_same_points(data: st.DataObject) -> None:
    any_word = st.sampled_from(["เงินสด", "ทุน", "กำไร สะสม", "a*b", "พ.ศ.", "<b>", "5%", "ๆ", "..."])
    texts = data.draw(st.lists(any_word, min_size=2, max_size=8))
    between = st.sampled_from(["", " ", ", ", "\n", " (", ") ", " - ", "/", "ๆ ", "* "])
    words = [{"text": text, "before": data.draw(between), "correct": data.draw(st.booleans())} for text in texts]
    words = [word for word in words if word["correct"] or word["text"] != "..."] + [{"text": "ก", "correct": True}]
    words.append({"text": "ข"})
    clean = KIND.clean_body({"words": words})
    content = KIND.to_h5p("<p>ถาม</p>", clean)
    assert content is not None
    marked = data.draw(st.lists(st.sampled_from([word["id"] for word in clean["words"]]), unique=True))
    mark = KIND.grade(clean, marked)
    assert h5p_scores()["H5P.MarkTheWords"](content.params, KIND.to_state(clean, marked)) == (
        mark.score,
        mark.max_score,
    )


@given(text=st.text("กาำ่ๆ ab1*{}\\.,\n(", max_size=30))
def test_any_text_of_an_author_is_refused_or_stays_as_it_was_cut(text: str) -> None:
    try:
        clean = body(text)
    except ValidationError:
        return
    assert KIND.clean_body(clean) == clean
    written = KIND.written(clean)
    assert KIND.clean_body(KIND.body_from(written, clean)) == clean
