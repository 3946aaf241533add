"""What is typed in another way is still the same answer; what says something else is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.thai.digits import to_thai
from courses.quizzes.texts import allowed_errors, cleaned, distance, is_same, parse_amount

WATER = ["น้ำ", "น้\u0e4d\u0e32", "น\u0e4d้\u0e32", "น้ำ\u200b"]


@pytest.mark.parametrize("given_text", WATER)
@pytest.mark.parametrize("wanted", WATER)
def test_water_is_one_word_however_it_is_typed(given_text: str, wanted: str) -> None:
    assert is_same(given_text, wanted)


@pytest.mark.parametrize(
    ("given_text", "wanted", "same"),
    [
        ("๒๕๖๗", "2567", True),
        ("2567", "๒๕๖๗", True),
        ("  สหกรณ์  ออมทรัพย์ ", "สหกรณ์ ออมทรัพย์", True),
        ("สหกรณ์\nออมทรัพย์", "สหกรณ์ ออมทรัพย์", True),
        ("เเม่", "แม่", True),
        ("\ufeffเงินสด\u200d", "เงินสด", True),
        ("CASH", "cash", True),
        ("STRASSE", "straße", True),
        ("เงินสด", "เงินฝาก", False),
        ("", "เงินสด", False),
        ("เงิน สด", "เงินสด", False),
    ],
)
def test_spelling_of_the_machine_does_not_count_and_words_do(given_text: str, wanted: str, same: bool) -> None:
    assert is_same(given_text, wanted) is same


def test_capitals_count_only_where_the_author_says_so() -> None:
    assert not is_same("Cash", "cash", case_sensitive=True)
    assert is_same("Cash", "Cash", case_sensitive=True)


@pytest.mark.parametrize(
    ("given_text", "wanted", "same"),
    [
        ("Missisippi", "Mississippi", True),
        ("Missisipi", "Mississippi", True),
        ("Misisipi", "Mississippi", False),
        ("Misisip", "Mississippi", False),
        ("huose", "house", True),
        ("cta", "cat", False),
        ("สหกรณ", "สหกรณ์", True),
        ("2568", "2567", False),
        ("มาตรา 69", "มาตรา 66", False),
        ("มาตา 66", "มาตรา 66", True),
    ],
)
def test_a_slip_is_forgiven_by_the_length_of_the_word_and_never_in_a_number(
    given_text: str, wanted: str, same: bool
) -> None:
    assert is_same(given_text, wanted, accept_spelling_errors=True) is same
    assert not is_same(given_text, wanted)


@pytest.mark.parametrize(("wanted", "allowed"), [("abc", 0), ("abcd", 1), ("a" * 9, 1), ("a" * 10, 2), ("😀😀", 1)])
def test_length_is_counted_in_utf_16_units(wanted: str, allowed: int) -> None:
    assert allowed_errors(wanted) == allowed


@pytest.mark.parametrize(
    ("a", "b", "slips"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("ca", "abc", 3),
        ("ab", "ba", 1),
        ("huose", "house", 1),
        ("😀", "", 2),
        ("😀", "😁", 1),
    ],
)
def test_distance_counts_a_swap_as_one_slip_and_edits_nothing_twice(a: str, b: str, slips: int) -> None:
    assert distance(a, b) == slips


@given(a=st.text(max_size=12), b=st.text(max_size=12))
def test_distance_is_the_same_both_ways_and_nothing_only_for_the_same(a: str, b: str) -> None:
    assert distance(a, b) == distance(b, a)
    assert (distance(a, b) == 0) == (a == b)


@given(text=st.text(max_size=40))
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
    assert is_same(text, cleaned(text))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("๑,๒๓๔.๕๐ บาท", "1234.50"),
        ("1234.5", "1234.5"),
        ("1,234,567", "1234567"),
        (" ๐.๕ ", "0.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("5,000.-", "5000"),
        ("฿5,000", "5000"),
        ("5000 baht", "5000"),
        ("THB 5,000.00", "5000"),
        ("5,000 บาทถ้วน", "5000"),
        ("5,000 บาท 25 สตางค์", "5000.25"),
        ("-250", "-250"),
        ("\u2212250 บาท", "-250"),
        ("- ๒๕๐", "-250"),
        ("(1,250.00)", "-1250"),
        ("(1,250.00) บาท", "-1250"),
        ("+7", "7"),
        ("-0", "0"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "บาท", "-", "()", "1,23", "12,34", "1.234,50", "1e5", "NaN", "Infinity", "--5", "(-5)", "(5", "5)", "5 ไร่",
     "ห้าบาท", "1.5 บาท 25 สตางค์", "9" * 31, "5 5x", "."],
)  # fmt: skip
def test_what_says_no_amount_or_two_is_none(text: str) -> None:
    assert parse_amount(text) is None


@given(amount=st.decimals(-(10**12), 10**12, places=2))
def test_every_amount_is_read_back_in_both_digits_with_and_without_commas(amount: Decimal) -> None:
    for written in (f"{amount}", f"{amount:,}", to_thai(f"{amount:,}"), f"{amount:,} บาท"):
        assert parse_amount(written) == amount
    if amount < 0:
        assert parse_amount(f"({-amount:,})") == amount


@given(text=st.text(max_size=60))
def test_no_text_is_too_odd_to_be_asked_for_its_amount(text: str) -> None:
    amount = parse_amount(text)
    assert amount is None or amount.is_finite()
