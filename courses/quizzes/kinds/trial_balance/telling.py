"""What is said of balances after they were graded: beside the right figure, with a trace to follow."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.kinds.bookkeeping import CREDIT, DEBIT, baht, names
from courses.quizzes.kinds.kind import Body
from courses.quizzes.kinds.trial_balance.balances import lines_of, moved, openings
from courses.quizzes.kinds.trial_balance.grading import Figure, figures, points


def told(body: Body, answer: Any) -> dict[str, Any]:
    found = figures(body, answer)
    trace = {Decimal(line["amount"]) for line in lines_of(body)}
    rows = [_row(one, body, trace) for one in found]
    parts = {"ledger": _("General ledger"), "trial_balance": _("Trial balance")}
    return {
        "parts": [
            {"title": parts[part], "rows": [row for row, one in zip(rows, found, strict=True) if one.key[0] == part]}
            for part in body["asks"]
        ],
        "points": points(found),
    }


def _row(one: Figure, body: Body, trace: set[Decimal]) -> dict[str, Any]:
    return {
        "name": name_of(one.key, body),
        "given": _given(one),
        "wanted": _wanted(one, body),
        "is_right": one.is_right,
        "follows": one.follows and not one.is_right,
        "reason": _reason(one, body, trace),
    }


def name_of(key: tuple[str, str, str], body: Body) -> str:
    part, code, column = key
    if not code:
        return _("Total of debits") if column == DEBIT else _("Total of credits")
    account = names(body)[code]
    if part == "trial_balance":
        return account
    said = {DEBIT: _("debits of the month"), CREDIT: _("credits of the month"), "closing": _("balance")}
    return f"{account}: {said[column]}"


def _given(one: Figure) -> str:
    if one.given is None:
        return one.typed.strip() or "–"
    return baht(one.given)


def _wanted(one: Figure, body: Body) -> str:
    amount = baht(one.wanted)
    if one.key[0] == "trial_balance" and one.key[1]:
        return (_("Debit %(amount)s") if one.key[2] == DEBIT else _("Credit %(amount)s")) % {"amount": amount}
    return amount


def _reason(one: Figure, body: Body, trace: set[Decimal]) -> str:
    """Why, as far as a difference can tell."""
    if one.is_right:
        return ""
    if one.follows:
        return _("It follows rightly from the figures you found before, so it counts.")
    if one.given is None:
        if one.typed.strip():
            return _("“%(amount)s” cannot be read as an amount.") % {"amount": one.typed.strip()}
        return _("Nothing is written here.")
    if one.is_on_other_side and one.given == one.wanted:
        return _("The amount is right, but in the wrong column.")
    if one.given == one.wanted:
        return _("The amount is right, but something stands in the other column too.")
    return _clue(one, body, trace)


def _clue(one: Figure, body: Body, trace: set[Decimal]) -> str:
    assert one.given is not None
    off = abs(one.given - one.wanted)
    gaps = {"off": baht(off), "half": baht(off / 2)}
    code = one.key[1]
    if code and one.key[2] == "closing" and off == abs(openings(body)[code]) != 0:
        return _("Off by %(off)s: that is the opening balance. Was it left out?") % gaps
    if code and off in {Decimal(line["amount"]) for line in lines_of(body) if line["account"] == code}:
        return _("Off by %(off)s: an entry of this amount may be missing, or counted twice.") % gaps
    if code and off / 2 in trace and _moves(code, body):
        return _("Off by %(off)s, twice %(half)s: an entry of that amount may stand on the wrong side.") % gaps
    if off % 9 == 0:
        return _("Off by %(off)s, which can be divided by 9: two digits may have changed places.") % gaps
    return _("Off by %(off)s.") % gaps


def _moves(code: str, body: Body) -> bool:
    return any(moved(body, side)[code] for side in (DEBIT, CREDIT))
