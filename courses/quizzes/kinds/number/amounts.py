"""When a number that was typed is the right one. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cms.thai.digits import to_thai
from courses.quizzes.texts import cleaned, parse_amount

BAHT = ("บาท", "฿", "บ.", "baht", "thb")
_NO_NUMBER = re.compile(r"[^\d.,()+\u2212\u2013-]+")
_WORDS = re.compile(r"[^\W\d_]|[฿%$€£¥]")


@dataclass(frozen=True)
class Given:
    """A number as it was typed: its amount, None when it says none; whether the unit stands with it, or another."""

    amount: Decimal | None
    has_unit: bool
    has_other_unit: bool


def units_of(body: dict[str, Any]) -> list[str]:
    """Every way the unit may be written, the longest first. Baht is known in all its ways."""
    units = {cleaned(unit).casefold() for unit in [body["unit"], *body["units"]] if unit}
    if units & set(BAHT):
        units |= set(BAHT)
    return sorted(units, key=lambda unit: (-len(unit), unit))


def read(text: str, body: dict[str, Any]) -> Given:
    """What was typed: any digits, commas, a minus or the brackets of bookkeeping, the unit on either side."""
    number = cleaned(text).casefold()
    units = units_of(body)
    unit = next((unit for unit in units if number.startswith(unit) or number.endswith(unit)), "")
    number = number.removesuffix(unit) if number.endswith(unit) else number.removeprefix(unit)
    has_words = bool(_WORDS.search(number))
    # Baht and satang are known to `parse_amount`; with any other unit they are a wrong one.
    amount = parse_amount(number) if "บาท" in units or not units or not has_words else None
    has_unit = bool(unit) or ("บาท" in units and any(word in number for word in (*BAHT, ".-")))
    is_number_with_words = has_words and parse_amount(_NO_NUMBER.sub("", number)) is not None
    return Given(amount, has_unit, has_other_unit=amount is None and bool(units) and is_number_with_words)


def is_right(given: Given, body: dict[str, Any]) -> bool:
    """True within the tolerance, with the unit where it is asked for."""
    if given.amount is None or (body["unit_required"] and body["unit"] and not given.has_unit):
        return False
    return abs(given.amount - Decimal(body["value"])) <= Decimal(body["tolerance"])


def plain(amount: Decimal) -> str:
    """The shortest way to write an amount: 1250.50 as 1250.5, never as 1E+3."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ways_to_write(body: dict[str, Any]) -> list[str]:
    """The ways in which people write the right number, for a library that compares letter by letter."""
    amount = Decimal(body["value"])
    shortest = plain(amount)
    forms = [body["value"], shortest, f"{Decimal(shortest):,}"]
    if len(shortest.partition(".")[2]) <= 2:
        forms += [f"{amount:.2f}", f"{amount:,.2f}"]
    if amount < 0:
        forms += [f"({form.removeprefix('-')})" for form in forms]
    numbers = dict.fromkeys([*forms, *(to_thai(form) for form in forms)])
    if not body["unit"]:
        return list(numbers)
    with_unit = [f"{number}{blank}{body['unit']}" for number in numbers for blank in (" ", "")]
    return with_unit if body["unit_required"] else [*numbers, *with_unit]
