"""A cash count: notes and coins to amounts, their total beside the book, and what is short or over."""

from decimal import Decimal
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.bookkeeping import (
    LONGEST_INPUT,
    amount_of,
    amounts_said,
    as_blanks,
    baht,
    bare,
    clean_amount,
    rows_of,
    typed,
)
from courses.quizzes.kinds.cash_count.grading import (
    EVEN,
    OUTCOMES,
    OVER,
    SHORT,
    Figure,
    counted,
    figures,
    points,
)
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark

MOST = 12
EXAMPLE = "1,000 | 12"
SMALLEST_NOTE = 20  # baht; below are coins
WRITTEN = {EVEN: "ตรง", SHORT: "ขาด", OVER: "เกิน"}


class CashCount(Kind):
    code = "cash_count"
    name = gettext_lazy("Cash count")
    about = gettext_lazy("Counted notes and coins are added up and compared with the book.")

    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "cash_denominations": forms.CharField(
                label=gettext_lazy("Notes and coins"),
                help_text=format_lazy(
                    gettext_lazy("One note or coin a line, with how many were counted: {example}"), example=EXAMPLE
                ),
                widget=forms.Textarea(attrs={"rows": 9}),
            ),
            "cash_book_balance": forms.CharField(label=gettext_lazy("Balance of the cash book (baht)"), max_length=40),
        }

    def written(self, body: Body) -> dict[str, Any]:
        if "denominations" not in body:
            return {}
        lines = [f"{_value(one['value'])} | {one['count']}" for one in body["denominations"]]
        return {"cash_denominations": "\n".join(lines), "cash_book_balance": baht(body["book_balance"])}

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        rows = [[*row, ""] for row in rows_of(cleaned.get("cash_denominations") or "", 2)]
        return {
            "denominations": [{"value": row[0], "count": amount_of(row[1])} for row in rows],
            "book_balance": cleaned.get("cash_book_balance") or "",
        }

    def clean(self, body: Body) -> Body:
        raw = body.get("denominations")
        if not isinstance(raw, list) or not 2 <= len(raw) <= MOST:
            raise ValidationError(_("Give between 2 and %(count)d kinds of notes and coins.") % {"count": MOST})
        cleaned = [_denomination(one) for one in raw]
        cleaned.sort(key=lambda one: -Decimal(one["value"]))
        if len({one["value"] for one in cleaned}) != len(cleaned):
            raise ValidationError(_("A note or coin stands there twice. Put the counts together."))
        return {"denominations": cleaned, "book_balance": clean_amount(body.get("book_balance", ""))}

    def max_score(self, body: Body) -> float:
        return len(body["denominations"]) + 3

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        return {}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        *amounts, total, outcome, off = self.values(body, presentation, answer)
        notes = [
            {"name": called(one["value"]), "count": one["count"], "typed": text}
            for one, text in zip(body["denominations"], amounts, strict=True)
        ]
        said = outcomes()
        return {
            "notes": notes,
            "book_balance": baht(body["book_balance"]),
            "total": total,
            "off": off,
            "outcomes": [{"value": code, "text": said[code], "chosen": code == outcome} for code in OUTCOMES],
            "longest": LONGEST_INPUT,
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[str] | None:
        texts = typed(values)
        if not any(texts):
            return None
        if len(texts) != self.max_score(body):
            raise ValueError("not the figures of this count")
        if texts[-2] not in ("", *OUTCOMES):
            raise ValueError("not one of the outcomes")
        return texts

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return list(answer or [""] * int(self.max_score(body)))

    def grade(self, body: Body, answer: Any) -> Mark:
        return Mark(points(figures(body, answer)), self.max_score(body))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        return {"rows": [_row(one, body) for one in figures(body, answer)]}

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        notes = [_book_says(body), *(f"{called(one['value'])} × {one['count']}" for one in body["denominations"])]
        gaps = [(f"{_name(one, body)}:", _answers(one)) for one in figures(body, None)]
        return as_blanks(content, notes, gaps)

    def to_state(self, body: Body, answer: Any) -> list[str]:
        return [_state(one) for one in figures(body, answer)]


def _value(value: str) -> str:
    return f"{Decimal(value):,.2f}" if "." in value else f"{int(value):,}"


def _denomination(raw: Any) -> dict[str, Any]:
    values = raw if isinstance(raw, dict) else {}
    value, count = amount_of(values.get("value", "")), values.get("count")
    count = int(count) if isinstance(count, Decimal) and count == int(count) else count
    if value is None or value <= 0 or type(count) is not int or not 1 <= count <= 1_000_000:
        raise ValidationError(
            _("Write each note or coin with how many were counted: %(example)s") % {"example": EXAMPLE}
        )
    return {"value": bare(value), "count": count}


def called(value: str) -> str:
    """A note of 1,000 baht, a coin of 10 baht, a coin of 50 satang."""
    amount = Decimal(value)
    if amount >= SMALLEST_NOTE:
        return _("%(value)s baht note") % {"value": _value(value)}
    if amount >= 1:
        return _("%(value)s baht coin") % {"value": _value(value)}
    return _("%(value)s satang coin") % {"value": int(amount * 100)}


def outcomes() -> dict[str, str]:
    return {EVEN: _("Equal to the book"), SHORT: _("Short of the book"), OVER: _("Over the book")}


def _name(one: Figure, body: Body) -> str:
    if isinstance(one.key, int):
        note = body["denominations"][one.key]
        return f"{called(note['value'])} × {note['count']:,}"
    return {"total": _("Counted in all"), "outcome": _("Beside the book"), "off": _("Difference (baht)")}[one.key]


def _said(value: Decimal | str | None, typed: str) -> str:
    if value is None:
        return typed.strip() or "–"
    return outcomes()[value] if isinstance(value, str) else baht(value)


def _row(one: Figure, body: Body) -> dict[str, Any]:
    return {
        "name": _name(one, body),
        "given": _said(one.given, one.typed),
        "wanted": _said(one.wanted, ""),
        "is_right": one.is_right,
        "follows": one.follows and not one.is_right,
        "reason": _reason(one, body),
    }


def _reason(one: Figure, body: Body) -> str:
    if one.is_right:
        return ""
    if one.follows:
        return _("It follows rightly from the figures you found before, so it counts.")
    if one.given is None:
        if one.typed.strip():
            return _("“%(amount)s” cannot be read as an amount.") % {"amount": one.typed.strip()}
        return _("Nothing is written here.")
    if isinstance(one.key, int):
        note = body["denominations"][one.key]
        return _("%(count)s × %(value)s = %(amount)s baht.") % {
            "count": f"{note['count']:,}",
            "value": _value(note["value"]),
            "amount": baht(str(one.wanted)),
        }
    gaps = {"cash": baht(counted(body)), "book": baht(body["book_balance"]), "off": baht(_off(body))}
    if one.key == "total":
        return _("All notes and coins together are %(cash)s baht.") % gaps
    if counted(body) == Decimal(body["book_balance"]):
        return _("Counted %(cash)s baht, in the book %(book)s baht: equal.") % gaps
    if counted(body) < Decimal(body["book_balance"]):
        return _("Counted %(cash)s baht, in the book %(book)s baht: %(off)s baht are missing.") % gaps
    return _("Counted %(cash)s baht, in the book %(book)s baht: %(off)s baht too many.") % gaps


def _off(body: Body) -> Decimal:
    return abs(counted(body) - Decimal(body["book_balance"]))


def _book_says(body: Body) -> str:
    return _("The cash book says %(amount)s baht.") % {"amount": baht(body["book_balance"])}


def _answers(one: Figure) -> list[str]:
    return [WRITTEN[one.wanted]] if isinstance(one.wanted, str) else amounts_said(one.wanted)


def _state(one: Figure) -> str:
    if one.given is None:
        return ""
    return WRITTEN[one.given] if isinstance(one.given, str) else bare(one.given)


KIND = CashCount()
