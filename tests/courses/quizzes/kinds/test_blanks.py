"""Gaps to be typed into: how authors write them, what counts, and how they go to H5P and come back."""

from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import H5PContent, Mark, h5p_scores, kind_of

KIND = kind_of("blanks")
FIELDS = {"blanks_case_sensitive": False, "blanks_accept_spelling_errors": False}


def body(text: str, **changes: Any) -> dict[str, Any]:
    return KIND.clean_body({**KIND.body_from({"blanks_text": text, **FIELDS}, {}), **changes})


def gaps(clean: dict[str, Any]) -> list[tuple[list[str], str]]:
    return [(part["answers"], part["tip"]) for part in clean["parts"] if isinstance(part, dict)]


def test_a_gap_stands_between_asterisks_with_alternatives_and_a_hint() -> None:
    clean = body("เงินสดเป็น *สินทรัพย์/ทรัพย์สิน : หมวด: 1* ของสหกรณ์")
    assert clean["parts"] == [
        "เงินสดเป็น ",
        {"id": "g1", "answers": ["สินทรัพย์", "ทรัพย์สิน"], "tip": "หมวด: 1"},
        " ของสหกรณ์",
    ]
    assert KIND.max_score(clean) == 1


def test_a_backslash_makes_a_sign_of_the_notation_a_letter() -> None:
    clean = body(r"2 \* 3 คือ *6*, เวลา *10\:30*, ครึ่ง *1\/2*, *a\*b\\c*")
    assert gaps(clean) == [(["6"], ""), (["10:30"], ""), (["1/2"], ""), (["a*b\\c"], "")]
    assert clean["parts"][0] == "2 * 3 คือ "


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ไม่มีช่อง", "Give between 1 and 40 gaps, each between two asterisks."),
        ("*ก* กับ *", "An asterisk stands alone. A gap needs one at both ends; write \\* for the sign itself."),
        ("ว่าง ** นี้", "A gap has no right answer. Write it between the two asterisks."),
        ("*:คำใบ้*", "A gap has no right answer. Write it between the two asterisks."),
    ],
)
def test_what_is_no_text_with_gaps_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with override("en"), pytest.raises(ValidationError) as refused:
        body(text)
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (["เดบิต", "๒๕๖๗"], 2),
        (["ด้านซ้าย", "2567"], 2),
        (["\u200bเดบิต ", ""], 1),
        (["เครดิต", "2568"], 0),
        (None, 0),
    ],
)
def test_each_gap_is_a_point_however_it_is_typed(answer: Any, points: int) -> None:
    assert KIND.grade(body("*เดบิต/ด้านซ้าย* ปี *2567*"), answer) == Mark(points, 2)


def test_the_way_an_answer_misses_is_said() -> None:
    strict = body("*Cash* *สหกรณ์ออมทรัพย์* *ก*", case_sensitive=True)
    with override("en"):
        reasons = [gap["reason"] for gap in KIND.review(strict, {}, ["cash", "สหกรณออมทรัพย์", ""])["gaps"]]
        forgiven = KIND.review({**strict, "accept_spelling_errors": True}, {}, ["", "สหกรณออมทรัพย์", ""])["gaps"][1]
    assert reasons == [
        "Capital and small letters differ here.",
        "Nearly: look at the spelling.",
        "Nothing was written here.",
    ]
    assert (forgiven["is_right"], forgiven["reason"]) == (True, "A small slip of spelling was forgiven.")


def test_gaps_keep_their_ids_when_the_text_around_them_changes() -> None:
    before = body("*ก* *ข* *ค*")
    after = KIND.clean_body(KIND.body_from({"blanks_text": "ใหม่ *ค* และ *ก* และ *ง*", **FIELDS}, before))
    assert [(part["id"], part["answers"][0]) for part in after["parts"] if isinstance(part, dict)] == [
        ("g3", "ค"),
        ("g1", "ก"),
        ("g2", "ง"),
    ]


def test_gaps_look_alike_whatever_belongs_in_them() -> None:
    short, long = body("ก *ข* ค"), body("ก *คำตอบที่ยาวมากกว่ากันหลายเท่า/อีกคำ* ค")
    assert KIND.shown(short, {}, None) == KIND.shown(long, {}, None)


def test_the_page_shows_as_many_gaps_and_nothing_of_their_answers() -> None:
    clean = body("ก *ลับหนึ่ง/ลับสอง:ใบ้* ข")
    shown = KIND.shown(clean, KIND.present(clean, Random(1)), None)
    assert shown == {
        "parts": [{"text": "ก "}, {"number": 1, "tip": "ใบ้", "given": ""}, {"text": " ข"}],
        "count": 1,
    }


@pytest.mark.parametrize("values", [["ก"], ["ก", "ข", "ค"], ["ก", "ข" * 1001]])
def test_as_many_texts_as_there_are_gaps_or_nonsense(values: list[str]) -> None:
    with pytest.raises(ValueError, match=r"not one text for each gap|longer than an answer"):
        KIND.clean_answer(body("*ก* *ข*"), {}, values)


def test_an_answer_of_nothing_but_blanks_is_none() -> None:
    assert KIND.clean_answer(body("*ก* *ข*"), {}, ["", "  "]) is None
    assert KIND.clean_answer(body("*ก* *ข*"), {}, [" ก\x00 ", ""]) == ["ก", ""]


