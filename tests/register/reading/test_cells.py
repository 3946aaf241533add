"""What people write in a cell is understood, or one sentence says what to write instead."""

from datetime import date, datetime, time
from typing import Any

import pytest

from learning.register.reading import cells, moments
from learning.register.reading.cells import EMPTY, Clean, holds_national_id, written

TODAY = date(2026, 11, 23)
FORMULA = "This cell holds a formula. Write the value itself."
NO_PHONE = "This is not a phone number. Write it like 081-234-5678."
TWO_PHONES = "This cell holds more than one phone number. Keep one."


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (" นํ้า\u00a0\u200bใจ \n ดี ", "น้ำใจ ดี".replace("น้ำใจ", "น้ำ ใจ")),
        (1234.0, "1234"),
        (812345678, "812345678"),
        (1.5, "1.5"),
        (True, "TRUE"),
        (datetime(2567, 3, 15), "15/3/2567"),
        (date(2024, 3, 15), "15/3/2024"),
        (time(9, 30), "09:30"),
        ('="0812345678"', "0812345678"),
    ],
)
def test_a_cell_is_shown_as_it_was_written(raw: Any, text: str) -> None:
    assert written(raw) == text


@pytest.mark.parametrize("nothing", [None, "", " ", "-", "–", "ไม่มี", "N/A", "ไม่ระบุ"])
def test_a_cell_that_says_nothing_is_empty(nothing: str | None) -> None:
    assert cells.phone(nothing) == EMPTY


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("=A1&B1", FORMULA),
        ("#N/A", "This cell holds an Excel error. Write the value itself."),
        ("#REF!", "This cell holds an Excel error. Write the value itself."),
        ("8.12346E+11", "Excel has shortened this number. Write all its digits."),
    ],
)
def test_what_excel_put_in_place_of_a_value_is_no_value(raw: str, problem: str) -> None:
    assert {clean(raw) for clean in (cells.phone, cells.text, cells.registration_number)} == {Clean(problem=problem)}


def test_a_text_past_the_end_of_its_field_is_told_the_length() -> None:
    assert cells.organization_name("ก" * 200).value == "ก" * 200
    assert cells.organization_name("ก" * 201).problem == "This text is too long. Write at most 200 letters."
    assert cells.organization_name("a" + "ß" * 100).problem == "This text is too long. Write at most 200 letters."


# --- phone and e-mail ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "raw",
    ["081-234-5678", "0812345678", 812345678, 812345678.0, "'0812345678", "๐๘๑ ๒๓๔ ๕๖๗๘", "(081) 234-5678",
     "+66 81 234 5678", "66812345678", "0066812345678", "โทร. 081-2345678", "081.234.5678",
     "081–234–5678", "812345678.0"],
)  # fmt: skip
def test_a_mobile_number_is_known_in_every_dress(raw: Any) -> None:
    assert cells.phone(raw) == Clean("+66812345678")


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("0-5641-1234", "+6656411234"),
        (56411234, "+6656411234"),
        ("02-123-4567 ต่อ 12", "+6621234567"),
        ("+61 2 9374 4000", "+61293744000"),
    ],
)
def test_other_numbers_are_known_too(raw: Any, number: str) -> None:
    assert cells.phone(raw) == Clean(number)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("081-234-5678, 089-876-5432", TWO_PHONES),
        ("0812345678/0898765432", TWO_PHONES),
        ("081-234-5678 หรือ 089-876-5432", TWO_PHONES),
        ("0812345678 0898765432", TWO_PHONES),
        ("08123456780898765432", TWO_PHONES),
        ("081-234-567", NO_PHONE),
        ("1111", NO_PHONE),
        ("ไม่แน่ใจ", NO_PHONE),
        ("0000000000", NO_PHONE),
    ],
)
def test_what_is_no_single_phone_number_is_a_problem(raw: str, problem: str) -> None:
    assert cells.phone(raw) == Clean(problem=problem)


def test_e_mail_is_written_small_and_must_be_one_address() -> None:
    assert cells.email(" Malee@Example.com, ") == Clean("malee@example.com")
    assert cells.email("มาลี@example.com").problem is not None
    assert cells.email("a@example.com b@example.com").problem == (
        "This cell holds more than one e-mail address. Keep one."
    )
    assert cells.email("malee.example.com").problem == (
        "This is not an e-mail address. Write it like malee@example.com, or leave it empty."
    )


# --- gender, term, numbers -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("ชาย", "male"),
        ("ช.", "male"),
        ("M", "male"),
        ("หญิง ", "female"),
        ("ญ", "female"),
        ("Female", "female"),
        ("อื่น ๆ", "other"),
    ],
)
def test_gender_has_three_values(raw: str, value: str) -> None:
    assert cells.gender(raw) == Clean(value)
    assert cells.gender("ใช่").problem == "Write ชาย, หญิง or อื่น ๆ, or leave it empty."


@pytest.mark.parametrize(
    ("raw", "value"),
    [(1, 1), (2.0, 2), ("๑", 1), ("วาระที่ 1", 1), ("สมัยที่ ๒", 2), ("แรก", 1), ("วาระที่สอง", 2), ("1 วาระ", 1)],
)
def test_a_term_is_the_first_or_the_second(raw: Any, value: int) -> None:
    assert cells.term_number(raw) == Clean(value)


