"""The days of a workshop in a few words."""

from datetime import date

import pytest

from learning.workshops.calendars.spans import days_in_words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, ""),
        (date(2027, 1, 12), date(2027, 1, 12), "12 มกราคม 2570"),
        (date(2027, 1, 12), date(2027, 1, 14), "12–14 มกราคม 2570"),
        (date(2027, 1, 30), date(2027, 2, 1), "30 มกราคม – 1 กุมภาพันธ์ 2570"),
        (date(2026, 12, 30), date(2027, 1, 4), "30 ธันวาคม 2569 – 4 มกราคม 2570"),
    ],
)
def test_month_and_year_are_said_once(first: date | None, last: date | None, words: str) -> None:
    assert days_in_words(first, last) == words
