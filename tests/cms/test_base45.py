"""Base45 as RFC 9285 writes it; the examples are those of its section 4."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cms.base45 import decode, encode


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0"), (b"", "")],
)
def test_the_examples_of_the_standard_come_out(data: bytes, text: str) -> None:
    assert (encode(data), decode(text)) == (text, data)


@given(some.binary(max_size=90))
def test_what_is_written_is_read_back(data: bytes) -> None:
    assert decode(encode(data)) == data


@pytest.mark.parametrize("text", ["GGW", "::", ":::", "B", "BB8B", "bb8", "BÄ8", "BB\n"])
def test_a_text_that_stands_for_no_bytes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"sign of base45|stands for no bytes|has this length"):
        decode(text)


def test_the_largest_values_are_still_read() -> None:
    assert (decode("FGW"), decode("U5")) == (b"\xff\xff", b"\xff")
