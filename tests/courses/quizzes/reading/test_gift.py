"""GIFT: every kind it knows, its escapes, its weights, its faults with their lines."""

import pytest
from django.utils import translation

from courses.quizzes.reading.drafts import Draft, Reading
from courses.quizzes.reading.gift import category_path, read_gift


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def one(text: str) -> Draft:
    reading = read_gift(text)
    assert (len(reading.drafts), reading.faults, reading.skipped) == (1, [], [])
    return reading.drafts[0]


def choices(draft: Draft) -> list[tuple[str, bool, str]]:
    return [(choice["text"], choice["correct"], choice["feedback"]) for choice in draft.body["choices"]]


def fault(text: str) -> tuple[int, str]:
    reading: Reading = read_gift(text)
    assert (len(reading.drafts), len(reading.faults)) == (0, 1)
    return reading.faults[0].line, reading.faults[0].sentence


def test_one_right_choice_with_feedback_title_and_general_feedback() -> None:
    draft = one("::ชื่อ:: ใครนับเงินสด? {\n=คนที่ไม่ได้ถือเงิน#ใช่\n~คนที่ถือเงิน#ไม่ควร\n####ใช้สองคนเสมอ\n}")
    assert (draft.kind, draft.content, draft.explanation) == ("single_choice", "ใครนับเงินสด?", "ใช้สองคนเสมอ")
    assert choices(draft) == [("คนที่ไม่ได้ถือเงิน", True, "ใช่"), ("คนที่ถือเงิน", False, "ไม่ควร")]


def test_several_right_choices_by_their_weights() -> None:
    draft = one("ข้อใดเป็นสินทรัพย์ {~%50%เงินสด ~%50%ลูกหนี้ ~%-100%เจ้าหนี้}")
    assert (draft.kind, draft.remarks) == ("multiple_choice", ())
    assert choices(draft) == [("เงินสด", True, ""), ("ลูกหนี้", True, ""), ("เจ้าหนี้", False, "")]


def test_what_weights_cannot_say_is_remarked() -> None:
    assert one("Q {=a ~%50%b ~c}").remarks == ("Choices that earned a part of the points earn none now.",)
    assert one("Q {~%75%a ~%25%b ~c}").remarks == (
        "Weights of the choices were left out: each right one counts the same.",
    )


def test_a_missing_word_leaves_a_gap_in_the_sentence() -> None:
    draft = one("สหกรณ์เป็น {~บริษัท =นิติบุคคล} ตามกฎหมาย")
    assert (draft.kind, draft.content) == ("single_choice", "สหกรณ์เป็น _____ ตามกฎหมาย")


@pytest.mark.parametrize(("key", "is_true"), [("T", True), ("TRUE", True), ("F", False), ("false", False)])
def test_true_or_false(key: str, is_true: bool) -> None:
    draft = one(f"ข้อความ {{{key}}}")
    assert (draft.kind, draft.body) == ("true_false", {"correct": is_true})


def test_what_is_said_to_true_and_false_is_the_explanation() -> None:
    assert one("ข้อความ {F#ตอบผิดเพราะก#ตอบถูกเพราะข}").explanation == "ตอบถูกเพราะข\nตอบผิดเพราะก"


def test_short_answers_and_an_essay() -> None:
    draft = one("สองบวกสอง {=สี่ =4 =%50%5}")
    assert (draft.kind, draft.body["answers"]) == ("short_answer", ["สี่", "4"])
    assert draft.remarks == ("Answers that earned a part of the points were left out.",)
    assert one("อธิบาย {}").kind == "essay"


@pytest.mark.parametrize(
    ("key", "value", "tolerance"),
    [
        ("3", "3", "0"),
        ("3:0.5", "3", "0.5"),
        ("1..5", "3", "2"),
        ("5..1", "3", "2"),
        ("=1822:0#ปีเกิด =%50%1822:2", "1822", "0"),
        ("-2.50", "-2.5", "0"),
    ],
)
def test_numbers_with_tolerance_and_range(key: str, value: str, tolerance: str) -> None:
    draft = one(f"เท่าใด {{#{key}}}")
    assert (draft.kind, draft.body["value"], draft.body["tolerance"]) == ("number", value, tolerance)


