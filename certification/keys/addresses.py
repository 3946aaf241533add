"""Addresses of keys in a token: pkcs11:token=academy;object=director (RFC 7512).

The library and the PIN are settings (CERTIFICATE_PKCS11_MODULE, CERTIFICATE_PKCS11_PIN), never part of an address,
because addresses stand in the database.
"""

from dataclasses import dataclass
from urllib.parse import unquote, unquote_to_bytes

from certification.keys import KeyUnavailable

SCHEME = "pkcs11:"
KNOWN = frozenset({"token", "serial", "object", "id", "type"})


@dataclass(frozen=True)
class Address:
    """The parts of a pkcs11: address that are understood; an empty part says nothing."""

    token: str = ""
    serial: str = ""
    object: str = ""
    id: bytes = b""


def is_address(location: str) -> bool:
    return location.startswith(SCHEME)


def read_address(location: str) -> Address:
    """The parts of an address. KeyUnavailable for one that names no key, or carries a PIN or a library."""
    path, sign, _query = location.removeprefix(SCHEME).partition("?")
    if sign:
        raise KeyUnavailable(
            "A pkcs11: address is kept in the database and carries no PIN and no library. Leave out everything from "
            "the question mark on, and set CERTIFICATE_PKCS11_PIN and CERTIFICATE_PKCS11_MODULE."
        )
    parts = dict(part.partition("=")[::2] for part in path.split(";") if part)
    if unknown := sorted(set(parts) - KNOWN):
        raise KeyUnavailable(f"The pkcs11: address has parts that are not understood: {', '.join(unknown)}.")
    if parts.get("type", "private") != "private":
        raise KeyUnavailable("The pkcs11: address must name a private key (type=private).")
    address = Address(
        token=unquote(parts.get("token", "")),
        serial=unquote(parts.get("serial", "")),
        object=unquote(parts.get("object", "")),
        id=unquote_to_bytes(parts.get("id", "")),
    )
    if not (address.object or address.id):
        raise KeyUnavailable("The pkcs11: address names no key: it needs object= or id=.")
    return address
