"""Open Badges 3.0: the certificate as a credential that other programs read, and who signs it."""

from certification.badge.making import credential_with_proof, make_credential
from certification.badge.reading import Finding, Read, read_credential
from certification.issuer.identity import did_document, issuer_did

__all__ = [
    "Finding",
    "Read",
    "credential_with_proof",
    "did_document",
    "issuer_did",
    "make_credential",
    "read_credential",
]
