"""Balances and totals are marked one by one; one that follows rightly from a wrong one earns its point."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from courses.quizzes.kinds import kind_of
from courses.quizzes.kinds.trial_balance.balances import closings, column
from courses.quizzes.kinds.trial_balance.grading import fields_of
from tests.courses.quizzes.kinds.properties import sample

KIND = kind_of("trial_balance")


def body(**changes: Any) -> dict[str, Any]:
    return KIND.clean_body({**sample("trial_balance")[1], **changes})


def answered(**typed: str) -> list[str]:
    """The full answer with some figures changed: `ledger_101_debit`, `trial_balance_201_credit`, `total_debit`."""
    names = ["_".join(key if key[1] else ("total", key[2])) for key in fields_of(body())]
    full = dict(zip(names, sample("trial_balance")[2], strict=True))
    assert set(typed) <= set(full)
    return [*{**full, **typed}.values()]


def score(**typed: str) -> float:
    return KIND.grade(body(), answered(**typed)).score


def reason_of(place: int, **typed: str) -> str:
    with override("en"):
        parts = KIND.review(body(), {}, answered(**typed))["parts"]
    return str([row["reason"] for part in parts for row in part["rows"]][place])


def test_balances_and_totals_are_worked_out_from_openings_and_entries() -> None:
    assert {code: str(amount) for code, amount in closings(body()).items()} == {
        "101": "13650.00",
        "201": "4500.00",
        "301": "10000.00",
        "503": "850.00",
    }
    assert column(body(), "debit") == column(body(), "credit") == 14500


def test_every_balance_and_every_total_is_worth_a_point() -> None:
    assert KIND.max_score(body()) == 3 + 4 + 2
    assert KIND.max_score(body(asks=["ledger"])) == 3
    assert KIND.max_score(body(asks=["trial_balance"])) == 6
    assert (score(), score(trial_balance_503_debit=""), score(ledger_101_credit="")) == (9, 8, 8)


def test_a_balance_in_the_wrong_column_earns_nothing_and_the_totals_follow() -> None:
    typed = {"trial_balance_201_credit": "", "trial_balance_201_debit": "4500"}
    assert score(**typed, total_debit="19000", total_credit="10000") == 8
    assert score(trial_balance_201_debit="4500") == 8
    assert reason_of(4, **typed) == "The amount is right, but in the wrong column."
    assert reason_of(4, trial_balance_201_debit="4500") == (
        "The amount is right, but something stands in the other column too."
    )


def test_what_follows_rightly_from_a_wrong_figure_earns_its_point() -> None:
    typed = {"ledger_101_debit": "5400", "ledger_101_closing": "14550", "trial_balance_101_debit": "14550"}
    assert score(**typed, total_debit="15400") == 8
    assert reason_of(2, **typed) == "It follows rightly from the figures you found before, so it counts."
    assert score(**typed, total_debit="14000") == 7


def test_nothing_written_follows_from_nothing() -> None:
    empty = [""] * len(fields_of(body()))
    assert KIND.grade(body(), empty).score == 0
    assert KIND.grade(body(), [*empty[:-2], "0", "0"]).score == 0


def test_a_difference_gives_a_trace_to_follow() -> None:
    assert reason_of(0, ledger_101_debit="5400") == (
        "Off by 900.00, which can be divided by 9: two digits may have changed places."
    )
    assert reason_of(2, ledger_101_closing="3650") == (
        "Off by 10,000.00: that is the opening balance. Was it left out?"
    )
    assert reason_of(3, trial_balance_101_debit="14500") == (
        "Off by 850.00: an entry of this amount may be missing, or counted twice."
    )
    assert reason_of(3, trial_balance_101_debit="15350") == (
        "Off by 1,700.00, twice 850.00: an entry of that amount may stand on the wrong side."
    )
    assert reason_of(7, total_debit="14501") == "Off by 1.00."
    assert reason_of(7, total_debit="มาก") == "“มาก” cannot be read as an amount."


def test_an_account_that_ends_with_nothing_stays_empty_and_counts_for_nothing() -> None:
    entries = [
        *body()["entries"],
        {
            "text": "26 พ.ย. คืนเงินฝากทั้งหมด",
            "lines": [
                {"side": "debit", "account": "201", "amount": "4500"},
                {"side": "credit", "account": "101", "amount": "4500"},
            ],
        },
    ]
    closed = body(entries=entries, asks=["trial_balance"])
    assert KIND.max_score(closed) == 5
    assert KIND.grade(closed, ["9150", "", "", "", "", "10000", "850", "", "10000", "10000"]).score == 5


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"asks": []}, "Say what is asked"),
        ({"asks": ["cash_flow"]}, "Say what is asked"),
        ({"ledger": ["999"]}, "The ledger asks for an account that is not in the chart."),
        ({"entries": []}, "Give between 1 and 60 entries."),
        ({"openings": []}, "“เงินสด” ends below zero: -850.00."),
    ],
)
def test_books_that_are_none_are_refused(changes: dict[str, Any], sentence: str) -> None:
    if "openings" in changes:
        changes = {**changes, "entries": body()["entries"][1:]}
    with override("en"), pytest.raises(ValidationError, match=sentence):
        body(**changes)


def test_openings_and_entries_must_balance() -> None:
    with override("en"), pytest.raises(ValidationError, match="The openings do not balance"):
        body(openings=body()["openings"][:1])
    assert body(openings=body()["openings"][:1], asks=["ledger"])["openings"] == body()["openings"][:1]
    crooked = [{"text": "รับ", "lines": [{"side": "debit", "account": "101", "amount": "5"}] * 2}]
    with override("en"), pytest.raises(ValidationError, match="รับ: An account stands twice"):
        body(entries=crooked)


def test_an_account_must_say_on_which_side_it_grows() -> None:
    accounts = [{"code": one["code"], "name": one["name"]} for one in body()["accounts"]]
    with override("en"), pytest.raises(ValidationError, match="on which side it grows"):
        body(accounts=accounts)


def test_the_page_shows_openings_and_entries_and_no_balance() -> None:
    shown = KIND.shown(body(), {}, None)
    assert [entry["text"] for entry in shown["entries"]] == ["2 พ.ย. รับฝากเงินสด", "25 พ.ย. จ่ายค่าไฟฟ้า"]
    assert [amount for amount in ("13,650", "13650", "14,500", "14500") if amount in str(shown)] == []
