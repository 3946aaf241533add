"""An entry is marked line by line, in whatever order, and what is wrong in it is told in words."""

from itertools import permutations
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from courses.quizzes.kinds import kind_of
from courses.quizzes.kinds.journal_entry.grading import booked, matched
from tests.courses.quizzes.kinds.properties import sample

KIND = kind_of("journal_entry")
Row = tuple[str, str, str]


def body(**changes: Any) -> dict[str, Any]:
    return KIND.clean_body({**sample("journal_entry")[1], **changes})


def rows(*filled: Row) -> list[dict[str, str]]:
    return [dict(zip(("account", "debit", "credit"), row, strict=True)) for row in filled]


def score(*filled: Row) -> float:
    return KIND.grade(body(), rows(*filled)).score


def told(*filled: Row) -> dict[str, Any]:
    with override("en"):
        return KIND.review(body(), {}, rows(*filled))


def reasons(*filled: Row) -> list[str]:
    return [row["reason"] for row in told(*filled)["rows"]]


RIGHT: tuple[Row, ...] = (("101", "21200", ""), ("103", "", "20000"), ("401", "", "1200"))


@pytest.mark.parametrize("order", list(permutations(RIGHT)))
def test_the_order_of_the_lines_does_not_count(order: tuple[Row, ...]) -> None:
    assert score(*order) == 3


@pytest.mark.parametrize(
    ("filled", "points"),
    [
        ((("101", "21200", ""), ("103", "", "20000"), ("401", "", "1300")), 2.0),  # 2 1/2, less 1/2: no balance
        ((("101", "21200", ""), ("103", "", "21200")), 1.5),
        ((("101", "", "21200"), ("103", "20000", ""), ("401", "1200", "")), 0.75),
        ((("102", "21200", ""), ("103", "", "20000"), ("401", "", "1200")), 2.25),
        ((("101", "21200", ""),), 0.5),
        ((("101", "", ""),), 0),
        ((("", "21200", ""), ("103", "", "20000"), ("401", "", "1200")), 2.25),
    ],
)
def test_a_wrong_line_earns_a_part_by_what_is_right_in_it(filled: tuple[Row, ...], points: float) -> None:
    assert score(*filled) == points


def test_a_line_too_many_costs_half_a_point_and_never_more_than_there_is() -> None:
    assert score(*RIGHT, ("102", "5", ""), ("102", "", "5")) == 2
    assert score(*[("102", "7", "")], *[("102", "", "8")], ("103", "7", ""), ("101", "", "9")) == 0


def test_two_lines_of_one_account_on_one_side_count_as_one() -> None:
    assert score(("101", "21,000", ""), ("101", "200", ""), *RIGHT[1:]) == 3
    assert told(("101", "21,000", ""), ("101", "200", ""), *RIGHT[1:])["rows"][0]["numbers"] == "1, 2"


def test_lines_are_matched_so_that_the_points_are_as_many_as_can_be() -> None:
    lines = body()["lines"]
    entries = booked(rows(("103", "", "1200"), ("401", "", "20000"), ("101", "21200", "")))
    assert matched(lines, entries) == {0: 1, 1: 2, 2: 0}


@pytest.mark.parametrize("amount", ["21200", "21,200", "๒๑,๒๐๐.๐๐", "21,200 บาท", " 21200.00 "])
def test_an_amount_is_read_however_it_is_typed(amount: str) -> None:
    assert score(("101", amount, ""), *RIGHT[1:]) == 3


def test_what_is_wrong_in_a_line_is_said() -> None:
    assert reasons(("101", "", "21200"), ("103", "20000", ""), ("401", "", "12000"), ("102", "7", "")) == [
        "The account is right, but on the wrong side. “เงินสด” grows, so it is debited.",
        "The account is right, but on the wrong side. “ลูกหนี้เงินกู้” gets less, so it is credited.",
        "Account and side are right. The amount should be 1,200.00; you wrote 12,000.00, off by 10,800.00.",
        "This line is not part of the entry: “102 เงินฝากธนาคาร” does not change on this side.",
    ]
    assert reasons(("102", "21200", ""), ("103", "x", "9"), ("401", "", "บาท"), ("", "", "5")) == [
        "Side and amount are right, but the account should be “101 เงินสด” and not “102 เงินฝากธนาคาร”.",
        "Both columns are filled. A line is either a debit or a credit.",
        "“บาท” cannot be read as an amount.",
        "This line has an amount and no account.",
    ]


