"""What a scanned or pasted text is; pure. static/certification/offline/proof.js tells the same kinds apart."""

import re

from certification.codes import LENGTH, is_well_formed, read_code
from cms import base45

PREFIX = "CERTIFICATE:"  # only signs of a QR's alphanumeric mode; whoever scans it with another app sees what it is
END = "."  # a text that lost its end is told apart from a forged one, and no space at the end can be lost
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_TICKET = (1, 79)  # first byte and length in bytes of a workshop's ticket, learning/workshops/tickets


def cleaned(text: str) -> str:
    """As it was before it was pasted: no line breaks, no space around it; hard spaces are spaces."""
    return re.sub(r"[\r\n\t]", "", text.replace("\u00a0", " ")).strip()


def is_proof(text: str) -> bool:
    """Whether a text says to be the signed text of a certificate; whether it is genuine, `read_proof` says."""
    return cleaned(text)[: len(PREFIX)].upper() == PREFIX


def other_kind(text: str) -> str:
    """What a text without the prefix is: empty, address, code, ticket or other."""
    text = cleaned(text)
    if not text:
        return "empty"
    if _ADDRESS.match(text):
        return "address"
    if len(text) <= LENGTH + 6 and is_well_formed(read_code(text)):
        return "code"
    return "ticket" if _is_ticket(text) else "other"


def _is_ticket(text: str) -> bool:
    try:
        data = base45.decode(text.upper())
    except ValueError:
        return False
    return (data[:1], len(data)) == (bytes([_TICKET[0]]), _TICKET[1])
