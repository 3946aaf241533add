"""The spreadsheet: one question a row, by the headings of the template."""

import io

import pytest
from django.utils import translation
from openpyxl import Workbook

from courses.quizzes.export.sheet import template
from courses.quizzes.reading.drafts import Reading, Unreadable
from courses.quizzes.reading.sheet import read_csv, read_workbook


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


HEAD = ["คำถาม", "ชนิด", "เฉลย", "หมวด", "หมวดย่อย", "ระดับ", "ป้าย", "ตัวเลือก 1", "ตัวเลือก ๒", "Choice 3"]


def read(*rows: list[object], head: list[str] = HEAD) -> Reading:
    workbook = Workbook()
    workbook.active.append(["คลังข้อสอบของเรา"])
    workbook.active.append(head)
    for row in rows:
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return read_workbook(file.getvalue())


def test_each_kind_is_told_by_its_word_or_by_its_key() -> None:
    reading = read(
        ["นับเมื่อใด", "เลือกตอบ", 2, "เงินสด", "นับ", "ง่าย", "ก, ข", "ปีละครั้ง", "ทุกวัน", "เดือนละครั้ง"],
        ["ข้อใดถูก", None, "ก, ค", "เงินสด", None, None, None, "หนึ่ง", "สอง", "สาม"],
        ["สหกรณ์เป็นนิติบุคคล", None, "ถูก"],
        ["ชื่อสมุด", "คำตอบสั้น", "สมุดรายวัน | สมุดรายวันทั่วไป"],
        ["เท่าใด", "ตัวเลข", "๑,๒๕๐.๕๐ ± 0.5 บาท"],
        ["จับคู่", "จับคู่", None, None, None, None, None, "เงินสด = สินทรัพย์", "เงินรับฝาก = หนี้สิน", "- = ทุน"],
        ["เรียง", "เรียงลำดับ", None, None, None, None, None, "หยุด", "นับ", "บันทึก"],
        ["อธิบาย", "อัตนัย", "ตัวอย่างคำตอบ"],
    )
    assert reading.faults == []
    assert [(draft.line, draft.kind) for draft in reading.drafts] == [
        (3, "single_choice"),
        (4, "multiple_choice"),
        (5, "true_false"),
        (6, "short_answer"),
        (7, "number"),
        (8, "matching"),
        (9, "ordering"),
        (10, "essay"),
    ]
    first = reading.drafts[0]
    assert (first.category, first.difficulty, first.tags) == (("เงินสด", "นับ"), "easy", ("ก", "ข"))
    assert [choice["correct"] for choice in first.body["choices"]] == [False, True, False]
    assert [choice["correct"] for choice in reading.drafts[1].body["choices"]] == [True, False, True]
    assert reading.drafts[3].body["answers"] == ["สมุดรายวัน", "สมุดรายวันทั่วไป"]
    number = reading.drafts[4].body
    assert (number["value"], number["tolerance"], number["unit"]) == ("1250.5", "0.5", "บาท")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["ก", "ปริศนา", "1"], "The kind “ปริศนา” is not known. The template lists them."),
        (
            ["ก", None, "4", None, None, None, None, "หนึ่ง", "สอง"],
            "The key says which choice is right by its number, such as 2, or 1, 3.",
        ),
        (
            ["ก", None, None, None, None, None, None, "หนึ่ง", "สอง"],
            "The key says which choice is right by its number, such as 2, or 1, 3.",
        ),
        (
            ["ก", "เลือกตอบ", "1,2", None, None, None, None, "หนึ่ง", "สอง"],
            "A single choice question has exactly one right choice.",
        ),
        (["ก", "ถูกผิด", "บางที"], "The key of a true or false question is “ถูก” or “ผิด”."),
        (["ก", "ตัวเลข", "หลายบาท"], "“หลายบาท” is not a number."),
        (["ก", "ตัวเลข", "=1+1"], "A cell of this row holds a formula. Write the value itself."),
        (["ก", None, "ถูก", None, None, "มาก"], "The level is “ง่าย”, “ปานกลาง” or “ยาก”."),
        (
            ["ก", "จับคู่", None, None, None, None, None, "ไม่มีคู่"],
            "A pair is written “left = right” in one cell of the choices.",
        ),
        ([None, None, "ถูก"], "This question has no words."),
    ],
)
def test_each_fault_has_its_row_and_sentence(row: list[object], sentence: str) -> None:
    assert [(fault.line, fault.sentence) for fault in read(row).faults] == [(3, sentence)]


def test_the_template_reads_as_nothing_yet() -> None:
    reading = read_workbook(template())
    assert (reading.drafts, reading.faults) == ([], [])


def test_lines_of_text_are_read_as_the_workbook_is() -> None:
    reading = read_csv('\ufeffคำถาม;เฉลย;ตัวเลือก 1;ตัวเลือก 2\r\n"นับ\nเมื่อใด";ข;ก่อน;หลัง\r\n;;;\r\n')
    assert [(draft.content, draft.line) for draft in reading.drafts] == [("นับ\nเมื่อใด", 3)]
    assert reading.faults == []


@pytest.mark.parametrize("content", [b"PK\x03\x04nonsense", b"", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_workbook(content)


def test_a_workbook_without_the_headings_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(["ก", "ข"], head=["หนึ่ง", "สอง"])
    assert refused.value.sentence.startswith("No sheet has the headings of the template")
