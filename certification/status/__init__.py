"""Which badges no longer hold: a Bitstring Status List (W3C), told without learning who is asked about."""

from certification.status.places import give_place, take_place
from certification.status.reading import is_revoked, read_list
from certification.status.signing import VALID_FOR, list_address, sign_anew, sign_every_list

__all__ = [
    "VALID_FOR",
    "give_place",
    "is_revoked",
    "list_address",
    "read_list",
    "sign_anew",
    "sign_every_list",
    "take_place",
]
