from hypothesis import given
from hypothesis import strategies as st

from cms.thai.digits import to_arabic, to_thai


def test_arabic_digits_become_thai_and_the_rest_stays() -> None:
    assert to_thai("ข้อ 12/2569 A-3") == "ข้อ ๑๒/๒๕๖๙ A-๓"


def test_thai_digits_become_arabic_and_the_rest_stays() -> None:
    assert to_arabic("ข้อ ๐๑๒๓๔๕๖๗๘๙") == "ข้อ 0123456789"


def test_a_number_is_written_with_thai_digits() -> None:
    assert to_thai(2569) == "๒๕๖๙"


@given(st.text(alphabet="0123456789กข .-"))
def test_digits_come_back_from_thai_as_they_were(text: str) -> None:
    assert to_arabic(to_thai(text)) == text
