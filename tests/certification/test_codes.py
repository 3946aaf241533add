"""The check character tells a typing error from a code that was never given out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.codes import ALPHABET, LENGTH, check_character, grouped, is_well_formed, new_code, read_code

CODES = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(lambda body: body + check_character(body))


def test_a_new_code_is_well_formed_and_never_the_same() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert [code for code in codes if not is_well_formed(code)] == []
    assert {len(code) for code in codes} == {12}


@given(code=CODES, place=st.integers(0, LENGTH - 1), other=st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(code: str, place: int, other: str) -> None:
    typed = code[:place] + other + code[place + 1 :]
    assert is_well_formed(typed) == (typed == code)


def test_every_swap_of_neighbours_is_found_but_of_the_first_and_last_sign() -> None:
    missed = set()
    for place in range(LENGTH - 1):
        for left in ALPHABET:
            for right in ALPHABET:
                body = ["5"] * LENGTH
                body[place], body[place + 1] = left, right
                code = _closed(body, place)
                typed = [*code]
                typed[place], typed[place + 1] = typed[place + 1], typed[place]
                if typed != code and is_well_formed("".join(typed)):
                    missed.add(frozenset((typed[place], typed[place + 1])))
    assert missed == {frozenset("0Z")}


def _closed(body: list[str], place: int) -> list[str]:
    """The code with these two neighbours, made right by a character that is neither of them."""
    free = 0 if place > 1 else 5
    for sign in ALPHABET:
        body[free] = sign
        if is_well_formed("".join(body)):
            return body
    raise AssertionError("one of 32 characters always makes the sum come out")


@given(code=CODES, data=st.data())
def test_a_code_is_read_as_people_type_it(code: str, data: st.DataObject) -> None:
    typed = "".join(data.draw(st.sampled_from(_ways(sign))) for sign in code)
    cuts = sorted(data.draw(st.sets(st.integers(1, LENGTH - 1), max_size=4)), reverse=True)
    for cut in cuts:
        typed = typed[:cut] + data.draw(st.sampled_from("- ")) + typed[cut:]
    assert read_code(f" {typed}\n") == code


def _ways(sign: str) -> list[str]:
    return [sign, sign.lower(), *{"0": "Oo", "1": "IiLl"}.get(sign, "")]


@given(text=st.text(max_size=60))
def test_anything_can_be_read_and_only_codes_are_well_formed(text: str) -> None:
    read = read_code(text)
    assert is_well_formed(read) in (True, False)
    if is_well_formed(read):
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{12}", read)
    assert read_code(read) == read


@pytest.mark.parametrize("code", ["", "7K3M", "7K3M9QTX4B2", "7K3M9QTX4B2FF", "7K3M9QTX4B2U", "๗๓๓๓๓๓๓๓๓๓๓๓", "0" * 13])
def test_other_lengths_and_other_signs_are_no_code(code: str) -> None:
    assert is_well_formed(code) is False


def test_a_code_is_printed_in_three_groups() -> None:
    assert grouped("7K3M9QTX4B2F") == "7K3M-Q9TX-4B2F".replace("Q9", "9Q")
