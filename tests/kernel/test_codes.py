"""Codes on paper are read forgivingly, and cannot be guessed at length."""

import pytest

from learning.kernel.codes import (
    LETTERS,
    WRONG_TRIES,
    code_written,
    count_wrong_try,
    new_code,
    qr_svg,
    refuse_guessing,
    spaced,
)
from learning.kernel.refusals import Refused


@pytest.mark.parametrize(
    "typed",
    ["K7M29QXB", "k7m29qxb", " K7M2 9QXB ", "k7m2-9qxb", "K7M2–9QXB", "K๗M2๙QXB", "K7M2\u200b9QXB\n"],
)
def test_case_spaces_dashes_and_thai_digits_do_not_matter(typed: str) -> None:
    assert code_written(typed) == "K7M29QXB"


@pytest.mark.parametrize(
    ("typed", "read"), [("", ""), ("\x00", ""), ("ก ข ค", ""), ("x" * 100_000, "X" * 20), ("<b>", "B"), ("é", "")]
)
def test_what_is_no_code_is_cut_to_harmless_signs(typed: str, read: str) -> None:
    assert code_written(typed) == read


def test_codes_have_no_letters_that_are_mistaken_for_others() -> None:
    assert set("0O1ILU") & set(LETTERS) == set()
    code = new_code(12)
    assert (len(code), set(code) <= set(LETTERS), new_code(12) != code) == (12, True, True)
    assert code_written(spaced(code)) == code


def test_the_square_is_an_inline_picture_without_style_or_script() -> None:
    svg = qr_svg("https://academy.example.org/go/K7M29QXB/")
    assert (svg[:4], "viewBox" in svg) == ("<svg", True)
    assert [word for word in ("style=", "<script", "width=") if word in svg.replace("stroke-width", "")] == []


def test_twenty_wrong_codes_are_borne_and_then_every_code_is_refused() -> None:
    for _ in range(WRONG_TRIES):
        refuse_guessing("203.0.113.7")
        count_wrong_try("203.0.113.7")
    with pytest.raises(Refused) as refused:
        refuse_guessing("203.0.113.7")
    assert refused.value.status == 429
    refuse_guessing("203.0.113.8")
