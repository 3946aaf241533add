"""What one cell says: the text as the person wrote it, and its clean value or one sentence about what is wrong.

Every cleaner takes a raw cell or its text, so that a cell reads the same from a file and after it was edited.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from cms.thai.digits import to_arabic
from cms.thai.names import organization_key
from cms.thai.words import normalise
from learning.people.phones import e164
from learning.register.reading.sheet import Raw

NAME_LENGTH = 200  # of an organization
EMAIL_LENGTH = 254
NUMBER_LENGTH = 40
TEXT_LENGTH = 200
CELL_LENGTH = 500  # of what is kept of a cell to be shown and edited

NOTHING = frozenset(
    [
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "..",
        "/",
        "ไม่มี",
        "ไม่ระบุ",
        "ไม่ทราบ",
        "ยังไม่มี",
        "ไม่มีข้อมูล",
        "n/a",
        "na",
        "none",
        "null",
    ],
)
ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"])


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean value, or a problem: one sentence that says what is wrong and what to write."""

    value: Any = None
    problem: str | None = None


EMPTY = Clean()
P = ParamSpec("P")

_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')  # how some programs keep a leading zero
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)


def written(raw: Raw) -> str:
    """A cell as one line of text: 1234.0 is 1234, a day is 15/3/2567 with the year that stands in the file."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        if not _PLAIN.fullmatch(raw):
            raw = normalise(raw).replace("\n", " ")
        match = _QUOTED_FORMULA.fullmatch(raw) if raw[:1] == "=" else None
        return match[1].strip() if match else raw
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, int):
        return str(raw)
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else f"{raw:.15g}"
    if isinstance(raw, date):
        return f"{raw.day}/{raw.month}/{raw.year}"
    if isinstance(raw, time):
        return f"{raw:%H:%M}"
    text = str(raw)
    return "=" if text.startswith("<openpyxl") else text  # a formula over several cells


def unreadable(text: str) -> str | None:
    """What is wrong with a cell of any column: a formula, an error of Excel, a number that Excel shortened."""
    if text[0] == "=":
        return _("This cell holds a formula. Write the value itself.")
    if text[0] == "#" and text.upper() in ERRORS:
        return _("This cell holds an Excel error. Write the value itself.")
    if _SHORTENED.fullmatch(text):
        return _("Excel has shortened this number. Write all its digits.")
    return None


def cell(function: Callable[Concatenate[str, P], Clean]) -> Callable[Concatenate[Raw, P], Clean]:
    """A cleaner is asked only about a text that is there and can be read."""

    @wraps(function)
    def clean(raw: Raw, /, *args: P.args, **kwargs: P.kwargs) -> Clean:
        text = written(raw)
        if not text or text.lower() in NOTHING:
            return EMPTY
        if problem := unreadable(text):
            return Clean(problem=problem)
        return function(text, *args, **kwargs)

    return clean


def too_long(longest: int) -> Clean:
    return Clean(problem=_("This text is too long. Write at most %(count)d letters.") % {"count": longest})


@cell
def text(text: str, longest: int = TEXT_LENGTH) -> Clean:
    return too_long(longest) if len(text) > longest else Clean(text)


@cell
def organization_name(text: str) -> Clean:
    if not re.search("[ก-ฮA-Za-z]", text):
        return Clean(problem=_("This is not a name. Write the full name of the cooperative or group."))
    longest = max(len(text), len(organization_key(text)))  # ß and its like become two letters in the key
    return too_long(NAME_LENGTH) if longest > NAME_LENGTH else Clean(text)


# --- numbers -------------------------------------------------------------------------------------
_MADE_A_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_POINT_ZERO = re.compile(r"(\d+)\.0+")


@cell
def registration_number(text: str) -> Clean:
    """Kept as it is written, zeros in front too: no office writes it in one form that could be checked."""
    number = re.sub(r"\s*([/.-])\s*", r"\1", to_arabic(text).strip("'\" "))
    if _MADE_A_DATE.fullmatch(number):
        return Clean(problem=_("Excel has made a date of this number. Write it as text, for example 0012/2530."))
    if match := _POINT_ZERO.fullmatch(number):
        number = match[1]
    if not re.search(r"\d", number):
        return Clean(problem=_("This is not a registration number. Write it like 0012/2530, or leave it empty."))
    return too_long(NUMBER_LENGTH) if len(number) > NUMBER_LENGTH else Clean(number)


@cell
def juristic_number(text: str) -> Clean:
    """13 digits; one zero that Excel has taken away in front is put back."""
    digits = re.sub(r"[\s'\"-]", "", to_arabic(text)).removesuffix(".0")
    if re.fullmatch(r"[1-9]\d{11}", digits):
        digits = f"0{digits}"
    if not re.fullmatch(r"0\d{12}", digits):
        return Clean(problem=_("This number has 13 digits and begins with 0. Write all of them, or leave it empty."))
    return Clean(digits)


_TERM = re.compile(
    r"(?:(?:เป็น|ดำรงตำแหน่ง)?(?:วาระ|สมัย|ครั้ง)?(?:ที่)?) ?(\d{1,2}|แรก|หนึ่ง|สอง|สาม|สี่)(?:\.0)? ?(?:วาระ|สมัย)?"
)
_TERM_WORDS = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4}


@cell
def term_number(text: str) -> Clean:
    """1 or 2. Source: Cooperatives Act B.E. 2542, s. 50: not more than two terms one after another."""
    match = _TERM.fullmatch(to_arabic(text))
    number = _TERM_WORDS.get(match[1]) or int(match[1]) if match else 0
    if number > 2:
        return Clean(
            problem=_(
                "A board member serves at most two consecutive terms (Cooperatives Act B.E. 2542, section 50). "
                "Write 1 or 2."
            )
        )
    return Clean(number) if number else Clean(problem=_("Write the number of the term: 1 or 2."))


# --- phone and e-mail ----------------------------------------------------------------------------
# The ranges of phonenumbers for Thailand's mobiles; all else is asked of phonenumbers itself.
_MOBILE = re.compile(r"0?((?:[89]\d|6[1-6])\d{7})")
_SIGNS = re.compile(r"[\s().\-–—_]")
_SPOKEN = re.compile(r"^(?:เบอร์)?(?:โทรศัพท์|โทร|มือถือ|tel|mobile)?[.: ]*", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*(?:ต่อ|ext\.?|#)\s*\d{1,5}(?:\s*[-,]\s*\d{1,5})?$", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"[,;/|]|หรือ|และ|กับ|\s{2,}|(?<=\d) (?=0\d)")


@cell
def phone(text: str) -> Clean:
    """E.164. A zero that Excel has taken away is put back; an extension is left out."""
    number = to_arabic(text).strip("'\"`’‘ ")
    digits = _SIGNS.sub("", number)
    if match := _MOBILE.fullmatch(digits):
        return Clean(f"+66{match[1]}")
    number = _EXTENSION.sub("", _SPOKEN.sub("", number)).removesuffix(".0")
    digits = _SIGNS.sub("", number)
    if digits.startswith("0066"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("66") and len(digits) in (10, 11):
        digits = f"+{digits}"
    for candidate in (digits, f"0{digits}"):
        if re.fullmatch(r"\+?\d{8,15}", candidate) and (found := e164(candidate)).startswith("+"):
            return Clean(found)
    parts = [part for part in _BETWEEN_NUMBERS.split(number) if len(re.sub(r"\D", "", part)) >= 8]
    if len(parts) > 1 or re.fullmatch(r"(?:0\d{9}){2,}", digits):
        return Clean(problem=_("This cell holds more than one phone number. Keep one."))
    return Clean(problem=_("This is not a phone number. Write it like 081-234-5678."))


_is_email = EmailValidator()


@cell
def email(text: str) -> Clean:
    address = text.removeprefix("mailto:").strip(" ,;.<>'\"").lower()
    if len(address) > EMAIL_LENGTH:
        return too_long(EMAIL_LENGTH)
    if len(re.findall("@", address)) > 1:
        return Clean(problem=_("This cell holds more than one e-mail address. Keep one."))
    try:
        _is_email(address)
    except ValidationError:
        return Clean(problem=_("This is not an e-mail address. Write it like malee@example.com, or leave it empty."))
    return Clean(address) if address.isascii() else _not_latin()


def _not_latin() -> Clean:
    return Clean(problem=_("An e-mail address has only Latin letters. Write it like malee@example.com."))


# --- gender --------------------------------------------------------------------------------------
_GENDERS = {
    "male": ("ชาย", "ช", "เพศชาย", "ผู้ชาย", "male", "m", "man", "boy"),
    "female": ("หญิง", "ญ", "เพศหญิง", "ผู้หญิง", "female", "f", "woman", "girl"),
    "other": ("อื่น", "อื่นๆ", "เพศอื่น", "เพศทางเลือก", "other", "lgbt", "lgbtq", "lgbtq+"),
}
GENDERS = {word: gender for gender, words in _GENDERS.items() for word in words}


@cell
def gender(text: str) -> Clean:
    found = GENDERS.get(re.sub(r"[\s.]", "", text).lower())
    return Clean(found) if found else Clean(problem=_("Write ชาย, หญิง or อื่น ๆ, or leave it empty."))


# --- what must not be here -----------------------------------------------------------------------
_THIRTEEN_DIGITS = re.compile(r"(?<!\d)[1-8](?:[ -]?\d){12}(?!\d)")


def holds_national_id(text: str) -> bool:
    """Whether a valid national ID number stands in the text (13 digits, the last one checks the others).

    Juristic numbers begin with 0 and are not meant. Source of the check digit: Department of Provincial Administration.
    """
    if len(text) < 13:
        return False
    for match in _THIRTEEN_DIGITS.finditer(to_arabic(text)):
        digits = [int(digit) for digit in match[0] if digit.isdigit()]
        if (11 - sum((13 - place) * digit for place, digit in enumerate(digits[:12])) % 11) % 10 == digits[12]:
            return True
    return False
