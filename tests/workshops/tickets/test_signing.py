"""A ticket is genuine or it is not: nobody writes one without the key, and a phone can tell with the public one."""

import base64
from typing import Any

import pytest
import segno
import zxingcpp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from PIL import Image

from cms import base45
from learning.workshops.tickets.signing import ForgedTicket, NotATicket, Ticket, public_keys, sign, verify
from learning.workshops.tickets.square import square


def verdict(text: str) -> str:
    try:
        return f"{verify(text)}"
    except (NotATicket, ForgedTicket) as error:
        return type(error).__name__


def test_a_ticket_says_its_workshop_and_seat() -> None:
    assert verify(sign(7, 4213)) == Ticket(workshop_id=7, seat_id=4213)
    assert verify(sign(2**32 - 1, 2**64 - 1)) == Ticket(2**32 - 1, 2**64 - 1)


def test_a_scanner_with_a_cable_may_end_the_line_and_shout_or_whisper() -> None:
    assert verify(f"{sign(7, 4213).lower()}\r\n") == Ticket(7, 4213)


def test_one_other_bit_anywhere_and_the_ticket_is_no_longer_ours() -> None:
    data = base45.decode(sign(7, 4213))
    changed = [
        base45.encode(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
        for place in range(len(data))
        for bit in (0, 7)
    ]
    assert {verdict(text) for text in changed[:2]} == {"NotATicket"}  # the version
    assert {verdict(text) for text in changed[2:]} == {"ForgedTicket"}


@pytest.mark.parametrize("place", [14, 40, 118])
def test_one_other_sign_on_the_paper_is_a_forgery(place: int) -> None:
    text = sign(7, 4213)
    other = "1" if text[place] == "0" else "0"
    assert verdict(f"{text[:place]}{other}{text[place + 1 :]}") == "ForgedTicket"


def test_a_ticket_of_another_key_is_a_forgery_even_with_our_mark(settings: Any) -> None:
    settings.SECRET_KEY = "somebody-else"
    theirs = sign(7, 4213)
    settings.SECRET_KEY = "ours"
    ours = base45.decode(sign(7, 4213))
    with_our_mark = base45.encode(ours[:15] + base45.decode(theirs)[15:])
    assert (verdict(theirs), verdict(with_our_mark)) == ("ForgedTicket", "ForgedTicket")


@pytest.mark.parametrize("text", ["", "K7M29Q", "https://academy.example/v/7K3MQ9TX4B2F", "V50" * 39, "มาลี ใจดี"])
def test_another_text_is_not_a_ticket(text: str) -> None:
    assert verdict(text) == "NotATicket"


def test_tickets_outlive_a_new_secret_key_while_the_old_one_is_a_fallback(settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old", []
    printed = sign(7, 4213)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    assert (verify(printed), verify(sign(7, 1))) == (Ticket(7, 4213), Ticket(7, 1))
    assert [key["kid"] for key in public_keys()] == [base45.decode(text)[13:15].hex() for text in (sign(7, 1), printed)]
    settings.SECRET_KEY_FALLBACKS = []
    assert verdict(printed) == "ForgedTicket"


def test_a_ticket_key_of_its_own_signs_and_what_the_secret_key_signed_stays_good(settings: Any) -> None:
    settings.TICKET_KEY = ""
    before = sign(7, 4213)
    settings.TICKET_KEY = "a key for tickets"
    after = sign(7, 4213)
    assert (len(public_keys()), verify(before), verify(after)) == (2, Ticket(7, 4213), Ticket(7, 4213))
    settings.SECRET_KEY = "new"
    assert (verdict(before), verify(after)) == ("ForgedTicket", Ticket(7, 4213))


def test_the_public_key_alone_tells_that_a_ticket_is_genuine() -> None:
    [key] = public_keys()
    assert (key["kty"], key["crv"], sorted(key)) == ("EC", "P-256", ["crv", "kid", "kty", "x", "y"])
    x, y = (int.from_bytes(base64.urlsafe_b64decode(f"{key[name]}=")) for name in ("x", "y"))
    data = base45.decode(sign(7, 4213))
    body, r, s = data[:15], int.from_bytes(data[15:47]), int.from_bytes(data[47:])
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    public.verify(encode_dss_signature(r, s), body, ec.ECDSA(hashes.SHA256()))


def test_the_square_is_small_and_a_machine_reads_it() -> None:
    ticket = sign(2**32 - 1, 2**64 - 1)
    code = segno.make_qr(ticket, error="m")
    assert (len(ticket), code.mode, code.designator) == (119, "alphanumeric", "5-M")
    assert code.symbol_size(border=0) == (37, 37)
    assert ('viewBox="0 0 41 41"' in square(ticket), "width=" in square(ticket)) == (True, False)
    rows = [bytes(255 * (not dark) for dark in row) for row in code.matrix_iter(scale=4, border=4)]
    [read] = zxingcpp.read_barcodes(Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows)))
    assert verify(read.text) == Ticket(2**32 - 1, 2**64 - 1)
