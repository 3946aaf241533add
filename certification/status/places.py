"""Places in status lists: each is given out once, in an order that tells nothing."""

import hashlib
from contextlib import suppress

from django.db import transaction
from django.db.models import F

from certification.keys import KeyUnavailable
from certification.models import Certificate, StatusList
from certification.status.signing import sign_anew

# 131,072 places are 17 bits: halves of 8 and 9, stirred into each other.
LEFT, RIGHT = 8, 9
ROUNDS = 8


@transaction.atomic
def take_place() -> tuple[StatusList, int]:
    """The next place, in the list that is being filled. It goes with the transaction: rolled back it is free again.

    The row of the list is locked by its update until the transaction ends, so nobody is given the same place.
    """
    while True:
        newest = StatusList.objects.order_by("-number").values_list("number", flat=True).first() or 0
        if StatusList.objects.filter(number=newest, taken__lt=StatusList.SIZE).update(taken=F("taken") + 1):
            status_list = StatusList.objects.get(number=newest)
            return status_list, place_of(status_list.taken - 1, seed=status_list.seed)
        _open_list(newest + 1)


def _open_list(number: int) -> None:
    """A new list, signed at once where there is a key; else whoever asks for it has it signed."""
    StatusList.objects.bulk_create([StatusList(number=number)], ignore_conflicts=True)
    with suppress(KeyUnavailable):
        sign_anew(StatusList.objects.get(number=number))


@transaction.atomic
def give_place(certificate: Certificate) -> None:
    """A place for a certificate that has none: it was issued before there were status lists."""
    if certificate.status_index is not None:
        return
    # The status list comes after the row, so the lock lets who has the list name this one (see flows.ending).
    locked = Certificate.objects.select_for_update(of=("self",), no_key=True).get(pk=certificate.pk)
    if locked.status_index is None:
        locked.status_list, locked.status_index = take_place()
        locked.save(update_fields=["status_list", "status_index"])
        if not locked.is_valid:  # ended in the meantime, when there was no place to mark
            sign_anew(locked.status_list)
    certificate.status_list, certificate.status_index = locked.status_list, locked.status_index


def place_of(turn: int, *, seed: str) -> int:
    """The place of the n-th certificate of a list: a permutation of all places (a Feistel network), its key the seed.

    Each round changes one half by what the other half and the seed say, which can be undone: so no two turns
    share a place, and without the seed a place tells no turn.
    """
    left, right = turn >> RIGHT, turn & (1 << RIGHT) - 1
    for number in range(ROUNDS):
        if number % 2:
            right ^= _stir(seed, number, left) & (1 << RIGHT) - 1
        else:
            left ^= _stir(seed, number, right) & (1 << LEFT) - 1
    return left << RIGHT | right


def _stir(seed: str, number: int, half: int) -> int:
    said = hashlib.blake2b(bytes([number, half >> 8, half & 255]), key=seed.encode(), digest_size=2)
    return int.from_bytes(said.digest(), "big")
