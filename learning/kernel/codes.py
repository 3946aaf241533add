"""Codes that are printed on paper and typed again: their letters, how they are read, how many may be guessed."""

import secrets
from http import HTTPStatus

import segno
from django.core.cache import cache
from django.utils.translation import gettext as _

from cms.thai.digits import to_arabic
from learning.kernel.refusals import Refused

# Without 0 O 1 I L U: what is read aloud or copied from paper must not be mistaken. 30 letters, 8 places: 6·10¹¹.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
WRONG_TRIES = 20
SECONDS = 3600


def new_code(length: int) -> str:
    """A code that nobody can foretell."""
    return "".join(secrets.choice(LETTERS) for _place in range(length))


def code_written(text: str) -> str:
    """What somebody typed, as codes are kept: capitals, Arabic digits, no spaces or dashes; at most 20 signs."""
    signs = to_arabic(text[:100]).upper()
    return "".join(sign for sign in signs if sign.isascii() and sign.isalnum())[:20]


def spaced(code: str) -> str:
    """In fours, as it is printed: K7M2 9QXB."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def qr_svg(address: str) -> str:
    """The address as an inline SVG without a size of its own; a quarter of it may be smudged (level Q)."""
    return segno.make(address, error="q", micro=False).svg_inline(
        omitsize=True, border=2, lineclass=None, svgclass=None
    )


def refuse_guessing(address: str) -> None:
    """Raises Refused (429) when too many wrong codes came from an address of the net within an hour."""
    if cache.get(_key(address), 0) >= WRONG_TRIES:
        raise Refused(
            _("Too many wrong codes came from your network. Wait an hour, then type the code slowly once more."),
            status=HTTPStatus.TOO_MANY_REQUESTS,
        )


def count_wrong_try(address: str) -> None:
    """One more wrong code from an address of the net."""
    key = _key(address)
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # its hour ended in between
            cache.add(key, 1, SECONDS)


def _key(address: str) -> str:
    return f"wrong-codes-{address}"
