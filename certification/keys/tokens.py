"""Keys in a token (a smart card, an HSM), used through its PKCS#11 library.

A P-256 key signs with CKM_ECDSA, an Ed25519 key with CKM_EDDSA, which many tokens do not offer.
"""

import hashlib
import os
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import pkcs11
from asn1crypto.core import OctetString
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from django.conf import settings
from pkcs11 import exceptions

from certification.keys import KeyUnavailable
from certification.keys.addresses import Address, read_address
from certification.keys.public import PublicKey

# What a token says when its session is over: it was pulled out, or its service began anew.
GONE = (
    exceptions.SessionHandleInvalid,
    exceptions.SessionClosed,
    exceptions.DeviceRemoved,
    exceptions.DeviceError,
    exceptions.KeyHandleInvalid,
    exceptions.ObjectHandleInvalid,
    exceptions.UserNotLoggedIn,
)
SENTENCES: dict[type[Exception], str] = {
    exceptions.PinIncorrect: "The PIN of the token is wrong: correct CERTIFICATE_PKCS11_PIN before the token locks.",
    exceptions.PinLocked: "The PIN of the token is locked. Its administrator unlocks it with the SO PIN.",
    exceptions.PinLenRange: "The PIN of the token has a wrong length: correct CERTIFICATE_PKCS11_PIN.",
    exceptions.TokenNotPresent: "The token is not in its slot.",
    exceptions.MechanismInvalid: "The token cannot sign with this kind of key.",
    exceptions.UserPinNotInitialized: "The token has no PIN yet: it must be set up first.",
}

T = TypeVar("T")
_lock = threading.RLock()  # a session does one thing at a time
_sessions: dict[tuple[int, str, str, str], Any] = {}
_loaded_by: dict[str, int] = {}


def sign(location: str, jwk: dict[str, str], data: bytes) -> bytes:
    """Sign in the token: 64 bytes, as `opening.sign_raw` describes them."""
    if jwk["crv"] == "Ed25519":
        mechanism, message = pkcs11.Mechanism.EDDSA, data
    else:
        mechanism, message = pkcs11.Mechanism.ECDSA, hashlib.sha256(data).digest()
    return _with_session(
        location,
        lambda session, address: bytes(
            _find(session, address, pkcs11.ObjectClass.PRIVATE_KEY).sign(message, mechanism=mechanism)
        ),
    )


def public_key(location: str) -> PublicKey:
    """The public key that lies beside the private one in the token."""

    def read(session: Any, address: Address) -> tuple[Any, bytes]:
        found = _find(session, address, pkcs11.ObjectClass.PUBLIC_KEY)
        return found.key_type, bytes(found[pkcs11.Attribute.EC_POINT])

    key_type, point = _with_session(location, read)
    point = bytes(OctetString.load(point)) if point[:1] == b"\x04" and len(point) in {34, 67} else point
    try:
        if key_type == pkcs11.KeyType.EC_EDWARDS:
            return ed25519.Ed25519PublicKey.from_public_bytes(point)
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise KeyUnavailable("The public key in the token is neither P-256 nor Ed25519.") from error


def forget() -> None:
    """Close the sessions of this process."""
    with _lock:
        for (pid, *_rest), session in list(_sessions.items()):
            if pid == os.getpid():
                try:
                    session.close()
                except exceptions.PKCS11Error:
                    continue  # it was over already
        _sessions.clear()


def _with_session(location: str, act: Callable[[Any, Address], T]) -> T:
    """Act in an open session; where the old one is over, once more in a new one."""
    address = read_address(location)
    with _lock:
        try:
            try:
                return act(_session(address), address)
            except GONE:
                forget()
                _module().reinitialize()
                return act(_session(address), address)
        except exceptions.PKCS11Error as error:
            raise KeyUnavailable(_sentence(error)) from error


def _session(address: Address) -> Any:
    module = settings.CERTIFICATE_PKCS11_MODULE
    place = (os.getpid(), module, address.token, address.serial)
    if place not in _sessions:
        token = _token(address)
        _sessions[place] = token.open(user_pin=settings.CERTIFICATE_PKCS11_PIN or None)
    return _sessions[place]


def _module() -> Any:
    """The library of the token, begun anew in a process that was forked from one that had it open."""
    path = settings.CERTIFICATE_PKCS11_MODULE
    if not path:
        raise KeyUnavailable("The key lies in a token, and CERTIFICATE_PKCS11_MODULE does not name its library.")
    try:
        module = pkcs11.lib(path)
        if _loaded_by.setdefault(path, os.getpid()) != os.getpid():
            module.reinitialize()
            _loaded_by[path] = os.getpid()
    except exceptions.PKCS11Error as error:
        raise KeyUnavailable(f"The library of the token cannot be used: {error}") from error
    return module


def _token(address: Address) -> Any:
    found = []
    for slot in _module().get_slots(token_present=True):
        try:
            token = slot.get_token()
        except exceptions.PKCS11Error:
            continue  # not set up yet, or not a token of this library
        serial = token.serial.decode(errors="replace").strip()
        if address.token in {"", token.label} and address.serial in {"", serial}:
            found.append(token)
    named = address.token or address.serial or "any name"
    if not found:
        raise KeyUnavailable(f"No token with the name “{named}” is there.")
    if len(found) > 1:
        raise KeyUnavailable(f"{len(found)} tokens answer to “{named}”: add serial= to the address.")
    return found[0]


def _find(session: Any, address: Address, kind: Any) -> Any:
    wanted: dict[Any, Any] = {pkcs11.Attribute.CLASS: kind}
    if address.object:
        wanted[pkcs11.Attribute.LABEL] = address.object
    if address.id:
        wanted[pkcs11.Attribute.ID] = address.id
    found = list(session.get_objects(wanted))
    what = "private" if kind == pkcs11.ObjectClass.PRIVATE_KEY else "public"
    if not found:
        raise KeyUnavailable(f"The token holds no {what} key “{address.object or address.id.hex()}”.")
    if len(found) > 1:
        raise KeyUnavailable(f"The token holds {len(found)} {what} keys “{address.object}”: add id= to the address.")
    return found[0]


def _sentence(error: Exception) -> str:
    return SENTENCES.get(type(error), f"The token refused: {type(error).__name__} {error}".strip() + ".")
