"""What the bookkeeping kinds share: a chart of accounts, entries of debits and credits, amounts in baht."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.quizzes.kinds.kind import Body, H5PContent
from courses.quizzes.kinds.lines import one_line
from courses.quizzes.texts import cleaned, parse_amount

DEBIT, CREDIT = "debit", "credit"
SIDES = (DEBIT, CREDIT)
WRITTEN = {DEBIT: "เดบิต", CREDIT: "เครดิต"}  # as authors write it, in whatever language they read the admin
_SAID = {
    **dict.fromkeys(("เดบิต", "เดบิท", "debit", "dr", "dr.", "ด."), DEBIT),
    **dict.fromkeys(("เครดิต", "เครดิท", "credit", "cr", "cr.", "ค."), CREDIT),
}
ACCOUNT_EXAMPLE = "101 | เงินสด | เดบิต"
LINE_EXAMPLE = "เดบิต | เงินสด | 5,000"
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,11}")
LARGEST = Decimal("999999999999.99")  # baht
LONGEST_INPUT = 40  # characters of one amount as typed
MOST_ACCOUNTS = 40
SATANG = Decimal("0.01")
FITTING = (2, 10)  # lines of one entry

Line = dict[str, str]


def other(side: str) -> str:
    return CREDIT if side == DEBIT else DEBIT


def side_of(text: Any) -> str:
    """The side that a word means; empty when it means none."""
    return _SAID.get(cleaned(str(text)).casefold(), "")


def baht(amount: Decimal | str) -> str:
    """An amount as it stands in books: 12,500.00."""
    return f"{Decimal(amount):,.2f}"


def bare(amount: Decimal | str) -> str:
    """An amount without commas and without satang that are none: 12500, 0.5 as 0.50."""
    value = Decimal(amount)
    return str(int(value)) if value == int(value) else f"{value:.2f}"


def amount_of(text: Any) -> Decimal | None:
    """The amount somebody typed, in whole satang; None when it is none or nonsense."""
    amount = parse_amount(str(text)) if str(text).strip() else None
    if amount is None or abs(amount) > LARGEST or amount != amount.quantize(SATANG):
        return None
    return amount


def clean_amount(text: Any) -> str:
    """An amount above zero in its canonical form, "12500.00". Raises ValidationError."""
    amount = amount_of(text)
    if amount is None or amount <= 0:
        raise ValidationError(_("“%(amount)s” is no amount in baht.") % {"amount": str(text)[:60]})
    return f"{amount:.2f}"


def clean_accounts(raw: Any) -> list[dict[str, str]]:
    """A chart of accounts: code, name and, where it is known, the side on which it grows."""
    if not isinstance(raw, list) or not 2 <= len(raw) <= MOST_ACCOUNTS:
        raise ValidationError(_("Give between 2 and %(count)d accounts.") % {"count": MOST_ACCOUNTS})
    accounts = []
    for account in raw:
        values = account if isinstance(account, dict) else {}
        code, name = one_line(values.get("code")), one_line(values.get("name"))
        if not _CODE.fullmatch(code) or not name or len(name) > 100 or "|" in name:
            raise ValidationError(
                _("An account has a code of letters and digits, and a name: %(example)s.") % {"example": "101 | เงินสด"}
            )
        accounts.append({"code": code, "name": name})
        if values.get("normal"):
            accounts[-1]["normal"] = side_of(values["normal"])
            if not accounts[-1]["normal"]:
                raise ValidationError(
                    _("An account grows on the debit or on the credit side: %(name)s.") % {"name": name}
                )
    for part in ("code", "name"):
        if len({account[part] for account in accounts}) != len(accounts):
            raise ValidationError(_("Two accounts of the chart are called the same."))
    return accounts


def clean_lines(raw: Any, accounts: list[dict[str, str]]) -> list[Line]:
    """Debits and credits of one entry: they balance, and no account stands twice on a side."""
    low, high = FITTING
    if not isinstance(raw, list) or not low <= len(raw) <= high:
        raise ValidationError(_("An entry has between %(low)d and %(high)d lines.") % {"low": low, "high": high})
    lines = [clean_line(line, accounts) for line in raw]
    if len({(line["account"], line["side"]) for line in lines}) != len(lines):
        raise ValidationError(_("An account stands twice on the same side. Put the amounts together."))
    debit, credit = total(lines, DEBIT), total(lines, CREDIT)
    if debit != credit:
        raise ValidationError(
            _("The entry does not balance: debit %(debit)s, credit %(credit)s.")
            % {"debit": baht(debit), "credit": baht(credit)}
        )
    return lines


def clean_line(raw: Any, accounts: list[dict[str, str]]) -> Line:
    """One debit or credit; its account may be named by code or by name."""
    values = raw if isinstance(raw, dict) else {}
    said = str(values.get("account", "")).strip()
    code = account_code(said, accounts)
    side = side_of(values.get("side", ""))
    if not side:
        raise ValidationError(_("A line says side, account and amount: %(example)s.") % {"example": LINE_EXAMPLE})
    if not code:
        raise ValidationError(_("“%(account)s” is not in the chart of accounts.") % {"account": said[:100]})
    return {"account": code, "side": side, "amount": clean_amount(values.get("amount", ""))}


def account_code(said: str, accounts: list[dict[str, str]]) -> str:
    """The code of what is named by code, by name, or by both; empty when the chart has no such account."""
    for account in accounts:
        if said in (account["code"], account["name"], f"{account['code']} {account['name']}"):
            return account["code"]
    return ""


def total(lines: Iterable[Line], side: str) -> Decimal:
    return sum((Decimal(line["amount"]) for line in lines if line["side"] == side), Decimal(0))


def typed(values: Iterable[str]) -> list[str]:
    """What stands in inputs, without blanks around it and without signs that no keyboard has. Raises ValueError."""
    texts = [value.encode("utf-8", "ignore").decode().replace("\0", "").strip() for value in values]
    if any(len(text) > LONGEST_INPUT for text in texts):
        raise ValueError("longer than an amount")
    return texts


def names(body: Body) -> dict[str, str]:
    """The names of the accounts by code, with the code before it."""
    return {account["code"]: f"{account['code']} {account['name']}" for account in body["accounts"]}


# --- what authors write ------------------------------------------------------------------------------
def rows_of(text: str, most: int = 3) -> list[list[str]]:
    """The cells of each line that says something; the last of them may hold a | of its own."""
    return [[cell.strip() for cell in line.split("|", most - 1)] for line in text.splitlines() if line.strip()]


def accounts_from(text: str) -> list[dict[str, str]]:
    """`101 | เงินสด | เดบิต` a line; the side on which it grows may be left out."""
    return [dict(zip(("code", "name", "normal"), [*row, "", ""], strict=False)) for row in rows_of(text)]


def accounts_text(accounts: list[dict[str, str]]) -> str:
    return "\n".join(
        " | ".join([one["code"], one["name"], *([WRITTEN[one["normal"]]] if "normal" in one else [])])
        for one in accounts
    )


def lines_from(text: str) -> list[Line]:
    """`เดบิต | เงินสด | 5,000` a line."""
    return [dict(zip(("side", "account", "amount"), [*row, "", ""], strict=False)) for row in rows_of(text)]


def lines_text(lines: list[Line], accounts: list[dict[str, str]]) -> str:
    called = {account["code"]: account["name"] for account in accounts}
    return "\n".join(
        f"{WRITTEN[line['side']]} | {called.get(line['account'], line['account'])} | {baht(line['amount'])}"
        for line in lines
    )


# --- H5P ---------------------------------------------------------------------------------------------
def as_blanks(content: str, notes: list[str], gaps: list[tuple[str, list[str]]]) -> H5PContent:
    """The task as a text with gaps, one point each: HTML of the question, lines to read, and label with answers."""
    read = "".join(f"<p>{_escaped(note)}</p>" for note in notes)
    questions = [f"<p>{_escaped(label)} *{'/'.join(dict.fromkeys(answers))}*</p>" for label, answers in gaps]
    behaviour = {"caseSensitive": False, "acceptSpellingErrors": False, "enableRetry": True, "autoCheck": False}
    return H5PContent("H5P.Blanks 1.14", {"text": content + read, "questions": questions, "behaviour": behaviour})


def amounts_said(amount: Decimal | str) -> list[str]:
    """The ways in which people type an amount, for a kind of task that compares letters."""
    value = Decimal(amount)
    return [bare(value), baht(value), *([f"{int(value):,}"] if value == int(value) else [])]


def _escaped(text: str) -> str:
    """Text for a paragraph with gaps: an asterisk would open one."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("*", "×")
