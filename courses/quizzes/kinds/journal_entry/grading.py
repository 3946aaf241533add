"""Points for an entry, whatever the order of its lines. Pure.

A line is worth one point when account, side and amount are right, half a point when only the amount is wrong, a
quarter when only the side or only the account is. Lines too many, and an entry that does not balance, cost half a
point, never below zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from courses.quizzes.kinds.bookkeeping import CREDIT, DEBIT, Line, amount_of

QUARTERS = 4  # points are counted in quarters, so that no fraction is lost
SUPERFLUOUS = UNBALANCED = 2  # quarters


@dataclass(frozen=True)
class Booked:
    """One account on one side as a learner booked it; `rows` are the lines of the page, from 1."""

    rows: tuple[int, ...]
    account: str
    side: str = ""
    amount: Decimal | None = None
    typed: str = ""
    has_both: bool = False


@dataclass(frozen=True)
class Balance:
    debit: Decimal
    credit: Decimal

    @property
    def is_even(self) -> bool:
        return self.debit == self.credit


def booked(answer: Any) -> list[Booked]:
    """What was booked; lines with the same account on the same side count as one."""
    entries: list[Booked] = []
    places: dict[tuple[str, str], int] = {}
    for number, row in enumerate(answer or [], 1):
        one = _read(number, row)
        place = places.get((one.account, one.side))
        if one.account and one.side and one.amount is not None:
            if place is None:
                places[one.account, one.side] = len(entries)
            else:
                before = entries[place]
                amount = (before.amount or Decimal(0)) + one.amount
                entries[place] = Booked((*before.rows, number), one.account, one.side, amount)
                continue
        entries.append(one)
    return entries


def _read(number: int, row: dict[str, str]) -> Booked:
    account, debit, credit = row["account"], row["debit"], row["credit"]
    if debit and credit:
        return Booked((number,), account, has_both=True)
    side = DEBIT if debit else CREDIT if credit else ""
    typed = debit or credit
    amount = amount_of(typed)
    return Booked((number,), account, side, amount if amount is None or amount > 0 else None, typed)


def balance_of(entries: Sequence[Booked]) -> Balance:
    def side(wanted: str) -> Decimal:
        return sum((one.amount for one in entries if one.side == wanted and one.amount is not None), Decimal(0))

    return Balance(side(DEBIT), side(CREDIT))


def quarters(line: Line, one: Booked) -> int:
    """Quarters of a point that a booked line earns as this line of the key."""
    account = bool(one.account) and one.account == line["account"]
    side = one.side == line["side"]
    amount = one.amount == Decimal(line["amount"])
    if account and side:
        return 4 if amount else 2
    return 1 if amount and (account or side) else 0


def matched(lines: list[Line], entries: Sequence[Booked]) -> dict[int, int]:
    """The line of the key that each booked one stands for, so that the points are as many as can be.

    A dictionary over sets of lines that are taken: at most 2 ** 10 of them for 20 rows.
    """
    best: dict[int, tuple[int, dict[int, int]]] = {0: (0, {})}
    for place, one in enumerate(entries):
        after = dict(best)
        for taken, (weight, pairs) in best.items():
            for index, line in enumerate(lines):
                bit = 1 << index
                worth = _weight(line, one)
                if taken & bit or not worth:
                    continue
                known = after.get(taken | bit)
                if known is None or weight + worth > known[0]:
                    after[taken | bit] = (weight + worth, {**pairs, place: index})
        best = after
    return max(best.values(), key=lambda found: found[0])[1]


def _weight(line: Line, one: Booked) -> int:
    """Points first; of equal ones, the pair that has more in common, and above all its account."""
    account = bool(one.account) and one.account == line["account"]
    common = 3 * account + (one.side == line["side"]) + (one.amount == Decimal(line["amount"]))
    return quarters(line, one) * 100 + (common if account or quarters(line, one) else 0)


def points_of(lines: list[Line], entries: Sequence[Booked]) -> float:
    earned = sum(quarters(lines[index], entries[place]) for place, index in matched(lines, entries).items())
    lost = SUPERFLUOUS * max(0, len(entries) - len(lines))
    if not balance_of(entries).is_even:
        lost = max(lost, UNBALANCED)
    return max(0, earned - lost) / QUARTERS