def test_without_the_side_on_which_it_grows_only_the_side_is_said() -> None:
    accounts = [{key: one[key] for key in ("code", "name")} for one in body()["accounts"]]
    with override("en"):
        review = KIND.review(body(accounts=accounts), {}, rows(("101", "", "21200")))
    assert review["rows"][0]["reason"] == ("The account is right, but on the wrong side. “เงินสด” is debited here.")


def test_missing_lines_and_the_balance_are_said() -> None:
    review = told(("101", "21200", ""), ("103", "", "20000"))
    assert review["missing"] == ["Missing: credit “401 ดอกเบี้ยรับ” 1,200.00."]
    assert review["balance"] == "Debits 21,200.00 and credits 20,000.00 are not equal: they differ by 1,200.00."
    assert told(*RIGHT)["balance"] == "Debits and credits are equal: 21,200.00."
    assert told()["rows"] == []


def test_there_are_always_more_rows_than_the_entry_needs() -> None:
    six = [{"code": str(number), "name": f"บัญชี {number}"} for number in range(1, 7)]
    lines = [{"side": "debit", "account": str(number), "amount": "1"} for number in range(1, 6)]
    longer = KIND.clean_body({"accounts": six, "lines": [*lines, {"side": "credit", "account": "6", "amount": "5"}]})
    assert (body()["rows"], longer["rows"]) == (6, 8)
    for few in (3, 5, 21, True):
        with override("en"), pytest.raises(ValidationError, match="Give between 6 and 20 empty lines"):
            body(rows=few)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("เดบิต | เงินสด | 5\nเครดิต | 401 | 4", "The entry does not balance: debit 5.00, credit 4.00."),
        ("เดบิต | เงินสด | 5", "An entry has between 2 and 10 lines."),
        ("เดบิต | ทอง | 5\nเครดิต | 401 | 5", "“ทอง” is not in the chart of accounts."),
        ("ซ้าย | เงินสด | 5\nเครดิต | 401 | 5", "A line says side, account and amount: เดบิต | เงินสด | 5,000."),
        ("เดบิต | เงินสด | ห้า\nเครดิต | 401 | 5", "“ห้า” is no amount in baht."),
        ("เดบิต | เงินสด | -5\nเครดิต | 401 | -5", "“-5” is no amount in baht."),
        ("เดบิต | 101 | 2\nเดบิต | เงินสด | 3\nเครดิต | 401 | 5", "An account stands twice on the same side."),
    ],
)
def test_an_entry_that_is_none_is_refused_with_what_to_do(lines: str, sentence: str) -> None:
    before = body()
    written = {**KIND.written(before), "journal_lines": lines}
    with override("en"), pytest.raises(ValidationError, match=sentence.replace("(", r"\(").replace("|", r"\|")):
        KIND.clean_body(KIND.body_from(written, before))


@pytest.mark.parametrize(
    "values",
    [["101", "5", ""], [*["999", "5", ""], *[""] * 15], [*["101", "5" * 41, ""], *[""] * 15]],
)
def test_what_the_page_could_not_have_sent_is_refused(values: list[str]) -> None:
    with pytest.raises(ValueError, match=r"not the rows|not an account|longer than"):
        KIND.clean_answer(body(), {}, values)


def test_the_page_shows_the_chart_and_empty_rows_and_nothing_of_the_entry() -> None:
    shown = KIND.shown(body(), {}, None)
    assert shown["accounts"] == [{"code": one["code"], "name": one["name"]} for one in body()["accounts"]]
    assert shown["rows"] == [{"number": number, "account": "", "debit": "", "credit": ""} for number in range(1, 7)]
