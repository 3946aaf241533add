"""Points of a cash count: an amount for each kind of note or coin, the total, and what it is short or over. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from courses.quizzes.kinds.bookkeeping import amount_of
from courses.quizzes.kinds.kind import Body

EVEN, SHORT, OVER = "even", "short", "over"
OUTCOMES = (EVEN, SHORT, OVER)
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Figure:
    """One thing that is asked: the place of a denomination, "total", "outcome" or "off"."""

    key: int | str
    wanted: Decimal | str
    given: Decimal | str | None
    typed: str
    is_right: bool
    follows: bool = False  # wrong by itself, right by what was found before

    @property
    def earns(self) -> bool:
        return self.is_right or self.follows


def amount(denomination: dict[str, Any]) -> Decimal:
    return Decimal(denomination["value"]) * int(denomination["count"])


def counted(body: Body) -> Decimal:
    return sum((amount(one) for one in body["denominations"]), NOTHING)


def outcome(cash: Decimal, book: Decimal) -> str:
    return EVEN if cash == book else SHORT if cash < book else OVER


def figures(body: Body, answer: Any) -> list[Figure]:
    """Every figure in the order of the page: amounts, total, outcome, difference."""
    notes = body["denominations"]
    typed = list(answer or [""] * (len(notes) + 3))
    book, cash = Decimal(body["book_balance"]), counted(body)
    amounts = [amount_of(text) for text in typed[: len(notes)]]
    found = [
        Figure(place, amount(one), given, typed[place], given == amount(one))
        for place, (one, given) in enumerate(zip(notes, amounts, strict=True))
    ]
    total_typed, said, off_typed = typed[len(notes) :]
    total, off = amount_of(total_typed), amount_of(off_typed)
    own = sum((given for given in amounts if given is not None), NOTHING)
    adds_up = total is not None and None not in amounts and total == own
    found.append(Figure("total", cash, total, total_typed, total == cash, adds_up))
    right = outcome(cash, book)
    own_outcome = outcome(total, book) if total is not None else None
    found.append(Figure("outcome", right, said or None, said, said == right, bool(said) and said == own_outcome))
    if off is None and not off_typed.strip() and said == EVEN:
        off = NOTHING  # nothing is off, and nothing is written
    own_off = abs(total - book) if total is not None else None
    off = abs(off) if off is not None else None
    wanted_off = abs(cash - book)
    found.append(Figure("off", wanted_off, off, off_typed, off == wanted_off, off is not None and off == own_off))
    return found


def points(found: list[Figure]) -> int:
    return sum(one.earns for one in found)
