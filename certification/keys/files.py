"""Key files: PEM (PKCS#8, not encrypted) in CERTIFICATE_KEYS_DIR, open to nobody but the site."""

import os
import re
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from certification.keys import KeyUnavailable
from certification.keys.public import jwk_of

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

_PRIVATE = re.compile(rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----.+?-----END (?:[A-Z]+ )?PRIVATE KEY-----\n?", re.S)
_CERTIFICATES = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n?", re.S)
MOST_BYTES = 65_536
OTHERS = stat.S_IRWXG | stat.S_IRWXO
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def keys_folder() -> Path:
    """The folder of keys, made with mode 0700 when it is not there."""
    folder = Path(settings.CERTIFICATE_KEYS_DIR)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = folder.stat().st_mode
    except OSError as error:
        raise KeyUnavailable(f"The folder of keys {folder} cannot be used: {error.strerror}.") from error
    if mode & OTHERS_WRITE:
        raise KeyUnavailable(f"Others may write into the folder of keys {folder}. Close it: chmod 700 {folder}")
    return folder


def place_of(location: str) -> Path:
    """The file of a key; KeyUnavailable when it lies outside of the folder of keys."""
    folder = keys_folder().resolve()
    path = (folder / location).resolve()
    if not path.is_relative_to(folder):
        raise KeyUnavailable(f"{location} is not in the folder of keys. Put it into {folder} and name it from there.")
    return path


def read_private(location: str) -> PrivateKey:
    """The private key in a file. KeyUnavailable says what is wrong with the file."""
    path = place_of(location)
    data = _bytes_of(path)
    found = _PRIVATE.search(data)
    if found is None:
        raise KeyUnavailable(f"{path} holds no private key in PEM.")
    if b"ENCRYPTED" in found[0]:
        raise KeyUnavailable(
            f"{path} is encrypted. Keep the key plain in a file of mode 0600, or in a token (PKCS#11)."
        )
    try:
        key = load_pem_private_key(found[0], password=None)
        jwk_of(key.public_key())
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnavailable(f"{path} holds no P-256 or Ed25519 key that can be read.") from error
    assert isinstance(key, PrivateKey)
    return key


def read_chain(location: str) -> str:
    """The certificates that stand in a PEM file, in its order; empty when there are none."""
    return "".join(_CERTIFICATES.findall(_bytes_of(place_of(location)).decode("ascii", "replace")))


def create(location: str, content: bytes) -> bool:
    """Write a file of mode 0600, whole or not at all. False when it was there already: nothing is written over.

    The file is written beside and linked into its place: of two processes that begin at once, one wins and the
    other reads what the winner wrote.
    """
    path = place_of(location)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        os.link(beside, path)
    except FileExistsError:
        return False
    except OSError as error:
        raise KeyUnavailable(f"The key file {path} cannot be written: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)
    return True


def _bytes_of(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if mode & OTHERS:
            raise KeyUnavailable(
                f"The key file {path} is open to others (mode {stat.S_IMODE(mode):04o}). Close it: chmod 600 {path}"
            )
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES)
    except FileNotFoundError as error:
        raise KeyUnavailable(f"The key file {path} is not there.") from error
    except OSError as error:
        raise KeyUnavailable(f"The key file {path} cannot be read: {error.strerror}.") from error
