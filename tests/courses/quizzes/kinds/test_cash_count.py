"""A count is marked note by note, then its total, then what it is beside the book."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from courses.quizzes.kinds import kind_of
from courses.quizzes.kinds.cash_count import called
from tests.courses.quizzes.kinds.properties import sample

KIND = kind_of("cash_count")


def body(**changes: Any) -> dict[str, Any]:
    return KIND.clean_body({**sample("cash_count")[1], **changes})


def score(*typed: str, **changes: Any) -> float:
    return KIND.grade(body(**changes), list(typed)).score


def reasons(*typed: str, **changes: Any) -> list[str]:
    with override("en"):
        return [row["reason"] for row in KIND.review(body(**changes), {}, list(typed))["rows"]]


def test_notes_are_put_in_order_from_the_largest() -> None:
    assert [(one["value"], one["count"]) for one in body()["denominations"]] == [("1000", 5), ("20", 11), ("0.50", 3)]


def test_notes_coins_and_satang_have_their_names() -> None:
    with override("en"):
        assert [called(value) for value in ("1000", "20", "10", "0.25")] == [
            "1,000 baht note",
            "20 baht note",
            "10 baht coin",
            "25 satang coin",
        ]


def test_each_amount_the_total_the_outcome_and_the_difference_are_worth_a_point() -> None:
    assert KIND.max_score(body()) == 6
    assert score("5000", "220", "1.50", "5221.50", "short", "100") == 6
    assert score("5000", "220", "1.50", "5221.50", "over", "100") == 5
    assert score("5000", "", "", "", "", "") == 1


def test_what_follows_from_a_wrong_amount_earns_its_point() -> None:
    assert score("5000", "200", "1.5", "5201.50", "short", "120") == 5
    assert score("5000", "320", "1.5", "5321.50", "even", "0") == 5
    assert score("5000", "320", "1.5", "5321.50", "even", "") == 5
    assert score("5000", "420", "1.5", "5421.50", "over", "100 บาท") == 5
    assert score("5000", "200", "1.5", "5300", "short", "21.50") == 4


def test_a_count_that_is_equal_to_the_book_is_off_by_nothing() -> None:
    assert score("5000", "220", "1.50", "5221.50", "even", "", book_balance="5221.50") == 6
    assert score("", "", "", "", "even", "", book_balance="5221.50") == 2


def test_a_minus_before_what_is_short_does_no_harm() -> None:
    assert score("5000", "220", "1.50", "5221.50", "short", "-100") == 6


def test_what_is_wrong_is_said_with_the_sum() -> None:
    assert reasons("5000", "200", "x", "5000", "over", "") == [
        "",
        "11 × 20 = 220.00 baht.",
        "“x” cannot be read as an amount.",
        "All notes and coins together are 5,221.50 baht.",
        "Counted 5,221.50 baht, in the book 5,321.50 baht: 100.00 baht are missing.",
        "Nothing is written here.",
    ]
    assert reasons(*[""] * 4, "short", "", book_balance="5000")[4] == (
        "Counted 5,221.50 baht, in the book 5,000.00 baht: 221.50 baht too many."
    )
    assert reasons(*[""] * 4, "short", "", book_balance="5221.50")[4] == (
        "Counted 5,221.50 baht, in the book 5,221.50 baht: equal."
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"denominations": []}, "Give between 2 and 12 kinds of notes and coins."),
        ({"denominations": [{"value": "20", "count": 1}] * 2}, "A note or coin stands there twice."),
        ({"denominations": [{"value": "20", "count": 0}, {"value": "5", "count": 1}]}, "Write each note or coin"),
        ({"denominations": [{"value": "x", "count": 1}, {"value": "5", "count": 1}]}, "Write each note or coin"),
        ({"book_balance": ""}, "“” is no amount in baht."),
    ],
)
def test_a_count_that_is_none_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with override("en"), pytest.raises(ValidationError, match=sentence):
        body(**changes)


def test_an_outcome_that_was_not_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="not one of the outcomes"):
        KIND.clean_answer(body(), {}, ["", "", "", "", "stolen", ""])
