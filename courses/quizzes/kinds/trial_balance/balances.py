"""Balances of accounts from openings and entries. Pure."""

from decimal import Decimal

from courses.quizzes.kinds.bookkeeping import CREDIT, DEBIT, Line
from courses.quizzes.kinds.kind import Body

Sums = dict[str, Decimal]


def lines_of(body: Body) -> list[Line]:
    return [line for entry in body["entries"] for line in entry["lines"]]


def moved(body: Body, side: str) -> Sums:
    """What was booked on one side of each account, openings left out."""
    sums = dict.fromkeys((account["code"] for account in body["accounts"]), Decimal(0))
    for line in lines_of(body):
        if line["side"] == side:
            sums[line["account"]] += Decimal(line["amount"])
    return sums


def openings(body: Body) -> Sums:
    """What each account began with, on the side on which it grows; an opening on the other side is below zero."""
    normal = {account["code"]: account["normal"] for account in body["accounts"]}
    sums = dict.fromkeys(normal, Decimal(0))
    for line in body["openings"]:
        sign = 1 if line["side"] == normal[line["account"]] else -1
        sums[line["account"]] += sign * Decimal(line["amount"])
    return sums


def closings(body: Body) -> Sums:
    """What each account ends with, on the side on which it grows."""
    began, debits, credits = openings(body), moved(body, DEBIT), moved(body, CREDIT)
    return {
        code: closing(account["normal"], began[code], debits[code], credits[code])
        for account in body["accounts"]
        for code in [account["code"]]
    }


def closing(normal: str, began: Decimal, debit: Decimal, credit: Decimal) -> Decimal:
    return began + debit - credit if normal == DEBIT else began + credit - debit


def column(body: Body, side: str) -> Decimal:
    """The total of one column of the trial balance."""
    ends = closings(body)
    return sum((ends[one["code"]] for one in body["accounts"] if one["normal"] == side), Decimal(0))
