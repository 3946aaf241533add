"""The file of a certificate, from the frozen row to the signed bytes. Writes nothing.

Credential → proof for the second QR code → sheet with the credential inside → signatures.
"""

import json
from dataclasses import dataclass

from certification.badge import credential_with_proof, make_credential
from certification.choices import KeyPurpose
from certification.facts import printed_facts
from certification.keys import KeyUnavailable
from certification.keys.choosing import active_key
from certification.models import Certificate, SigningKey
from certification.offline import sheet_proof
from certification.rendering.engine import RenderingUnavailable, render_pdf
from certification.signing import sign_pdf

# What waits until somebody mends the site: a missing library, key, token or time stamp, a storage that is away.
# Everything else is about one certificate.
SITE_TROUBLES = (RenderingUnavailable, KeyUnavailable, OSError)
CREDENTIAL_NAME = "credential.jwt"


class NameMissing(ValueError):
    """The person had no name on the day of issue."""


@dataclass(frozen=True)
class Made:
    """The bytes to keep, the credential in both forms, and the keys that signed them."""

    content: bytes
    credential: str = ""
    credential_json: str = ""
    document_key: SigningKey | None = None
    approval_key: SigningKey | None = None
    badge_key: SigningKey | None = None


def make_file(certificate: Certificate) -> Made:
    """Render, sign and seal one certificate; its place in the status list was taken when it was issued.

    Raises one of SITE_TROUBLES, and ValueError for facts that cannot be printed.
    """
    if not certificate.holder_name:
        raise NameMissing("The person had no name on the day of issue. Replace it by one with the name.")
    badge, offline = _key(KeyPurpose.BADGE), _key(KeyPurpose.OFFLINE)
    document, approval = _key(KeyPurpose.DOCUMENT), active_key(KeyPurpose.APPROVAL)
    certificate.credential = make_credential(certificate, key=badge)  # what the proof is then made of
    facts = printed_facts(certificate, sheet_proof(certificate, key=offline))
    sheet = render_pdf(facts, attachments=[_attached(certificate)])
    return Made(
        content=sign_pdf(sheet, first=document, second=approval),
        credential=certificate.credential,
        credential_json=json.dumps(credential_with_proof(certificate, key=badge), ensure_ascii=False),
        document_key=document,
        approval_key=approval,
        badge_key=badge,
    )


def _key(purpose: KeyPurpose) -> SigningKey:
    key = active_key(purpose)
    if key is None:
        raise KeyUnavailable(f"No key is active for {purpose.label}. Add one with the command certificate_keys.")
    return key


def _attached(certificate: Certificate) -> object:
    """The credential as a file inside the PDF, with the moment of issue: the same row gives the same bytes."""
    from weasyprint import Attachment  # the site starts without it

    return Attachment(
        string=certificate.credential,
        name=CREDENTIAL_NAME,
        description="Open Badges 3.0",
        created=certificate.created_at,
        modified=certificate.created_at,
        relationship="Data",
    )
