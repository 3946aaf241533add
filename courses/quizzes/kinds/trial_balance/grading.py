"""Points for balances and totals: one for each figure, also for one that follows rightly from a wrong one. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from courses.quizzes.kinds.bookkeeping import CREDIT, DEBIT, SIDES, amount_of, other
from courses.quizzes.kinds.kind import Body
from courses.quizzes.kinds.trial_balance.balances import closing, closings, column, moved, openings

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Figure:
    """One thing that is asked. `key`: its part of the page, its account ("" for a total) and its column."""

    key: tuple[str, str, str]
    wanted: Decimal
    given: Decimal | None
    typed: str
    is_right: bool
    follows: bool = False  # wrong by itself, right by what was found before
    is_on_other_side: bool = False
    counts: bool = True

    @property
    def earns(self) -> bool:
        return self.counts and (self.is_right or self.follows)


def fields_of(body: Body) -> list[tuple[str, str, str]]:
    """The inputs of the page in their order."""
    fields = [("ledger", code, part) for code in body.get("ledger", []) for part in (DEBIT, CREDIT, "closing")]
    if "trial_balance" in body["asks"]:
        codes = [*(account["code"] for account in body["accounts"]), ""]
        fields += [("trial_balance", code, side) for code in codes for side in SIDES]
    return fields


def figures(body: Body, answer: Any) -> list[Figure]:
    """Every figure that is asked, with what was written there."""
    fields = fields_of(body)
    typed = dict(zip(fields, answer or [""] * len(fields), strict=False))
    ledger = list(_ledger(body, typed))
    own = {one.key[1]: one.given for one in ledger if one.key[2] == "closing" and one.given is not None}
    return [*ledger, *(_trial_balance(body, typed, own) if "trial_balance" in body["asks"] else [])]


def points(found: list[Figure]) -> int:
    return sum(one.earns for one in found)


def possible(body: Body) -> int:
    return sum(one.counts for one in figures(body, None))


def _ledger(body: Body, typed: dict[tuple[str, str, str], str]) -> Iterator[Figure]:
    normal = {account["code"]: account["normal"] for account in body["accounts"]}
    began, ends = openings(body), closings(body)
    sums = {side: moved(body, side) for side in SIDES}
    for code in body.get("ledger", []):
        written = {part: typed["ledger", code, part] for part in (DEBIT, CREDIT, "closing")}
        is_begun = any(text.strip() for text in written.values())
        given: dict[str, Decimal | None] = {}
        for side in SIDES:
            given[side] = _read(written[side], is_begun)
            wanted = sums[side][code]
            yield Figure(("ledger", code, side), wanted, given[side], written[side], given[side] == wanted)
        debit, credit, end = given[DEBIT], given[CREDIT], _read(written["closing"], False)
        follows = (
            end is not None
            and debit is not None
            and credit is not None
            and end == closing(normal[code], began[code], debit, credit)
        )
        yield Figure(("ledger", code, "closing"), ends[code], end, written["closing"], end == ends[code], follows)


def _trial_balance(body: Body, typed: dict[tuple[str, str, str], str], own: dict[str, Decimal]) -> Iterator[Figure]:
    """A row is one figure: its amount in the one column, nothing in the other."""
    ends = closings(body)
    columns: dict[str, list[Decimal]] = {side: [] for side in SIDES}
    for account in body["accounts"]:
        code, side = account["code"], account["normal"]
        texts = {one: typed["trial_balance", code, one] for one in SIDES}
        given = {one: _read(text, False) for one, text in texts.items()}
        for one in SIDES:
            columns[one] += [value] if (value := given[one]) else []
        here, there = given[side], given[other(side)]
        is_clear = not there and not (texts[other(side)].strip() and there is None)
        wanted = ends[code]
        yield Figure(
            ("trial_balance", code, side),
            wanted,
            here if here is not None else there,
            texts[side] or texts[other(side)],
            is_clear and (here == wanted or (not wanted and not texts[side].strip())),
            follows=is_clear and here is not None and here == own.get(code),
            is_on_other_side=bool(there) and not here,
            counts=wanted != NOTHING,
        )
    for side in SIDES:
        text = typed["trial_balance", "", side]
        given_total = _read(text, False)
        wanted = column(body, side)
        follows = given_total is not None and bool(columns[side]) and given_total == sum(columns[side], NOTHING)
        yield Figure(("trial_balance", "", side), wanted, given_total, text, given_total == wanted, follows)


def _read(text: str, is_begun: bool) -> Decimal | None:
    """The amount in an input; an empty one means nothing once others of its account are filled."""
    return NOTHING if is_begun and not text.strip() else amount_of(text)
