"""A transaction recorded in the journal: a point for each line, parts of it for what is right in a wrong one."""

from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.bookkeeping import (
    ACCOUNT_EXAMPLE,
    LINE_EXAMPLE,
    LONGEST_INPUT,
    WRITTEN,
    accounts_from,
    accounts_text,
    amounts_said,
    as_blanks,
    bare,
    clean_accounts,
    clean_lines,
    lines_from,
    lines_text,
    names,
    typed,
)
from courses.quizzes.kinds.journal_entry.grading import booked, matched, points_of
from courses.quizzes.kinds.journal_entry.telling import told
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark

FEWEST_ROWS, MOST_ROWS = 6, 20
SPARE = 2  # rows more than the entry needs, so that their number says nothing
PARTS = ("account", "debit", "credit")


class JournalEntry(Kind):
    code = "journal_entry"
    name = gettext_lazy("Journal entry")
    about = gettext_lazy("A transaction is recorded in the journal: accounts, sides and amounts.")
    scripts = ("quizzes/kinds/journal_entry/journal.js",)

    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "journal_accounts": forms.CharField(
                label=gettext_lazy("Chart of accounts"),
                help_text=format_lazy(
                    gettext_lazy("One account a line: {example}. The side on which it grows may be left out."),
                    example=ACCOUNT_EXAMPLE,
                ),
                widget=forms.Textarea(attrs={"rows": 8}),
            ),
            "journal_lines": forms.CharField(
                label=gettext_lazy("The right entry"),
                help_text=format_lazy(gettext_lazy("One debit or credit a line: {example}"), example=LINE_EXAMPLE),
                widget=forms.Textarea(attrs={"rows": 4}),
            ),
            "journal_rows": forms.IntegerField(
                label=gettext_lazy("Empty lines for the learner"),
                help_text=gettext_lazy("Always more than the entry needs, so that their number says nothing."),
                required=False,
                min_value=FEWEST_ROWS,
                max_value=MOST_ROWS,
            ),
        }

    def written(self, body: Body) -> dict[str, Any]:
        if "lines" not in body:
            return {}
        return {
            "journal_accounts": accounts_text(body["accounts"]),
            "journal_lines": lines_text(body["lines"], body["accounts"]),
            "journal_rows": body["rows"],
        }

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        return {
            "accounts": accounts_from(cleaned.get("journal_accounts") or ""),
            "lines": lines_from(cleaned.get("journal_lines") or ""),
            "rows": cleaned.get("journal_rows") or None,
        }

    def clean(self, body: Body) -> Body:
        accounts = clean_accounts(body.get("accounts"))
        lines = clean_lines(body.get("lines"), accounts)
        enough = max(FEWEST_ROWS, len(lines) + SPARE)
        rows = enough if body.get("rows") is None else body["rows"]
        if type(rows) is not int or not enough <= rows <= MOST_ROWS:
            raise ValidationError(
                _("Give between %(low)d and %(high)d empty lines: more than the entry needs.")
                % {"low": enough, "high": MOST_ROWS}
            )
        return {"accounts": accounts, "lines": lines, "rows": rows}

    def max_score(self, body: Body) -> float:
        return len(body["lines"])

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        return {}  # books keep the order of their chart

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        rows = [dict(row) for row in answer or []]
        rows += [dict.fromkeys(PARTS, "")] * (body["rows"] - len(rows))
        return {
            "accounts": [{"code": account["code"], "name": account["name"]} for account in body["accounts"]],
            "rows": [{"number": number, **row} for number, row in enumerate(rows, 1)],
            "longest": LONGEST_INPUT,
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[dict[str, str]] | None:
        if not values:
            return None
        if len(values) != body["rows"] * len(PARTS):
            raise ValueError("not the rows of this journal")
        codes = {account["code"] for account in body["accounts"]}
        rows = []
        texts = typed(values)
        for place in range(0, len(texts), len(PARTS)):
            row = dict(zip(PARTS, texts[place : place + len(PARTS)], strict=True))
            if row["account"] and row["account"] not in codes:
                raise ValueError("not an account of the chart")
            if any(row.values()):
                rows.append(row)
        return rows or None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        filled = [row[part] for row in answer or [] for part in PARTS]
        return filled + [""] * (body["rows"] * len(PARTS) - len(filled))

    def grade(self, body: Body, answer: Any) -> Mark:
        return Mark(points_of(body["lines"], booked(answer)), self.max_score(body))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        return told(body, answer)

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        chart = [" · ".join(names(body).values())]
        gaps = [
            (
                _("Line %(number)d (side, code, amount):") % {"number": number},
                [f"{WRITTEN[line['side']]} {line['account']} {said}" for said in amounts_said(line["amount"])],
            )
            for number, line in enumerate(body["lines"], 1)
        ]
        return as_blanks(content, chart, gaps)

    def to_state(self, body: Body, answer: Any) -> list[str]:
        entries = booked(answer)
        state = [""] * len(body["lines"])
        for place, line in matched(body["lines"], entries).items():
            one = entries[place]
            if one.side and one.amount is not None:
                state[line] = f"{WRITTEN[one.side]} {one.account} {bare(one.amount)}"
        return state


KIND = JournalEntry()
