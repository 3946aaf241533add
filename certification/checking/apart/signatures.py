"""The signatures of a PDF: is each one right, what does it cover, what was changed after it, whose key made it."""

import asyncio
import base64
import io
import logging
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certification.checking.apart.limits import MAX_REVISIONS, MAX_SIGNATURES

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def read_signatures(content: bytes, runner: asyncio.Runner) -> dict[str, Any]:
    """Each signature, first to last; `signature_problem` when they cannot be read. Never raises.

    pyHanko's own synchronous call would open a loop of its own, for which nothing can be opened any more.
    """
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=True)
        found = reader.embedded_regular_signatures
        if len(found) > MAX_SIGNATURES or reader.xrefs.total_revisions > MAX_REVISIONS:
            return {"signature_problem": "too-many", "signatures": []}
        return {"signature_problem": "", "signatures": [_facts(reader, one, runner) for one in found]}
    except Exception:
        return {"signature_problem": "unreadable", "signatures": []}


def _facts(reader: PdfFileReader, signature: EmbeddedPdfSignature, runner: asyncio.Runner) -> dict[str, Any]:
    """Whether the key is one to trust is not asked here: who reads this compares it with the keys it knows."""
    context = ValidationContext(trust_roots=[], allow_fetching=False)
    status = runner.run(async_validate_pdf_signature(signature, context))
    certificate = status.signing_cert
    changed = status.modification_level
    signed_at = signature.self_reported_timestamp
    return {
        "field": signature.field_name,
        "is_right": bool(status.intact and status.valid),
        "covers_all": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        "covers_revision": status.coverage.value >= SignatureCoverageLevel.ENTIRE_REVISION.value,
        "changes": changed.name.lower() if changed is not None else "unknown",
        "changes_are_allowed": _changes_are_allowed(status),
        "pages_then": _pages(reader, signature.signed_revision),
        "pages_now": int(reader.root["/Pages"]["/Count"]),
        "signer": str(certificate.subject.native.get("common_name", certificate.subject.human_friendly))[:200],
        "organization": str(certificate.subject.native.get("organization_name", ""))[:200],
        "certificate": base64.b64encode(certificate.dump()).decode(),
        "signed_at": signed_at.isoformat() if signed_at else "",
        "timestamp": _timestamp(status),
    }


def _changes_are_allowed(status: PdfSignatureStatus) -> bool:
    return bool(status.docmdp_ok) and status.modification_level not in (None, ModificationLevel.OTHER)


def _pages(reader: PdfFileReader, revision: int) -> int:
    try:
        return int(reader.get_historical_root(revision)["/Pages"]["/Count"])
    except Exception:
        return 0


def _timestamp(status: PdfSignatureStatus) -> dict[str, Any] | None:
    stamp = status.timestamp_validity
    if stamp is None:
        return None
    return {
        "is_right": bool(stamp.intact and stamp.valid),
        "at": stamp.timestamp.isoformat(),
        "by": str(stamp.signing_cert.subject.native.get("common_name", ""))[:200],
    }