# --- H5P -------------------------------------------------------------------------------------------
READ = {
    "text": "<p>เติมคำ<script>x</script></p>",
    "questions": [
        "<p>น้ำ *<strong>เดือด</strong>/ต้ม:คำใบ้* ที่ *100* &amp; *1&#47;2*</p>",
        "<p>บรรทัด <em>สอง</em> *สอง*</p>",
    ],
    "behaviour": {"caseSensitive": False, "enableRetry": True},
    "overallFeedback": [{"from": 0, "to": 100, "feedback": "ดี"}],
}


def imported(params: dict[str, Any]) -> dict[str, Any]:
    read = KIND.from_h5p(H5PContent("H5P.Blanks 1.14", params))
    return {**read.body, "h5p": {"library": "H5P.Blanks 1.13", "params": params}}


def test_content_is_read_with_its_texts_cleaned() -> None:
    read = KIND.from_h5p(H5PContent("H5P.Blanks 1.14", READ))
    assert (read.kind, read.content) == ("blanks", "<p>เติมคำ</p>")
    assert gaps(read.body) == [(["เดือด", "ต้ม"], "คำใบ้"), (["100"], ""), (["1/2"], ""), (["สอง"], "")]
    assert [part for part in read.body["parts"] if isinstance(part, str)] == ["น้ำ ", " ที่ ", " & ", "\nบรรทัด สอง "]
    assert (read.body["case_sensitive"], read.body["accept_spelling_errors"]) == (False, False)


def test_what_was_not_changed_goes_back_letter_by_letter() -> None:
    written = KIND.to_h5p("<p>เติมคำ</p>", imported(READ))
    assert written == H5PContent("H5P.Blanks 1.13", READ)


def test_what_was_changed_goes_back_changed_and_nothing_else() -> None:
    changed = imported(READ)
    changed["parts"][1]["answers"].append("พล่าน")
    written = KIND.to_h5p("<p>ใหม่</p>", {**changed, "case_sensitive": True})
    assert written is not None
    assert written.params == {
        **READ,
        "text": "<p>ใหม่</p>",
        "questions": ["<p>น้ำ *เดือด/ต้ม/พล่าน:คำใบ้* ที่ *100* &amp; *1&#47;2*</p>", "<p>บรรทัด สอง *สอง*</p>"],
        "behaviour": {"caseSensitive": True, "enableRetry": True},
    }


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"questions": []},
        {"questions": ["<p>ไม่มีช่อง</p>"]},
        {"questions": ["<p>*:คำใบ้*</p>"]},
        {"questions": ['<p title="*ก*">ข</p>']},
        {"questions": 5},
        {"questions": [None]},
    ],
)
def test_content_without_gaps_to_type_into_is_refused(params: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        KIND.from_h5p(H5PContent("H5P.Blanks 1.14", params))


@pytest.mark.parametrize(
    ("params", "state", "points"),
    [
        ({"questions": ["<p>*a**b* *c*</p>"]}, ["a", "c"], (1, 2)),  # a gap right behind a gap is none
        ({"questions": ["<p>*a* *b*</p>"]}, ["a"], (0, 2)),  # a state of another length is ignored
        ({"questions": ["<p>*A*</p>"], "behaviour": {"caseSensitive": "true"}}, ["a"], (1, 1)),
        ({"questions": ["<p>*A*</p>"]}, ["a"], (0, 1)),
        ({"questions": ["<p>*5*</p>"]}, [5], (1, 1)),
        ({"questions": ["<p>*a*</p>"]}, ["a\n"], (1, 1)),
        ({"questions": ["<p>*a*</p>"]}, ["\u00a0a\u3000"], (1, 1)),
        ({"questions": ["<p>*&nbsp;a*</p>"]}, ["a"], (0, 1)),
        ({"questions": ["", None, "<p>*a*</p>"]}, ["a"], (1, 1)),
        ({"questions": ["<p>*house*</p>"], "behaviour": {"acceptSpellingErrors": 1}}, ["hous"], (0, 1)),
        ({"questions": ["<p>*house*</p>"], "userAnswers": ["house"]}, None, (1, 1)),
        ({"questions": []}, ["Norway"], (1, 1)),  # the script's own example
        ({}, None, (0, 1)),
    ],
)
def test_the_library_is_followed_where_it_is_odd(params: dict[str, Any], state: Any, points: tuple[int, int]) -> None:
    assert h5p_scores()["H5P.Blanks"](params, state) == points


TEXTS = st.text("กาำ่ ab12*/:\\<>&;\n.", min_size=1, max_size=12)


@given(parts=st.lists(TEXTS | st.lists(TEXTS, min_size=1, max_size=3), min_size=1, max_size=6), tip=TEXTS)
def test_any_text_with_gaps_goes_to_authors_and_to_h5p_and_comes_back(parts: list[Any], tip: str) -> None:
    raw = [{"answers": part, "tip": tip} if isinstance(part, list) else part for part in parts]
    try:
        clean = KIND.clean_body({"parts": raw})
    except ValidationError:
        return
    assert KIND.clean_body(clean) == clean
    written = KIND.written(clean)
    written["blanks_text"] = written["blanks_text"].replace("\n", "\r\n")
    assert KIND.clean_body(KIND.body_from(written, clean)) == clean
    content = KIND.to_h5p("<p>ถาม</p>", clean)
    assert content is not None
    assert KIND.clean_body(KIND.from_h5p(content).body) == clean
    full = [gap[0][0] for gap in gaps(clean)]
    assert h5p_scores()["H5P.Blanks"](content.params, full) == (len(full), len(full))
