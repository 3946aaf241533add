"""The code under the QR: 12 characters of Crockford's base 32, the last a check character.

Eleven random characters are 55 bits, so a code cannot be guessed; the check character (Luhn's rule
in base 32) tells a typing error apart from a code that was never given out.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": ""})


def new_code() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The character that makes the sum come out; finds every single wrong character."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def read_code(text: str) -> str:
    """A code as a person types it: any case, hyphens and spaces, O for 0, I and L for 1."""
    return "".join(text.upper().split()).translate(_LOOK_ALIKES)


def is_well_formed(code: str) -> bool:
    """True when the length, the characters and the check character are right."""
    return (
        len(code) == LENGTH
        and all(character in ALPHABET for character in code)
        and check_character(code[:-1]) == code[-1]
    )


def grouped(code: str) -> str:
    """7K3M-Q9TX-4B2F, as printed."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))
