"""What JavaScript makes of odd values: the H5P libraries score in a browser, and their scores rest on this."""

import math
import re
from typing import Any

# \s of a JavaScript regular expression
BLANK = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
# the same, sign by sign
BLANKS = frozenset(
    map(chr, [*range(9, 14), 32, 160, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF])
)
_BLANK_AT_ENDS = re.compile(f"^[{BLANK}]+|[{BLANK}]+\\Z")
_INDEX = re.compile(r"0|[1-9][0-9]*")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)


def is_truthy(value: Any) -> bool:
    """False for null, false, zero, NaN and the empty text only; an empty list is true."""
    if isinstance(value, float) and math.isnan(value):
        return False
    return isinstance(value, (list, dict)) or bool(value)


def number(value: Any) -> float:
    """The value as a number; 0 where JavaScript would go on with NaN or infinity, since a score must be one."""
    if value is None:
        return 0
    if isinstance(value, (bool, int)):
        return int(value) if abs(value) < 10**15 else 0
    if isinstance(value, float):
        return whole(value) if math.isfinite(value) else 0
    if isinstance(value, str) and len(value) < 40 and _NUMBER.fullmatch(value.strip()):
        found = float(value)
        return whole(found) if math.isfinite(found) else 0
    return 0


def whole(value: float) -> float:
    """A number without a part behind the point as a whole number."""
    return int(value) if value == int(value) else value


def is_number(value: Any, wanted: int) -> bool:
    """Strictly equal (===) to a whole number; the text "1" is not 1, nor is true."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == wanted


def index(value: Any) -> int | None:
    """The place in a list that a key names: 1 and "1" are the same key, "01" is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        value = int(value)
    text = str(value) if isinstance(value, (int, str)) and value is not None else ""
    return int(text) if len(text) < 7 and _INDEX.fullmatch(text) else None


def at(container: Any, place: int) -> Any:
    """What stands at a place of a list, or of an object that is used like one; None when nothing does."""
    if isinstance(container, list):
        return container[place] if 0 <= place < len(container) else None
    return container.get(str(place)) if isinstance(container, dict) else None


def place(value: Any, length: int) -> int | None:
    """The place in a list of that length that an index names."""
    found = index(value)
    return found if found is not None and found < length else None


def is_numeric(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def trim(text: str) -> str:
    return _BLANK_AT_ENDS.sub("", text)


def section(params: Any, name: str) -> dict[str, Any]:
    """A part of some parameters; empty when it is missing or no object."""
    return as_dict(as_dict(params).get(name))


def as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def units(text: str) -> str:
    """The text with one sign per UTF-16 unit, as JavaScript counts and matches."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(raw[place] | raw[place + 1] << 8) for place in range(0, len(raw), 2))
