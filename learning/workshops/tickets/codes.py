"""The short code of a seat, for people whose square cannot be read: five letters or figures and a check sign.

No table holds it: the code is the seat's number, carried to another place by a Feistel network with HMAC-SHA256
(the method of NIST SP 800-38G). So no two seats have the same code, and it is read back into the seat's number.
"""

import hashlib
import hmac
from functools import lru_cache

from learning.kernel.codes import LETTERS, code_written
from learning.workshops.tickets.signing import derived, secrets

LENGTH = 6
_BASE = len(LETTERS)
_LEFT, _RIGHT = 4860, 5000
PLACES = _LEFT * _RIGHT  # 30⁵, all that five signs can say
_ROUNDS = 8


class WrongCode(ValueError):
    """A typing error: the length, a sign or the check sign is wrong."""


def code_of(seat_id: int) -> str:
    """Six signs, the same at every call while TICKET_KEY (or SECRET_KEY) stays."""
    right, left = divmod(seat_id % PLACES, _LEFT)
    for place in range(_ROUNDS):
        if place % 2:
            right = (right + _stir(place, left)) % _RIGHT
        else:
            left = (left + _stir(place, right)) % _LEFT
    number = right * _LEFT + left
    body = ""
    for _place in range(LENGTH - 1):
        number, sign = divmod(number, _BASE)
        body += LETTERS[sign]
    return body + check_sign(body)


def seat_id_of(typed: str) -> int:
    """The seat that a typed code stands for, in any case, with spaces or dashes; WrongCode for a typing error.

    Whether that seat exists, and in which workshop, the caller looks up. Numbers from 24,300,000 on begin anew.
    """
    code = code_written(typed)
    if len(code) != LENGTH or set(code) - set(LETTERS) or check_sign(code[:-1]) != code[-1]:
        raise WrongCode("Not a code of a seat.")
    number = sum(LETTERS.index(sign) * _BASE**place for place, sign in enumerate(code[:-1]))
    right, left = divmod(number, _LEFT)
    for place in reversed(range(_ROUNDS)):
        if place % 2:
            right = (right - _stir(place, left)) % _RIGHT
        else:
            left = (left - _stir(place, right)) % _LEFT
    return right * _LEFT + left


def check_sign(body: str) -> str:
    """Luhn's rule in base 30: finds every single wrong sign, and neighbours that changed places (all but 2 and Z)."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = LETTERS.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // _BASE + value % _BASE
    return LETTERS[-total % _BASE]


def _stir(place: int, half: int) -> int:
    return int.from_bytes(hmac.digest(_key(secrets()[0]), b"%d %d" % (place, half), hashlib.sha256)[:8])


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return derived(secret, b"code", 32)
