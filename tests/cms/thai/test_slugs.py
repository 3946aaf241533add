import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.thai.slugs import thai_slug
from cms.thai.words import MARKS


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("การใช้ Excel 2019 ทำบัญชี", "excel-2019"),
        ("Good Governance", "good-governance"),
        ("การบัญชีเบื้องต้น รุ่น 2", "การบัญชีเบื้องต้น-รุ่น-2"),
        ("รุ่นที่ ๑๒", "รุ่นที่-12"),
        ("น\u0e49\u0e4d\u0e32  ดื่ม (ฟรี!)", "น้ำ-ดื่ม-ฟรี"),
        ("แบบ ก", "แบบ-ก"),
        ("บท A", "บท-a"),
        ("???", ""),
    ],
)
def test_latin_words_make_the_slug_and_thai_letters_do_where_there_are_none(title: str, slug: str) -> None:
    assert thai_slug(title) == slug


@given(st.text(alphabet="กขนเแไาะำิีุู็่้์ ", max_size=60), st.integers(1, 60))
def test_a_short_slug_is_the_beginning_of_the_whole_and_cuts_no_syllable_sign_off(text: str, length: int) -> None:
    whole, short = thai_slug(text, 1000), thai_slug(text, length)
    assert whole.startswith(short)
    assert len(short) <= length
    rest = whole[len(short) :].lstrip("-")
    if short and rest and not whole[len(short) :].startswith("-"):
        assert rest[0] not in MARKS + "ะาำ"
        assert short[-1] not in "เแไ"
