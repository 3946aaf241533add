"""The month that the bookkeeping course practises adds up: worked out here from its entries and nothing else."""

from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from courses import packs
from courses.packs.pack import Pack, PackQuestion
from courses.packs.reading import read_pack
from courses.quizzes.kinds import Mark, kind_of

pytestmark = pytest.mark.django_db

LIBRARY = Path(packs.__file__).parent / "library"
# The trial balance of 31 October as lesson 6 shows it: baht, on the side on which each account grows.
OCTOBER = {
    "101": 8450, "102": 180400, "103": 340000, "104": 11700, "105": 45500, "106": 30000,
    "201": 217500, "202": 10000, "301": 285000, "302": 62000, "303": 40000,
    "401": 3600, "402": 27300, "501": 24500, "502": 4000, "503": 850,
}  # fmt: skip
DEBITED = {"1", "5"}  # first digits of the accounts that grow by debits: what is owned, what is spent


@cache
def pack(slug: str = "cooperative-bookkeeping") -> Pack:
    return read_pack(LIBRARY / slug)


def of_kind(kind: str) -> list[PackQuestion]:
    return [question for question in pack().questions if question.kind == kind]


def entries() -> list[list[dict[str, str]]]:
    return [question.body["lines"] for question in of_kind("journal_entry")]


def grown(code: str, side: str, amount: str | int) -> Decimal:
    return Decimal(amount) if (side == "debit") == (code[0] in DEBITED) else -Decimal(amount)


def november() -> dict[str, Decimal]:
    """The balances of 30 November."""
    balances: dict[str, Decimal] = defaultdict(Decimal, {code: Decimal(amount) for code, amount in OCTOBER.items()})
    for lines in entries():
        for line in lines:
            balances[line["account"]] += grown(line["account"], line["side"], line["amount"])
    return dict(balances)


def test_sixteen_entries_are_recorded_and_each_of_them_balances() -> None:
    assert len(entries()) == 16
    for lines in entries():
        sides = {
            side: sum(Decimal(one["amount"]) for one in lines if one["side"] == side) for side in ("debit", "credit")
        }
        assert sides["debit"] == sides["credit"] > 0


def test_the_month_ends_with_equal_columns_and_with_sixty_sacks() -> None:
    ends = november()
    debits = sum(amount for code, amount in ends.items() if code[0] in DEBITED)
    credits = sum(amount for code, amount in ends.items() if code[0] not in DEBITED)
    assert debits == credits == 704380
    assert ends["105"] == 60 * 700
    assert (ends["101"], ends["102"], ends["103"], ends["201"]) == (7230, 189480, 360000, 231500)


def test_every_account_of_the_chart_is_that_of_the_lessons() -> None:
    lesson = next(lesson for lesson in pack().lessons if lesson.slug == "debit-credit")
    charts = [question.body["accounts"] for question in pack().questions if "accounts" in question.body]
    named = {(account["code"], account["name"]) for chart in charts for account in chart}
    assert [code for code, _name in sorted(named)] == sorted(OCTOBER)
    assert [f"{code} {name}" for code, name in sorted(named) if f"{code} {name}" not in lesson.text] == []
    assert {account["normal"] for chart in charts for account in chart if account["code"][0] in DEBITED} == {"debit"}


def ledger(question: PackQuestion) -> list[str]:
    """Its figures in the order of the page, from the openings of October and the entries of the whole month."""
    figures: list[str] = []
    for code in question.body["ledger"]:
        moved = [line for lines in entries() for line in lines if line["account"] == code]
        sums = {
            side: sum(Decimal(one["amount"]) for one in moved if one["side"] == side) for side in ("debit", "credit")
        }
        figures += [str(sums["debit"]), str(sums["credit"]), str(november()[code])]
    return figures


def trial_balance(question: PackQuestion) -> list[str]:
    figures: list[str] = []
    ends = november()
    for account in question.body["accounts"]:
        amount = str(ends[account["code"]])
        figures += [amount, ""] if account["code"][0] in DEBITED else ["", amount]
    total = str(sum(amount for code, amount in ends.items() if code[0] in DEBITED))
    return [*figures, total, total]


def test_balances_worked_out_from_the_whole_month_are_the_key_of_each_task() -> None:
    tasks = of_kind("trial_balance")
    assert [task.body["asks"] for task in tasks] == [["ledger"], ["ledger"], ["ledger"], ["trial_balance"]]
    for task in tasks:
        kind = kind_of(task.kind)
        answer = ledger(task) if "ledger" in task.body else trial_balance(task)
        assert kind.grade(task.body, answer) == Mark(kind.max_score(task.body), kind.max_score(task.body))


def test_the_last_task_shows_every_entry_of_the_month_and_the_openings_of_october() -> None:
    [whole] = [task for task in of_kind("trial_balance") if "ledger" not in task.body]
    assert [entry["lines"] for entry in whole.body["entries"]] == entries()
    openings = {line["account"]: Decimal(line["amount"]) for line in whole.body["openings"]}
    assert openings == OCTOBER
    assert all(grown(line["account"], line["side"], 1) == 1 for line in whole.body["openings"])


def test_the_books_of_the_cash_counts_are_the_cash_of_those_days() -> None:
    counts = of_kind("cash_count")
    until_16 = entries()[:10]
    cash = OCTOBER["101"] + sum(
        grown("101", line["side"], line["amount"]) for lines in until_16 for line in lines if line["account"] == "101"
    )
    books = [Decimal(count.body["book_balance"]) for count in counts]
    counted = [sum(Decimal(one["value"]) * one["count"] for one in count.body["denominations"]) for count in counts]
    assert books == [cash, november()["101"]] == [8150, 7230]
    assert counted == [8170, 7130]  # 20 baht over, 100 baht short


def amounts_in(text: str) -> set[str]:
    return {word.strip("()") for word in text.replace("บาท", " ").split()}


def test_every_amount_of_an_explanation_is_that_of_the_key() -> None:
    for task in of_kind("trial_balance"):
        ends = november()
        codes: list[Any] = task.body.get("ledger", [])
        said = amounts_in(task.explanation)
        assert [code for code in codes if f"{ends[code]:,.0f}" not in said] == []


def test_the_documents_of_the_lesson_are_the_entries_of_the_month() -> None:
    lesson = next(lesson for lesson in pack().lessons if lesson.slug == "november-by-hand")
    [table] = [value for kind, value in lesson.blocks if kind == "table"]
    amounts = [Decimal(row[-1].replace(",", "")) for row in table["data"][1:]]
    days = [row[0].split()[0] for row in table["data"][1:]]
    asked = of_kind("journal_entry")
    assert days == [question.content.split()[0] for question in asked]
    assert amounts == [max(Decimal(line["amount"]) for line in question.body["lines"]) for question in asked]


def test_the_right_way_to_mend_a_process_is_not_the_longest() -> None:
    checks = [question for question in pack("internal-control").questions if question.kind == "control_check"]
    assert len(checks) == 3
    longest = [max(check.body["fixes"], key=lambda fix: len(fix["text"])) for check in checks]
    assert [fix["text"] for fix in longest if fix["weakness"]] == []
