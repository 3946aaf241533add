import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.thai import words
from cms.thai.words import normalise, segment

thai_text = st.text(alphabet="กรนอยฤเแโใไะาำิีุู็่้๊๋์ํๆฯ ๑1a\u200b\u00a0\n", max_size=40)


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("น\u0e4d\u0e32", "นำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("เเม่", "แม่"),
        ("ก\u0e49\u0e34น", "กิ้น"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("ที\u0e48\u0e48", "ที่"),
        ("ก\u0e33\u0e33\u0e48", "ก\u0e48\u0e33\u0e33"),
        ("สห\u200bกรณ์", "สหกรณ์"),
        ("\ufeffสห\u00adกร\u200dณ์", "สหกรณ์"),
        ("ข้อ\u00a0 \t 1", "ข้อ 1"),
        (" หนึ่ง \r\n  สอง ", "หนึ่ง\nสอง"),
        ("cafe\u0301", "café"),
        ("👩\u200d🌾", "👩\u200d🌾"),
    ],
)
def test_every_way_to_type_a_word_gives_its_one_spelling(typed: str, spelled: str) -> None:
    assert normalise(typed) == spelled


def test_unicode_alone_would_leave_two_spellings() -> None:
    assert unicodedata.normalize("NFC", "น\u0e49\u0e4d\u0e32") != "น้ำ"


@given(thai_text)
def test_a_settled_spelling_is_not_changed_again(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize("name", words.WORDS_SHA256)
def test_the_word_list_is_the_one_that_the_version_names(name: str) -> None:
    text = (words.WORDS_FOLDER / name).read_text(encoding="utf-8")
    assert hashlib.sha256(text.encode()).hexdigest() == words.WORDS_SHA256[name], (
        "A word list changed: raise WORDS_VERSION, write the new hash, and run update_index."
    )


def test_the_two_lists_have_no_word_twice() -> None:
    lists = [(words.WORDS_FOLDER / name).read_text(encoding="utf-8").split("\n") for name in words.WORDS_SHA256]
    both = [word for one in lists for word in one if word]
    assert len(both) == len(set(both))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("ผู้ตรวจสอบกิจการ", "ผู้|ตรวจ|สอบ|กิจ|การ"),
        ("คณะกรรมการดำเนินการ", "คณะ|กรรม|การ|ดำเนิน|การ"),
        ("ที่ประชุมมีมติเห็นชอบ", "ที่|ประชุม|มี|มติ|เห็น|ชอบ"),
        ("ตามพระราชบัญญัติ", "ตาม|พระ|ราช|บัญญัติ"),
        ("เงินฝากรายคนตามธุรกิจ", "เงิน|ฝาก|ราย|คน|ตาม|ธุร|กิจ"),
        ("มาตรา ๕๐ วรรคสอง", "มาตรา|๕๐|วรรค|สอง"),
        ("สมมติว่า", "สมมติ|ว่า"),
        ("ข้าวและข่าว", "ข้าว|และ|ข่าว"),
        ("ใช้ Excel2019 ทำงบฯ", "ใช้|Excel2019|ทำ|งบ"),
        ("อื่น ๆ (พ.ศ. 2569)", "อื่น|พ|ศ|2569"),
        ("", ""),
        ("… ๆ ฯ -", ""),
    ],
)
def test_a_text_is_cut_into_its_words(text: str, cut: str) -> None:
    assert "|".join(segment(text)) == cut


@pytest.mark.parametrize("word", ["มาตรา", "ราคา", "จังหวัด", "สำรอง", "แสดง", "เสนอ", "สาขา", "น้ำเงิน", "ดอกเบี้ย"])
def test_a_word_whose_pieces_mean_something_else_stays_whole(word: str) -> None:
    assert segment(f"ใน{word}ของ") == ["ใน", word, "ของ"]


def test_a_name_that_no_list_knows_is_cut_alike_in_every_sentence() -> None:
    alone = segment("ฏึกฌบ")
    text = segment("นายฏึกฌบกู้เงิน")
    start = text.index(alone[0])
    assert text[start : start + len(alone)] == alone


@given(thai_text)
def test_the_words_are_the_text_without_its_blanks_and_signs(text: str) -> None:
    letters = "".join(letter for letter in normalise(text) if letter not in " \nๆฯ")
    assert "".join(segment(text)) == letters


@given(st.lists(st.sampled_from(["ก", "กี่", "เข้", "แน", "น้ำ", "ปู", "ยา", "รั", "ไฏ", "สิ่", "ดะ", "ณ์"])).map("".join))
def test_no_cut_parts_a_letter_from_its_signs(text: str) -> None:
    for word in segment(text):
        assert word[0] not in words.MARKS + "ะาำ"
        assert word[-1] not in "เแไ"
