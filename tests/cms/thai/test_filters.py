from datetime import date
from decimal import Decimal

import pytest

from cms.templatetags.thai import baht, be, thaidigits


def test_a_date_is_shown_in_the_wanted_style() -> None:
    assert be(date(2026, 11, 23)) == "23 พฤศจิกายน 2569"
    assert be(date(2026, 11, 23), "short") == "23 พ.ย. 2569"


def test_no_value_shows_nothing() -> None:
    assert (be(None), thaidigits(None), baht(None), baht("")) == ("", "", "", "")


def test_digits_are_shown_in_thai() -> None:
    assert thaidigits(120) == "๑๒๐"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (12500, "12,500.00"),
        (Decimal("0.005"), "0.01"),
        ("1234567.5", "1,234,567.50"),
        (-50, "-50.00"),
        (0, "0.00"),
    ],
)
def test_an_amount_has_thousands_marks_and_satang(amount: object, shown: str) -> None:
    assert baht(amount) == shown
