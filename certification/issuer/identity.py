"""Who signs: the academy as did:web, its DID document, its public keys and its certificate authorities."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from openbadgeslib.ob3.did import build_did_document, multikey_from_pem

from certification.choices import KeyPurpose
from certification.keys.choosing import active_key, trusted_keys
from certification.keys.public import public_key
from certification.models import SigningKey

CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/jwk/v1",
    "https://w3id.org/security/multikey/v1",
]
ALGORITHMS = {"Ed25519": "EdDSA", "P-256": "ES256"}
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----\s.+?\s-----END CERTIFICATE-----", re.S)


def site_address() -> str:
    """SITE_URL without a slash at its end."""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def issuer_did() -> str:
    """The academy as did:web: its host, the colon of a port percent-encoded, as the method asks."""
    return "did:web:" + quote(urlsplit(site_address()).netloc.lower(), safe="")


def key_address(key: SigningKey) -> str:
    """The `kid` of tokens: the key as JWK in the DID document."""
    return f"{issuer_did()}#{key.kid}"


def multikey(key: SigningKey) -> str:
    """The public key in multibase, as Data Integrity proofs name it."""
    pem = public_key(key.public_jwk).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return str(multikey_from_pem(pem))


def multikey_address(key: SigningKey) -> str:
    """The verification method of Data Integrity proofs: the same key as Multikey in the DID document."""
    return f"{issuer_did()}#{multikey(key)}"


def did_document() -> dict[str, Any]:
    """The DID document: every badge key that holds, the active one first, each as JWK and as Multikey.

    A revoked key is left out altogether, not only out of `assertionMethod`: there are verifiers that look for a
    key among all of them (openbadgeslib is one).
    """
    active_key(KeyPurpose.BADGE)  # where a test authority is wanted, it is made before somebody asks for its key
    did, keys = issuer_did(), list(trusted_keys(KeyPurpose.BADGE))
    if not keys:
        return {"@context": CONTEXTS, "id": did, "verificationMethod": [], "assertionMethod": []}
    document = build_did_document(did, [(key.kid, {**key.public_jwk, "alg": "EdDSA"}) for key in keys])
    methods = [{**method, "type": "JsonWebKey"} for method in document["verificationMethod"]]
    for key in keys:
        named = {"id": multikey_address(key), "type": "Multikey", "controller": did}
        methods.append({**named, "publicKeyMultibase": multikey(key)})
    return {
        **document,
        "@context": CONTEXTS,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_set() -> dict[str, Any]:
    """The public keys of every purpose as a JWK Set (RFC 7517), revoked ones left out; signers of PDFs with x5c."""
    found = []
    for purpose in KeyPurpose:
        for key in trusted_keys(purpose):
            jwk = {**key.public_jwk, "kid": key.kid, "use": "sig", "alg": ALGORITHMS[key.public_jwk["crv"]]}
            chain = ["".join(pem.splitlines()[1:-1]) for pem in _CERTIFICATE.findall(key.chain)]
            found.append({**jwk, "x5c": chain} if chain else jwk)
    return {"keys": found}


def authorities() -> str:
    """The certificates above our signers of PDFs in PEM, each once, roots last: for a stranger's program to trust.

    The signers' own certificates are in the PDF. A signer without an authority stands here itself.
    """
    between: dict[str, None] = {}
    roots: dict[str, None] = {}
    active_key(KeyPurpose.DOCUMENT)
    for purpose in (KeyPurpose.DOCUMENT, KeyPurpose.APPROVAL):
        for key in trusted_keys(purpose):
            if chain := _CERTIFICATE.findall(key.chain):
                between.update(dict.fromkeys(chain[1:-1]))
                roots[chain[-1]] = None
    return "".join(f"{pem}\n" for pem in [*between, *roots])
