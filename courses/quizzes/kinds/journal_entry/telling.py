"""What is said of an entry after it was graded: line by line, and why."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.kinds.bookkeeping import CREDIT, DEBIT, Line, baht, names, total
from courses.quizzes.kinds.journal_entry.grading import (
    QUARTERS,
    Booked,
    balance_of,
    booked,
    matched,
    points_of,
    quarters,
)
from courses.quizzes.kinds.kind import Body


def told(body: Body, answer: Any) -> dict[str, Any]:
    """The booked lines with their reasons, lines that are missing, the balance, and the right entry."""
    entries = booked(answer)
    lines, called = body["lines"], names(body)
    pairs = matched(lines, entries)
    missing = [line for index, line in enumerate(lines) if index not in pairs.values()]
    balance = balance_of(entries)
    return {
        "rows": [_row(one, lines[pairs[place]] if place in pairs else None, body) for place, one in enumerate(entries)],
        "missing": [_missing(line, called) for line in missing] if entries else [],
        "balance": _balance_sentence(balance.debit, balance.credit) if entries else "",
        "is_even": balance.is_even,
        "lines": [_shown(called[line["account"]], line["side"], baht(line["amount"])) for line in lines],
        "total": baht(total(lines, DEBIT)),
        "points": points_of(lines, entries),
        "possible": len(lines),
    }


def _shown(account: str, side: str, amount: str) -> dict[str, str]:
    return {
        "account": account,
        "debit": amount if side == DEBIT else "",
        "credit": amount if side == CREDIT else "",
    }


def _row(one: Booked, line: Line | None, body: Body) -> dict[str, Any]:
    earned = quarters(line, one) if line else 0
    amount = baht(one.amount) if one.amount is not None else one.typed
    return {
        **_shown(names(body).get(one.account, ""), one.side, amount),
        "numbers": ", ".join(str(number) for number in one.rows),
        "is_right": earned == QUARTERS,
        "is_partly_right": 0 < earned < QUARTERS,
        "reason": _reason(one, line, body),
    }


def _reason(one: Booked, line: Line | None, body: Body) -> str:
    """Why a line is right or wrong, as far as it can be known."""
    called = names(body)
    if one.has_both:
        return _("Both columns are filled. A line is either a debit or a credit.")
    if not one.account:
        return _("This line has an amount and no account.")
    if not one.side:
        return _("This line has an account and no amount.")
    if one.amount is None:
        return _("“%(amount)s” cannot be read as an amount.") % {"amount": one.typed}
    if line is None:
        return _("This line is not part of the entry: “%(account)s” does not change on this side.") % {
            "account": called[one.account]
        }
    same_account, same_side = one.account == line["account"], one.side == line["side"]
    same_amount = one.amount == Decimal(line["amount"])
    if same_account and same_side and same_amount:
        return _("Account, side and amount are right.")
    if same_account and same_side:
        return _(
            "Account and side are right. The amount should be %(right)s; you wrote %(amount)s, off by %(off)s."
        ) % {
            "right": baht(line["amount"]),
            "amount": baht(one.amount),
            "off": baht(abs(one.amount - Decimal(line["amount"]))),
        }
    if same_account:
        wrong_side = _("The account is right, but on the wrong side.") + " " + _why(line, body)
        return wrong_side if same_amount else wrong_side + " " + _amount_too(line)
    return _("Side and amount are right, but the account should be “%(right)s” and not “%(account)s”.") % {
        "right": called[line["account"]],
        "account": called[one.account],
    }


def _amount_too(line: Line) -> str:
    return _("The amount should be %(right)s.") % {"right": baht(line["amount"])}


def _why(line: Line, body: Body) -> str:
    """Which side it is and, where the chart says how the account grows, why."""
    account = next(one for one in body["accounts"] if one["code"] == line["account"])
    gap = {"account": account["name"]}
    is_debit = line["side"] == DEBIT
    if "normal" not in account:
        return (_("“%(account)s” is debited here.") if is_debit else _("“%(account)s” is credited here.")) % gap
    if account["normal"] == line["side"]:
        return (
            _("“%(account)s” grows, so it is debited.") if is_debit else _("“%(account)s” grows, so it is credited.")
        ) % gap
    return (
        _("“%(account)s” gets less, so it is debited.")
        if is_debit
        else _("“%(account)s” gets less, so it is credited.")
    ) % gap


def _missing(line: Line, called: dict[str, str]) -> str:
    gaps = {"account": called[line["account"]], "amount": baht(line["amount"])}
    if line["side"] == DEBIT:
        return _("Missing: debit “%(account)s” %(amount)s.") % gaps
    return _("Missing: credit “%(account)s” %(amount)s.") % gaps


def _balance_sentence(debit: Decimal, credit: Decimal) -> str:
    if debit == credit:
        return _("Debits and credits are equal: %(amount)s.") % {"amount": baht(debit)}
    return _("Debits %(debit)s and credits %(credit)s are not equal: they differ by %(off)s.") % {
        "debit": baht(debit),
        "credit": baht(credit),
        "off": baht(abs(debit - credit)),
    }
