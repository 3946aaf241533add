"""Badges and status lists of other sites, read with the public keys that whoever checks has got from there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import jwt
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import decode_encoded_list

from certification.issuer.jws import Malformed, unverified
from certification.status.reading import ListFinding, ReadList

ALGORITHMS = ["EdDSA", "ES256", "RS256"]


@dataclass(frozen=True)
class Elsewhere:
    """`payload` is there only when one of the keys made its signature, and the issuer is the one of the keys."""

    is_whole: bool
    payload: Mapping[str, Any] = field(default_factory=dict)


def read_elsewhere(token: str, did_document: Mapping[str, Any], *, now: datetime) -> Elsewhere:
    """A badge as VC-JWT against a DID document. Never raises for what stands in either."""
    try:
        header, payload = unverified(token)
    except Malformed:
        return Elsewhere(False)
    issuer = payload.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if named != did_document.get("id") or not _fits(token, str(header.get("kid", "")), did_document):
        return Elsewhere(False)
    return Elsewhere(True, payload)


def read_list_elsewhere(token: str, did_document: Mapping[str, Any], *, now: datetime) -> ReadList:
    """A status list of another site."""
    read = read_elsewhere(token.strip(), did_document, now=now)
    if not read.is_whole:
        return ReadList(ListFinding.BAD_SIGNATURE)
    try:
        subject = read.payload["credentialSubject"]
        bits = decode_encoded_list(subject["encodedList"])
        number = int(str(read.payload["id"]).rsplit("/", 1)[-1])
        ends = datetime.fromisoformat(str(read.payload["validUntil"]))
        is_over = ends < now
    except (KeyError, TypeError, ValueError, LibOpenBadgesException):
        return ReadList(ListFinding.MALFORMED)
    return ReadList(ListFinding.EXPIRED if is_over else ListFinding.GOOD, number, bits)


def _fits(token: str, kid: str, did_document: Mapping[str, Any]) -> bool:
    methods = did_document.get("verificationMethod")
    for method in methods if isinstance(methods, list) else []:
        jwk = method.get("publicKeyJwk") if isinstance(method, dict) else None
        if not isinstance(jwk, dict) or (kid and method.get("id") not in (kid, f"#{kid.partition('#')[2]}")):
            continue
        try:
            jwt.api_jws.decode_complete(token, jwt.PyJWK.from_dict(jwk).key, algorithms=ALGORITHMS)
            return True
        except (jwt.exceptions.PyJWTError, ValueError, TypeError):
            continue
    return False
