"""The body of a ledger and trial balance task in its canonical form."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.quizzes.kinds.bookkeeping import (
    ACCOUNT_EXAMPLE,
    CREDIT,
    DEBIT,
    Line,
    baht,
    clean_accounts,
    clean_line,
    clean_lines,
    total,
)
from courses.quizzes.kinds.kind import Body
from courses.quizzes.kinds.lines import one_line
from courses.quizzes.kinds.trial_balance.balances import closings

LEDGER, TRIAL_BALANCE = "ledger", "trial_balance"
ASKS = (LEDGER, TRIAL_BALANCE)
MOST_ENTRIES = 60


def clean_books(body: Body) -> Body:
    accounts = clean_accounts(body.get("accounts"))
    if any("normal" not in account for account in accounts):
        raise ValidationError(
            _("Say of every account on which side it grows: %(example)s.") % {"example": ACCOUNT_EXAMPLE}
        )
    asks = body.get("asks") or []
    if not isinstance(asks, list) or not asks or any(ask not in ASKS for ask in asks):
        raise ValidationError(_("Say what is asked: the ledger, the trial balance, or both."))
    books: Body = {
        "accounts": accounts,
        "openings": _openings(body.get("openings") or [], accounts, TRIAL_BALANCE in asks),
        "entries": _entries(body.get("entries"), accounts),
        "asks": [ask for ask in ASKS if ask in asks],
    }
    if LEDGER in asks:
        books["ledger"] = _ledger(body.get("ledger"), accounts)
    _not_below_zero(books)
    return books


def _openings(raw: Any, accounts: list[dict[str, str]], is_whole: bool) -> list[Line]:
    if not isinstance(raw, list):
        raise ValidationError(_("Openings are written as lines of an entry."))
    lines = [clean_line(line, accounts) for line in raw]
    if len({line["account"] for line in lines}) != len(lines):
        raise ValidationError(_("An account has one opening balance, not two."))
    debit, credit = total(lines, DEBIT), total(lines, CREDIT)
    if is_whole and debit != credit:
        raise ValidationError(
            _("The openings do not balance: debit %(debit)s, credit %(credit)s.")
            % {"debit": baht(debit), "credit": baht(credit)}
        )
    return lines


def _entries(raw: Any, accounts: list[dict[str, str]]) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST_ENTRIES:
        raise ValidationError(_("Give between 1 and %(count)d entries.") % {"count": MOST_ENTRIES})
    entries = []
    for entry in raw:
        values = entry if isinstance(entry, dict) else {}
        text = one_line(values.get("text"))
        if not text or len(text) > 300:
            raise ValidationError(_("Say what happened in each entry, in up to 300 characters."))
        try:
            entries.append({"text": text, "lines": clean_lines(values.get("lines"), accounts)})
        except ValidationError as error:
            raise ValidationError(f"{text}: {' '.join(error.messages)}") from None
    return entries


def _ledger(raw: Any, accounts: list[dict[str, str]]) -> list[str]:
    """The accounts whose page is asked, in the order of the chart; all when none are named."""
    codes = [account["code"] for account in accounts]
    wanted = codes if raw in (None, []) else raw
    if not isinstance(wanted, list) or any(code not in codes for code in wanted):
        raise ValidationError(_("The ledger asks for an account that is not in the chart."))
    return [code for code in codes if code in wanted]


def _not_below_zero(books: Body) -> None:
    called = {account["code"]: account["name"] for account in books["accounts"]}
    ends = closings(books)
    asked = codes_asked(books)
    for code in asked:
        if ends[code] < 0:
            raise ValidationError(
                _("“%(account)s” ends below zero: %(amount)s.") % {"account": called[code], "amount": baht(ends[code])}
            )
    if all(ends[code] == Decimal(0) for code in asked):
        raise ValidationError(_("Every balance that is asked is zero. There is nothing to work out."))


def codes_asked(books: Body) -> list[str]:
    if TRIAL_BALANCE in books["asks"]:
        return [account["code"] for account in books["accounts"]]
    return list(books["ledger"])
