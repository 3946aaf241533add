"""Moodle XML: every type that has a place here, pictures, categories; what has none is listed; nothing explodes."""

import base64
import io
from typing import Any

import pytest
from django.utils import translation
from PIL import Image

from courses.quizzes.reading.drafts import Draft, Unreadable
from courses.quizzes.reading.moodle_xml import read_moodle_xml


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def quiz(*questions: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>").encode()


def question(kind: str, inner: str, text: str = "โจทย์", format: str = "html") -> str:
    return (
        f'<question type="{kind}"><name><text>ชื่อ</text></name>'
        f'<questiontext format="{format}"><text><![CDATA[{text}]]></text></questiontext>{inner}</question>'
    )


def answer(text: str, fraction: str = "0", inner: str = "") -> str:
    return f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>{inner}</answer>'


def one(*parts: str, **more: Any) -> Draft:
    reading = read_moodle_xml(quiz(*parts))
    assert (len(reading.drafts), reading.faults) == (1, []), reading.faults
    return reading.drafts[0]


def test_single_and_multiple_choice_with_feedback() -> None:
    why = "<feedback format='html'><text>ใช่</text></feedback>"
    draft = one(question("multichoice", f"<single>true</single>{answer('ก', '100', why)}{answer('ข')}"))
    assert (draft.kind, draft.content, draft.format) == ("single_choice", "โจทย์", "plain")
    assert draft.body["choices"][0] == {"id": "c1", "text": "ก", "correct": True, "feedback": "ใช่"}
    several = f"<single>false</single>{answer('ก', '50')}{answer('ข', '50')}{answer('ค', '-100')}"
    draft = one(question("multichoice", several))
    assert (draft.kind, [choice["correct"] for choice in draft.body["choices"]]) == (
        "multiple_choice",
        [True, True, False],
    )


def test_rich_text_stays_rich_in_every_part_and_plain_text_becomes_plain() -> None:
    rich = one(question("multichoice", f"{answer('<p>ก</p>', '100')}{answer('ข')}", "<p>ใคร <b>นับ</b></p>"))
    assert (rich.format, rich.content, rich.body["choices"][0]["text"]) == ("html", "<p>ใคร <b>นับ</b></p>", "ก")
    plain = one(question("multichoice", f"{answer('<p>ก</p>', '100')}{answer('ข')}", "<p>ใคร</p><p>นับ &lt; 2</p>"))
    assert (plain.format, plain.content, plain.body["choices"][0]["text"]) == ("plain", "ใคร\nนับ < 2", "ก")


def test_true_false_short_answer_number_and_essay() -> None:
    assert one(question("truefalse", answer("true", "0") + answer("false", "100"))).body == {"correct": False}
    short = one(question("shortanswer", f"<usecase>1</usecase>{answer('ก', '100')}{answer('ข', '50')}"))
    assert (short.body["answers"], short.body["case_sensitive"]) == (["ก"], True)
    units = "<units><unit><multiplier>1</multiplier><unit_name>บาท</unit_name></unit></units>"
    number = one(question("numerical", answer("1,250.50", "100", "<tolerance>0.5</tolerance>") + units))
    assert (number.body["value"], number.body["tolerance"], number.body["unit"]) == ("1250.5", "0.5", "บาท")
    essay = one(question("essay", "<defaultgrade>5.0</defaultgrade><graderinfo><text>ตัวอย่าง</text></graderinfo>"))
    assert (essay.kind, essay.body["sample"]) == ("essay", "ตัวอย่าง")


def test_matching_and_ordering() -> None:
    halves = [("เงินสด", "สินทรัพย์"), ("เงินรับฝาก", "หนี้สิน"), ("", "ทุน")]
    parts = "".join(
        f"<subquestion format='html'><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
        for left, right in halves
    )
    draft = one(question("matching", parts))
    assert [(pair["left"], pair["right"]) for pair in draft.body["pairs"]] == halves[:2]
    assert [extra["text"] for extra in draft.body["extra"]] == ["ทุน"]
    draft = one(question("ordering", answer("หนึ่ง", "1") + answer("สอง", "2") + answer("สาม", "3")))
    assert [item["text"] for item in draft.body["items"]] == ["หนึ่ง", "สอง", "สาม"]


def test_embedded_answers_become_gaps() -> None:
    text = "เมืองหลวงคือ {1:SHORTANSWER:=กรุงเทพ~=กรุงเทพมหานคร~%50%บางกอก#เกือบ} ปี {2:NUMERICAL:=2475:1} ครับ"
    draft = one(question("cloze", "", text))
    assert draft.kind == "blanks"
    said = [part if isinstance(part, str) else part["answers"] for part in draft.body["parts"]]
    assert [part.strip() if isinstance(part, str) else part for part in said] == [
        "เมืองหลวงคือ",
        ["กรุงเทพ", "กรุงเทพมหานคร"],
        "ปี",
        ["2475"],
        "ครับ",
    ]
    assert draft.remarks == ("A gap for a number has no tolerance now.",)


def test_words_dragged_into_text() -> None:
    boxes = "".join(f"<dragbox><text>{word}</text><group>1</group></dragbox>" for word in ("เดบิต", "เครดิต", "ทุน"))
    draft = one(question("ddwtos", boxes, "รับเงิน [[1]] เงินสด [[2]] รายได้"))
    gaps = [part["word"] for part in draft.body["parts"] if not isinstance(part, str)]
    assert (draft.kind, gaps) == ("drag_text", ["เดบิต", "เครดิต"])
    assert [word["text"] for word in draft.body["distractors"]] == ["ทุน"]


def picture(size: int = 4) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (size, size), "green").save(file, "PNG")
    return file.getvalue()


