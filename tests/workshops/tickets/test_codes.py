"""The short code is read back into its seat, and a typing error is told from a seat that is not there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from learning.kernel.codes import LETTERS
from learning.workshops.tickets.codes import PLACES, WrongCode, code_of, seat_id_of


def is_refused(code: str) -> bool:
    try:
        seat_id_of(code)
    except WrongCode:
        return True
    return False


@given(some.integers(min_value=0, max_value=PLACES - 1))
def test_a_code_is_read_back_into_its_seat(seat_id: int) -> None:
    code = code_of(seat_id)
    assert (seat_id_of(code), len(code), set(code) <= set(LETTERS)) == (seat_id, 6, True)


def test_no_two_seats_have_the_same_code() -> None:
    assert len({code_of(seat_id) for seat_id in range(2_000)}) == 2_000


def test_a_code_is_read_as_people_type_it() -> None:
    code = code_of(4213)
    thai_digits = code.translate(str.maketrans("23456789", "๒๓๔๕๖๗๘๙"))
    written = [code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}", thai_digits]
    assert [seat_id_of(text) for text in written] == [4213] * 4


def test_every_single_wrong_sign_is_a_typing_error() -> None:
    code = code_of(4213)
    wrong = [code[:place] + sign + code[place + 1 :] for place in range(6) for sign in LETTERS if sign != code[place]]
    assert (len(wrong), [text for text in wrong if not is_refused(text)]) == (174, [])


def swapped(code: str, place: int) -> str:
    return f"{code[:place]}{code[place + 1]}{code[place]}{code[place + 2 :]}"


def test_neighbours_that_changed_places_are_a_typing_error() -> None:
    changed = [
        (code, place) for code in map(code_of, range(300)) for place in range(5) if code[place] != code[place + 1]
    ]
    unseen = {frozenset(code[place : place + 2]) for code, place in changed if not is_refused(swapped(code, place))}
    assert unseen == {frozenset("2Z")}


@pytest.mark.parametrize("text", ["", "K7M29", "K7M29QX", "K7M2 0O", "มาลี", "2222 2 Z"])
def test_another_text_is_a_typing_error(text: str) -> None:
    assert is_refused(text)


def test_codes_follow_the_key_of_tickets(settings: Any) -> None:
    settings.TICKET_KEY = "a key for tickets"
    first = [code_of(seat_id) for seat_id in range(1, 9)]
    settings.SECRET_KEY = "new"
    assert [code_of(seat_id) for seat_id in range(1, 9)] == first
    settings.TICKET_KEY = "another"
    assert [code_of(seat_id) for seat_id in range(1, 9)] != first
