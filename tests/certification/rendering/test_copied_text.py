"""What a person copies out of the PDF is what was printed."""

import re
from datetime import date
from pathlib import Path

import pytest

from certification.rendering import engine
from cms import thai
from tests.certification.rendering.sheets import LONG, READERS, facts

# Two marks on one letter, ำ with and without a tone, tall letters, letters that lose their foot.
NAMES = (
    "นางมาลี ใจดี",
    "นายสมชาย น้ำเพชร",
    "นางสาววิภา เปี่ยมล้น",
    "นายกฤต ปั้นน้ำเป็นตัว",
    "นายฟื้น ฝั่งธนบุรี",
    "นางกตัญญู ฐิติรัฐ",
    "นายก้ำ ปำฝ้ำฟำ",
    "ว่าที่ร้อยตรีหญิง พรเพ็ญ กัณฑ์กฤษฎิ์",
    "ดร.ณัฏฐ์ ฤๅชา",
    "นายเพื่อน ชั้นเชี่ยวชาญ",
    "นายปู่ ป๋วยปี่ปี๊บ",
    "พระครูกุศลธรรมสุนทร",
    "Mr. José Šimůnek",
    LONG["name"],
)
TITLES = (
    "การจัดทำบัญชีเบื้องต้นสำหรับผู้ทำหน้าที่เหรัญญิก",
    "น้ำหนึ่งใจเดียว: การรวมกลุ่มซื้อปุ๋ย",
    "Excel 2019 สำหรับเจ้าหน้าที่ (ขั้นสูง)",
    "ผู้ตรวจสอบกิจการและธรรมาภิบาล",
)


def lines(reader: str, data: bytes) -> list[str]:
    return [line.strip() for line in READERS[reader](data)]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", NAMES)
def test_the_name_is_copied_as_it_was_printed(name: str, reader: str) -> None:
    assert lines(reader, engine.render_pdf(facts(name=name)))[3] == name


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("title", TITLES)
def test_the_course_is_copied_as_it_was_printed(title: str, reader: str) -> None:
    assert lines(reader, engine.render_pdf(facts(course_title=title)))[6] == f"“{title}”"


@pytest.mark.parametrize("reader", READERS)
def test_a_title_of_two_lines_loses_nothing_between_them(reader: str) -> None:
    copied = lines(reader, engine.render_pdf(facts(**LONG)))
    assert "".join(copied[6:8]) == f"“{LONG['course_title']}”"


@pytest.mark.parametrize("reader", READERS)
def test_the_whole_sheet_is_copied_line_by_line(reader: str) -> None:
    copied = lines(reader, engine.render_pdf(facts()))
    assert copied[:10] == [
        "กรมส่งเสริมสหกรณ์ กระทรวงเกษตรและสหกรณ์",
        "วุฒิบัตร",
        "วุฒิบัตรฉบับนี้ให้ไว้เพื่อแสดงว่า",
        "นางมาลี ใจดี",
        "กรรมการ สหกรณ์การเกษตรบ้านนาน้ำใส จำกัด",
        "ได้ผ่านการอบรมหลักสูตร",
        "“การบัญชีเบื้องต้นสำหรับคณะกรรมการสหกรณ์”",
        "จำนวน ๑๒ ชั่วโมง เมื่อวันที่ ๑๔ ธันวาคม พ.ศ. ๒๕๖๙",
        "ให้ไว้ ณ วันที่ ๕ มกราคม พ.ศ. ๒๕๗๐",
        "(นายสมชาย ตั้งใจ)",
    ]
    assert copied[-4:] == [
        "วบ.-๐๐๐๑๒๓/๒๕๗๐",
        "ตรวจสอบวุฒิบัตร",
        "7K3M-9QTX-4B2F",
        "academy.example/v/7K3M9QTX4B2F",
    ]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 11, 23), "ให้ไว้ ณ วันที่ ๒๓ พฤศจิกายน พ.ศ. ๒๕๖๙"),
        (date(2024, 2, 29), "ให้ไว้ ณ วันที่ ๒๙ กุมภาพันธ์ พ.ศ. ๒๕๖๗"),
    ],
)
def test_the_day_of_issue_is_copied_in_thai_digits(day: date, printed: str, reader: str) -> None:
    assert lines(reader, engine.render_pdf(facts(issued_on=day)))[8] == printed


DICTIONARY = Path(thai.__file__).parent / "data" / "thai_words_atomic.txt"
ALL_WORDS = DICTIONARY.read_text(encoding="utf-8").split("\n")
# Every hundredth word, and of those with a tone and ำ on one letter (น้ำ, ก่ำ), which are lost most, every fourth.
WORDS = [*ALL_WORDS[::100], *[word for word in ALL_WORDS if re.search("[่-๋]ำ", word)][::4]]
STYLE = "body { height: auto; overflow: visible; text-align: left; font-weight: %s } @page { margin: 15mm }"


def right_lines(reader: str, weight: str) -> float:
    """The share of words of the dictionary that come back as lines of their own."""
    paragraphs = "".join(f"<p>{word}</p>" for word in WORDS)
    page = f"<html lang='th'><title>คำ</title><style>{STYLE % weight}</style>{paragraphs}</html>"
    copied = set(lines(reader, engine.write_pdf(page)))
    return sum(word in copied for word in WORDS) / len(WORDS)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_words_of_the_dictionary_are_copied_exactly(weight: str, reader: str) -> None:
    assert len(WORDS) >= 200
    assert right_lines(reader, weight) >= 0.99


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_without_the_rewritten_text_map_words_are_lost(
    weight: str, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "write_meanings", lambda document, pdf: None)
    assert right_lines(reader, weight) < 0.99