def test_pairs_and_a_left_over_right_half() -> None:
    draft = one("จับคู่ {=เงินสด -> สินทรัพย์ =เงินรับฝาก -> หนี้สิน =ทุนเรือนหุ้น -> ทุน = -> รายได้}")
    assert draft.kind == "matching"
    assert [(pair["left"], pair["right"]) for pair in draft.body["pairs"]] == [
        ("เงินสด", "สินทรัพย์"),
        ("เงินรับฝาก", "หนี้สิน"),
        ("ทุนเรือนหุ้น", "ทุน"),
    ]
    assert [extra["text"] for extra in draft.body["extra"]] == ["รายได้"]


def test_escaped_signs_stand_for_themselves() -> None:
    draft = one(r"ชุด \{1\} \= 2\: a\~b \# c\nบรรทัดใหม่ {=ก\=ข ~ค\~ง ~จ\\ฉ}")
    assert draft.content == "ชุด {1} = 2: a~b # c\nบรรทัดใหม่"
    assert [text for text, _right, _why in choices(draft)] == ["ก=ข", "ค~ง", r"จ\ฉ"]


def test_formatted_text_is_cleaned_and_plain_text_stays_plain() -> None:
    draft = one('[html]<p>ใคร <b onclick="x">นับ</b><script>x</script></p> {=ก ~ข}')
    assert (draft.format, draft.content) == ("html", "<p>ใคร <b>นับ</b></p>")
    plain = one("[html]<p>ใครนับ</p> {=ก ~ข}")
    assert (plain.format, plain.content) == ("plain", "ใครนับ")
    assert one("[plain]a < b {=ก ~ข}").content == "a < b"


def test_categories_identifiers_and_tags_go_with_the_questions_below() -> None:
    first = "$CATEGORY: $course$/top/การเงิน/เงินสด\n\n// [id:q7] [tag:นับ] [tag:เงิน]\nก {T}\n\nข {F}\n\n"
    text = f"{first}$CATEGORY: ใหม่\n\nค {{T}}"
    found = [(draft.category, draft.uid, draft.tags) for draft in read_gift(text).drafts]
    assert found == [
        (("การเงิน", "เงินสด"), "q7", ("นับ", "เงิน")),
        (("การเงิน", "เงินสด"), "", ()),
        (("ใหม่",), "", ()),
    ]


@pytest.mark.parametrize(
    ("path", "parts"),
    [("$course$/top/A/B", ("A", "B")), ("$module$/A", ("A",)), ("A//B/C", ("A/B", "C")), ("", ()), ("//", ("/",))],
)
def test_the_path_of_a_category(path: str, parts: tuple[str, ...]) -> None:
    assert category_path(path) == parts


def test_a_text_without_a_question_is_left_out_and_said() -> None:
    reading = read_gift("ก {T}\n\nเพียงข้อความ\n\nข {F}")
    assert [draft.line for draft in reading.drafts] == [1, 5]
    assert [(one.line, one.sentence) for one in reading.skipped] == [(3, "A text without a question was left out.")]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("\n\nก {=ข", 3, "A brace { is not closed. Write \\{ for the sign itself."),
        ("ก }", 1, "A brace } is closed that was never opened. Write \\} for the sign itself."),
        ("ก {T} ข {F}", 1, "A question has one pair of braces. Write \\{ and \\} for the signs themselves."),
        ("ก {ข}", 1, "An answer begins with = or ~. Write \\= and \\~ for the signs themselves."),
        ("ก {#สาม}", 1, "“สาม” is not a number."),
        ("ก {#1e999999}", 1, "“1e999999” is not a number."),
        ("ก {=ข}\n", 1, ""),
        ("{T}", 1, "This question has no words."),
        ("ก {~ข ~ค}", 1, "A multiple choice question has at least one right choice."),
    ],
)
def test_each_fault_has_its_line_and_sentence(text: str, line: int, sentence: str) -> None:
    if not sentence:
        assert one(text).kind == "short_answer"
        return
    assert fault(text) == (line, sentence)
