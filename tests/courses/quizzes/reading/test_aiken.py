"""Aiken: choices by letters, Latin or Thai, and a line with the right one."""

import pytest
from django.utils import translation

from courses.quizzes.kinds.choice import MAX_CHOICES
from courses.quizzes.reading.aiken import read_aiken


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def test_questions_follow_one_another_with_or_without_empty_lines() -> None:
    text = "ใครนับ\nเงินสด?\nA. ผู้ถือเงิน\nB) คนอื่น\nANSWER: B\nข้อสอง\na. ใช่\nb. ไม่\nanswer: a\n"
    drafts = read_aiken(text).drafts
    assert [(draft.line, draft.kind, draft.content) for draft in drafts] == [
        (1, "single_choice", "ใครนับ\nเงินสด?"),
        (6, "single_choice", "ข้อสอง"),
    ]
    assert [[choice["correct"] for choice in draft.body["choices"]] for draft in drafts] == [
        [False, True],
        [True, False],
    ]


def test_thai_letters_and_the_thai_word_for_the_key() -> None:
    draft = read_aiken("ข้อใดถูก\nก. หนึ่ง\nข. สอง\nค. สาม\nเฉลย: ค").drafts[0]
    assert [choice["correct"] for choice in draft.body["choices"]] == [False, False, True]


def test_two_letters_make_several_right_choices() -> None:
    draft = read_aiken("ข้อใดถูก\nA. หนึ่ง\nB. สอง\nC. สาม\nANSWER: A, C").drafts[0]
    assert draft.kind == "multiple_choice"
    assert [choice["correct"] for choice in draft.body["choices"]] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("\nก?\nA. 1\nB. 2\n", 2, "This question has no line “ANSWER: …”."),
        ("ก?\nA. 1\nB. 2\nข?\nA. 1\nB. 2\nANSWER: A", 1, "This question has no line “ANSWER: …”."),
        ("ก?\nA. 1\nB. 2\nANSWER: C", 1, "The right answer “C” is none of the choices."),
        ("ก?\nA. 1\nB. 2\nANSWER:", 1, "The right answer “” is none of the choices."),
        ("ก?\nA. 1\nA. 2\nANSWER: A", 1, "Two choices have the same letter."),
        ("ก?\nA. 1\nANSWER: A", 1, f"Give between 2 and {MAX_CHOICES} choices."),
        ("ก?\nA. 1\nB. 1\nANSWER: A", 1, "Two choices say the same. Change one of them."),
    ],
)
def test_each_fault_has_its_line_and_sentence(text: str, line: int, sentence: str) -> None:
    faults = read_aiken(text).faults
    assert [(fault.line, fault.sentence) for fault in faults] == [(line, sentence)]
