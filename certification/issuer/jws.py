"""Signed tokens in the compact form of JWS (RFC 7515), with Ed25519 alone (RFC 8037)."""

import json
from typing import Any

import jwt

from certification.keys.opening import sign_raw
from certification.keys.public import encode, public_key
from certification.models import SigningKey

ALGORITHM = "EdDSA"
MOST_CHARACTERS = 65_536


class Malformed(ValueError):
    """The text is no token at all."""


class WrongAlgorithm(ValueError):
    """The token names an algorithm that we never sign with."""


class BadSignature(ValueError):
    """The token was changed after it was signed, or somebody else signed it."""


def sign_token(payload: dict[str, Any], *, key: SigningKey, kid: str, typ: str) -> str:
    """Thai stays UTF-8: the escapes that JSON allows would double the size of a badge."""
    header = {"alg": ALGORITHM, "typ": typ, "kid": kid}
    signed = ".".join(encode(_json(part)) for part in (header, payload))
    return f"{signed}.{encode(sign_raw(key, signed.encode()))}"


def unverified(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and payload as they stand, to learn whose key is asked for. Malformed when they cannot be read."""
    if len(token) > MOST_CHARACTERS or not token.isascii():
        raise Malformed
    try:
        read = jwt.api_jws.decode_complete(token, options={"verify_signature": False})
        header, payload = read["header"], json.loads(read["payload"])
    except (jwt.exceptions.PyJWTError, ValueError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise Malformed
    return header, payload


def check_signature(token: str, key: SigningKey) -> None:
    """WrongAlgorithm or BadSignature; the header never chooses the algorithm."""
    header, _payload = unverified(token)
    if header.get("alg") != ALGORITHM:
        raise WrongAlgorithm
    try:
        jwt.api_jws.decode_complete(token, public_key(key.public_jwk), algorithms=[ALGORITHM])
    except jwt.exceptions.PyJWTError as error:
        raise BadSignature from error


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