@pytest.mark.parametrize("raw", [3, "วาระที่ 3", "๔", "สาม"])
def test_a_third_term_is_against_the_act(raw: Any) -> None:
    assert cells.term_number(raw).problem == (
        "A board member serves at most two consecutive terms (Cooperatives Act B.E. 2542, section 50). Write 1 or 2."
    )


@pytest.mark.parametrize("raw", ["0", "ไม่แน่ใจ", "1/2567", -1])
def test_what_is_no_term_is_asked_for(raw: Any) -> None:
    assert cells.term_number(raw).problem == "Write the number of the term: 1 or 2."


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0012/2530", "0012/2530"),
        (1234.0, "1234"),
        ("๐๐๑๒ / ๒๕๓๐", "0012/2530"),
        ("ชม.1234/2540", "ชม.1234/2540"),
        ("'007", "007"),
    ],
)
def test_a_registration_number_keeps_its_zeros_and_letters(raw: Any, value: str) -> None:
    assert cells.registration_number(raw) == Clean(value)


def test_a_registration_number_that_excel_made_a_date_is_a_problem() -> None:
    assert cells.registration_number(datetime(1987, 1, 12)).problem == (
        "Excel has made a date of this number. Write it as text, for example 0012/2530."
    )
    assert cells.registration_number("รอ").problem is not None


def test_a_juristic_number_gets_its_lost_zero_back() -> None:
    assert cells.juristic_number(994000123456) == cells.juristic_number("0-9940-00123-45-6") == Clean("0994000123456")
    assert cells.juristic_number("12345").problem == (
        "This number has 13 digits and begins with 0. Write all of them, or leave it empty."
    )


def test_a_national_id_number_is_known_by_its_check_digit() -> None:
    assert holds_national_id("เลข 1-2345-67890-12-1")
    assert holds_national_id("๑๒๓๔๕๖๗๘๙๐๑๒๑")
    assert not holds_national_id("1-2345-67890-12-2")
    assert not holds_national_id("0994000123456")


# --- days ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "raw",
    [datetime(2024, 2, 29), "29/2/2567", "29 ก.พ. 2567", "๒๙ กุมภาพันธ์ พ.ศ. ๒๕๖๗", "2024-02-29 00:00:00", 45351, 45351.0,
     "45351", "29 Feb 2024", "29/2/2024"],
)  # fmt: skip
def test_a_day_is_known_in_both_eras_and_by_excels_count(raw: Any) -> None:
    assert moments.day(raw) == Clean(date(2024, 2, 29))


def test_a_buddhist_year_in_a_real_excel_date_is_one() -> None:
    assert moments.day(datetime(2567, 3, 15)) == Clean(date(2024, 3, 15))
    assert moments.day((datetime(2567, 3, 15) - datetime(1899, 12, 30)).days) == Clean(date(2024, 3, 15))


def test_a_day_that_was_never_there_is_a_problem() -> None:
    assert moments.day("31/4/2568").problem == "Check the day: this month of that year does not have it."
    assert moments.day("1/4/68").problem == "Write the year with four digits, for example 2569."
    never = (datetime(2568, 2, 29) - datetime(1899, 12, 30)).days  # 2568 is a leap year of our calendar, 2025 is not
    assert moments.day(never).problem == "Check the day: this month of that year does not have it."


@pytest.mark.parametrize(
    "raw",
    [
        "2510",
        2510.0,
        "พ.ศ. 2510",
        "1967",
        "ค.ศ. 1967",
        datetime(2510, 3, 15),
        datetime(1967, 1, 1),
        "15 มี.ค. 2510",
        "๒๕๑๐",
        "59 ปี",
        "อายุ 59",
    ],
)
def test_the_year_of_birth_is_read_from_years_days_and_ages(raw: Any) -> None:
    assert moments.birth_year(raw, today=TODAY) == Clean(1967)


@pytest.mark.parametrize("raw", ["2570", "2400", "1899", "2027", "เดือนมีนาคม", "45", "130 ปี"])
def test_an_impossible_year_of_birth_is_a_problem(raw: str) -> None:
    assert moments.birth_year(raw, today=TODAY).value is None
    assert moments.birth_year(raw, today=TODAY).problem is not None


def test_an_age_is_counted_back_from_today() -> None:
    assert moments.age(59, today=TODAY) == moments.age("59 ปี 3 เดือน", today=TODAY) == Clean(1967)
    assert moments.age("0", today=TODAY) == moments.age("สูง", today=TODAY) == moments.age(121, today=TODAY)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("31 มีนาคม", (3, 31)), ("31 มี.ค. 2569", (3, 31)), ("31/3", (3, 31)), ("31/03/2569", (3, 31)),
     (datetime(2569, 3, 31), (3, 31)),
     ("๓๐ มิถุนายน ของทุกปี", (6, 30)), ("วันที่ 31 ธันวาคม", (12, 31)), ("มีนาคม", (3, 31)), ("สิ้นเดือนกุมภาพันธ์", (2, 28)),
     ("29 ก.พ.", (2, 28)), (45382, (3, 31)), ("31 มีนา", (3, 31))],
)  # fmt: skip
def test_the_end_of_a_financial_year_is_a_month_and_a_day(raw: Any, value: tuple[int, int]) -> None:
    assert moments.year_end(raw) == Clean(value)


@pytest.mark.parametrize("raw", ["31/13", "31 เมษายน", "2569", "เร็ว ๆ นี้", "3"])
def test_no_end_of_a_year_is_asked_for(raw: str) -> None:
    assert moments.year_end(raw).problem == "Write the day and the month, for example 31 มีนาคม."
