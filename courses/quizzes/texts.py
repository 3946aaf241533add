"""When two written answers are the same, and what amount a text says. Pure."""

import re
from decimal import Decimal

from cms.thai.digits import to_arabic
from cms.thai.words import normalise

# How many slips are forgiven by the length of the right answer in UTF-16 units, as H5P's Blanks counts them.
LONG, SHORT = 9, 3
MOST_DIGITS = 30  # of an amount before and after the point together

_DIGITS = re.compile(r"\d+")
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+\u2212\u2013]?)(?:฿|THB)?(?P<again>[-+\u2212\u2013]?)(?P<number>{_NUMBER})"
    r"(?:\.-|\.)?(?:บาท(?:(?P<satang>\d{1,2})สตางค์)?(?:ถ้วน)?|บ\.|฿|baht|THB)?(?P<close>\))?(?:บาท|฿)?",
    re.IGNORECASE,
)


def cleaned(text: str) -> str:
    """One spelling of a text on one line: Thai marks in order, nothing invisible, Arabic digits, single blanks."""
    return " ".join(to_arabic(normalise(text)).split())


def is_same(given: str, wanted: str, *, case_sensitive: bool = False, accept_spelling_errors: bool = False) -> bool:
    """True when an answer says what is wanted, however it was typed.

    Spelling errors are forgiven by length as in H5P; a digit is never a spelling error: 2567 is not 2568.
    """
    given, wanted = cleaned(given), cleaned(wanted)
    if not case_sensitive:
        given, wanted = given.casefold(), wanted.casefold()
    if given == wanted:
        return True
    allowed = allowed_errors(wanted) if accept_spelling_errors else 0
    if not allowed or _DIGITS.findall(given) != _DIGITS.findall(wanted):
        return False
    return abs(len(given) - len(wanted)) <= allowed and distance(given, wanted) <= allowed


def allowed_errors(wanted: str) -> int:
    """How many slips of spelling a right answer of this length forgives."""
    length = len(_units(wanted))
    return 2 if length > LONG else 1 if length > SHORT else 0


def distance(a: str, b: str) -> int:
    """Slips between two texts: a sign too many, missing, wrong, or two neighbours swapped.

    Damerau–Levenshtein in its restricted form (optimal string alignment) over UTF-16 units, as H5P counts.
    """
    first, second = _units(a), _units(b)
    before_last: list[int] = []
    last = list(range(len(second) + 1))
    for row, one in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            slips = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (one != other))
            if row > 1 and column > 1 and one == second[column - 2] and first[row - 2] == other:
                slips = min(slips, before_last[column - 2] + 1)
            current.append(slips)
        before_last, last = last, current
    return last[-1]


def parse_amount(text: str) -> Decimal | None:
    """The amount that a text says; None when it says none, or says it in a way that has two meanings.

    Thai or Arabic digits, commas at the thousands, baht written or not, satang; a minus, or the brackets of
    bookkeeping for less than nothing.
    """
    found = _AMOUNT.fullmatch("".join(cleaned(text).split()))
    if found is None or not found["number"] or bool(found["open"]) != bool(found["close"]):
        return None
    signs = found["sign"] + found["again"]
    digits = found["number"].replace(",", "")
    if len(signs) > 1 or (signs and found["open"]) or len(digits) > MOST_DIGITS:
        return None
    if found["satang"] and "." in digits:
        return None
    amount = Decimal(digits) + Decimal(found["satang"] or 0) / 100
    is_negative = bool(found["open"]) or signs in {"-", "\u2212", "\u2013"}
    return -amount if is_negative and amount else amount


def _units(text: str) -> list[int]:
    """The UTF-16 units of a text, lone halves too."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[place] | raw[place + 1] << 8 for place in range(0, len(raw), 2)]


def typed(value: str, longest: int = 1000) -> str:
    """What somebody typed, as it is kept: without blanks at its ends and signs that no database takes.

    Raises ValueError when it is longer than any honest answer.
    """
    if len(value) > longest:
        raise ValueError("longer than an answer can be")
    return value.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
