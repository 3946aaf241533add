"""JSON of a stranger's making: bytes to values, with every way to break a reader refused in a sentence."""

import json
import re
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from courses.h5p import limits
from courses.h5p.refusals import PackageRefused

CODE = "unable-to-parse-package"
# A text up to its end, or to the end of everything: one pass, whatever is in it.
_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_json(content: bytes, name: str) -> Any:
    """The value that UTF-8 JSON says. Raises PackageRefused."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        _refuse(_("This file is written in UTF-16. Save it as UTF-8 without a byte order mark."), name)
    if content.startswith(b"\xef\xbb\xbf"):
        _refuse(_("This file begins with a byte order mark. Save it as UTF-8 without one."), name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        _refuse(_("This file is not written in UTF-8. Save it as UTF-8 without a byte order mark."), name)
    _check_depth(content, name)
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        _refuse(_("This file is broken: it is no JSON. Export the package again from where it was made."), name)
    _check_values(value, name)
    return value


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)  # NaN and Infinity are no JSON


def _refuse(sentence: str, name: str, code: str = CODE) -> NoReturn:
    raise PackageRefused(code, sentence, where=name)


def _check_depth(content: bytes, name: str) -> None:
    """Before it is parsed: a parser that calls itself would be at its end after some hundred levels."""
    depth = 0
    for byte in _TEXT.sub(b"", content).translate(None, _NO_BRACKETS):
        depth += 1 if byte in b"[{" else -1
        if depth > limits.DEEPEST_JSON:
            _refuse(
                _("Lists lie within one another more than %(count)d deep here. Export the package again.")
                % {"count": limits.DEEPEST_JSON},
                name,
                "json-too-deep",
            )


def _check_values(value: Any, name: str) -> None:
    """Nothing that a database cannot keep: half letters, the sign 0, numbers beyond measure, endless lists."""
    count, left = 0, [value]
    while left:
        some = left.pop()
        count += 1
        if count > limits.MOST_VALUES:
            _refuse(_("This file holds more values than can be read. Export the content in several parts."), name)
        if isinstance(some, dict):
            left.extend(some)
            left.extend(some.values())
        elif isinstance(some, list):
            left.extend(some)
        elif isinstance(some, str):
            if "\0" in some or _SURROGATE.search(some):
                _refuse(_("This file holds signs that are no letters. Write the text anew, and export again."), name)
        elif (isinstance(some, float) and some in (float("inf"), float("-inf"))) or (
            isinstance(some, int) and abs(some) >= 2**63
        ):
            _refuse(_("This file holds a number beyond measure. Export the package again."), name)