def with_file(content: bytes, name: str = "cash.png") -> str:
    coded = base64.b64encode(content).decode()
    return (
        f'<question type="truefalse"><questiontext format="html"><text>โจทย์</text>'
        f'<file name="{name}" encoding="base64">{coded}</file></questiontext>{answer("true", "100")}</question>'
    )


def test_a_picture_inside_the_file_comes_along_and_anything_else_is_named() -> None:
    draft = one(with_file(picture()))
    assert draft.picture is not None
    assert (draft.picture.name, draft.picture.content, draft.remarks) == ("cash.png", picture(), ())
    for content in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture()[:30], b""):
        draft = one(with_file(content, "bad.svg"))
        assert (draft.picture, draft.remarks) == (None, ("The file “bad.svg” was left out.",))


def test_categories_tags_and_identifiers_come_along() -> None:
    category = '<question type="category"><category><text>$course$/top/การเงิน/เงินสด</text></category></question>'
    tags = "<idnumber>q-7</idnumber><tags><tag><text>นับ</text></tag></tags>"
    draft = one(category, question("truefalse", answer("true", "100") + tags))
    assert (draft.category, draft.uid, draft.tags) == (("การเงิน", "เงินสด"), "q-7", ("นับ",))


def test_what_has_no_place_here_is_listed_with_its_line() -> None:
    reading = read_moodle_xml(
        quiz(question("description", ""), question("calculated", ""), question("truefalse", ""), question("ddwtos", ""))
    )
    assert [(fault.line, fault.sentence) for fault in reading.skipped] == [
        (3, "A text without a question was left out.")
    ]
    assert [(fault.line, fault.sentence) for fault in reading.faults][:2] == [
        (4, "Moodle's questions of the kind “calculated” cannot be kept here."),
        (5, "It is not said whether this statement is true or false."),
    ]
    assert len(reading.faults) == 3


BOMB = b"""<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><quiz><question>&b;</question></quiz>"""
OUTSIDE = b"""<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question>&x;</question></quiz>"""
HARM = "This file declares entities or a document type. That is not read, since it can do harm."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB, HARM),
        (OUTSIDE, HARM),
        (b"<quiz><question>", "This is not well-formed XML."),
        (b"not xml", "This is not well-formed XML."),
        (b"<questions/>", "This XML file holds no questions: it should begin with <quiz>."),
        (b"<?xml version='1.0' encoding='nonsense'?><quiz/>", "This is not well-formed XML."),
        (
            b"<quiz>" + b"<a>" * 1000 + b"</a>" * 1000 + b"</quiz>",
            "This file is nested too deeply or holds far too many parts.",
        ),
    ],
)
def test_a_file_that_could_do_harm_or_is_no_moodle_xml_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_moodle_xml(content)
    assert refused.value.sentence == sentence
