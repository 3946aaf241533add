"""Ledger and trial balance from several entries: a point for each balance and each total."""

from random import Random
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.bookkeeping import (
    ACCOUNT_EXAMPLE,
    CREDIT,
    DEBIT,
    LINE_EXAMPLE,
    LONGEST_INPUT,
    SIDES,
    WRITTEN,
    accounts_from,
    accounts_text,
    amounts_said,
    as_blanks,
    baht,
    bare,
    lines_from,
    lines_text,
    names,
    typed,
)
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark
from courses.quizzes.kinds.trial_balance.cleaning import LEDGER, TRIAL_BALANCE, clean_books
from courses.quizzes.kinds.trial_balance.entries import entries_from, entries_text
from courses.quizzes.kinds.trial_balance.grading import Figure, fields_of, figures, points, possible
from courses.quizzes.kinds.trial_balance.telling import name_of, told


class TrialBalance(Kind):
    code = "trial_balance"
    name = gettext_lazy("Ledger and trial balance")
    about = gettext_lazy("Several entries are given; balances of accounts and totals are worked out.")

    def form_fields(self) -> dict[str, forms.Field]:
        text, area = forms.CharField, forms.Textarea
        return {
            "books_accounts": text(
                label=gettext_lazy("Chart of accounts"),
                help_text=format_lazy(
                    gettext_lazy("One account a line, with the side on which it grows: {example}"),
                    example=ACCOUNT_EXAMPLE,
                ),
                widget=area(attrs={"rows": 8}),
            ),
            "books_openings": text(
                label=gettext_lazy("Opening balances"),
                help_text=format_lazy(gettext_lazy("One debit or credit a line: {example}"), example=LINE_EXAMPLE),
                widget=area(attrs={"rows": 6}),
                required=False,
            ),
            "books_entries": text(
                label=gettext_lazy("Entries"),
                help_text=gettext_lazy(
                    "What happened on a line of its own, its debits and credits below, an empty line between entries."
                ),
                widget=area(attrs={"rows": 12}),
            ),
            "books_asks": forms.MultipleChoiceField(
                label=gettext_lazy("What is asked"),
                choices=[(LEDGER, gettext_lazy("General ledger")), (TRIAL_BALANCE, gettext_lazy("Trial balance"))],
                widget=forms.CheckboxSelectMultiple,
            ),
            "books_ledger": text(
                label=gettext_lazy("Accounts of the ledger"),
                help_text=gettext_lazy("Their codes with commas between; empty for all of the chart."),
                required=False,
                max_length=300,
            ),
        }

    def written(self, body: Body) -> dict[str, Any]:
        if "entries" not in body:
            return {}
        return {
            "books_accounts": accounts_text(body["accounts"]),
            "books_openings": lines_text(body["openings"], body["accounts"]),
            "books_entries": entries_text(body["entries"], body["accounts"]),
            "books_asks": list(body["asks"]),
            "books_ledger": ", ".join(body.get("ledger", [])),
        }

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        ledger = [code.strip() for code in (cleaned.get("books_ledger") or "").split(",") if code.strip()]
        return {
            "accounts": accounts_from(cleaned.get("books_accounts") or ""),
            "openings": lines_from(cleaned.get("books_openings") or ""),
            "entries": entries_from(cleaned.get("books_entries") or ""),
            "asks": list(cleaned.get("books_asks") or []),
            "ledger": ledger,
        }

    def clean(self, body: Body) -> Body:
        return clean_books(body)

    def max_score(self, body: Body) -> float:
        return possible(body)

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        return {}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        called = names(body)
        texts = dict(zip(fields_of(body), self.values(body, presentation, answer), strict=True))
        began = {line["account"]: line for line in body["openings"]}
        ledger = [
            {
                "account": called[code],
                "opening": began.get(code),
                "opening_amount": baht(began[code]["amount"]) if code in began else "",
                **{part: texts["ledger", code, part] for part in (DEBIT, CREDIT, "closing")},
            }
            for code in body.get("ledger", [])
        ]
        rows = []
        if TRIAL_BALANCE in body["asks"]:
            rows = [
                {"account": called.get(code, ""), **{side: texts["trial_balance", code, side] for side in SIDES}}
                for code in [*called, ""]
            ]
        return {
            "openings": [_line(line, called) for line in body["openings"]],
            "entries": [
                {"text": entry["text"], "lines": [_line(line, called) for line in entry["lines"]]}
                for entry in body["entries"]
            ],
            "ledger": ledger,
            "rows": rows[:-1],
            "total": rows[-1] if rows else None,
            "longest": LONGEST_INPUT,
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[str] | None:
        texts = typed(values)
        if not any(texts):
            return None
        if len(texts) != len(fields_of(body)):
            raise ValueError("not the figures of these books")
        return texts

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return list(answer or [""] * len(fields_of(body)))

    def grade(self, body: Body, answer: Any) -> Mark:
        return Mark(points(figures(body, answer)), self.max_score(body))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        return told(body, answer)

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        called = names(body)
        notes = [f"{text}: {_spoken(lines, called)}" for text, lines in _given(body)]
        gaps = [
            (f"{name_of(one.key, body)}:", [f"{_prefix(one)}{said}" for said in amounts_said(one.wanted)])
            for one in figures(body, None)
            if one.counts
        ]
        return as_blanks(content, notes, gaps)

    def to_state(self, body: Body, answer: Any) -> list[str]:
        return [_state(one) for one in figures(body, answer) if one.counts]


def _line(line: dict[str, str], called: dict[str, str]) -> dict[str, str]:
    amount = {side: baht(line["amount"]) if line["side"] == side else "" for side in SIDES}
    return {"account": called[line["account"]], **amount}


def _given(body: Body) -> list[tuple[str, list[dict[str, str]]]]:
    began = [("ยอดยกมา", body["openings"])] if body["openings"] else []
    return [*began, *((entry["text"], entry["lines"]) for entry in body["entries"])]


def _spoken(lines: list[dict[str, str]], called: dict[str, str]) -> str:
    return ", ".join(f"{WRITTEN[line['side']]} {called[line['account']]} {baht(line['amount'])}" for line in lines)


def _prefix(one: Figure) -> str:
    """A row of the trial balance says its side, which is part of what is asked."""
    part, code, column = one.key
    return f"{WRITTEN[column]} " if part == TRIAL_BALANCE and code else ""


def _state(one: Figure) -> str:
    if one.given is None or one.is_on_other_side:
        return ""
    return f"{_prefix(one)}{bare(one.given)}"


KIND = TrialBalance()
