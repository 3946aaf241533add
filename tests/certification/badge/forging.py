"""Tokens as somebody with bad intent makes them: any header, any payload, any key."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any


def encoded(value: Any) -> str:
    text = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    header, payload, _signature = token.split(".")
    return tuple(json.loads(base64.urlsafe_b64decode(part + "==")) for part in (header, payload))  # type: ignore


def forged(header: Any, payload: Any, sign: Callable[[bytes], bytes] = lambda _data: b"") -> str:
    signed = f"{encoded(header)}.{encoded(payload)}"
    return f"{signed}.{encoded(sign(signed.encode()))}"


def changed(token: str, **facts: Any) -> str:
    """The token with another payload under the same signature."""
    header, _payload, signature = token.split(".")
    return ".".join([header, encoded({**parts(token)[1], **facts}), signature])


def hmac_with(secret: bytes) -> Callable[[bytes], bytes]:
    return lambda data: hmac.new(secret, data, hashlib.sha256).digest()
