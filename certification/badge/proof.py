"""Data Integrity proofs by eddsa-rdfc-2022 (W3C). Contexts come with openbadgeslib; none is ever fetched."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpVerifier, verify_data_integrity_proof
from openbadgeslib.ob3.contexts import document_loader
from pyld import jsonld

from certification.issuer.jws import BadSignature
from certification.keys.opening import sign_raw
from certification.keys.public import public_key
from certification.models import SigningKey

SUITE = "eddsa-rdfc-2022"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def add_proof(body: dict[str, Any], *, key: SigningKey, method: str) -> dict[str, Any]:
    """A credential with its proof. The library has a signer, but wants the key in PEM, and ours may lie in a token."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signed = _digest({**proof, "@context": body["@context"]}) + _digest(body)
    return {**body, "proof": {**proof, "proofValue": "z" + base58(sign_raw(key, signed))}}


def check_proof(document: dict[str, Any], key: SigningKey) -> None:
    """BadSignature unless the proof is good and the document says nothing beside what was signed."""
    pem = public_key(key.public_jwk).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        verify_data_integrity_proof(document, pem)
    except LibOpenBadgesException as error:
        raise BadSignature from error


def check_form(document: dict[str, Any], key: SigningKey) -> None:
    """BadSignature when the JSON reads otherwise than the statements that the proof signs; also outside of its time."""
    pem = public_key(key.public_jwk).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        OB3LdpVerifier(pubkey_pem=pem).verify(document)
    except LibOpenBadgesException as error:
        raise BadSignature from error


def base58(data: bytes) -> str:
    """Base58 as Bitcoin writes it: a leading zero byte is a leading 1."""
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        digits = BASE58[rest] + digits
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def _digest(document: dict[str, Any]) -> bytes:
    """SHA-256 of the canonical statements (RDFC-1.0, which PyLD knows by its earlier name)."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": document_loader()}
    return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()
