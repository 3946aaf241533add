"""Making one training record, from WAITING to READY or FAILED; a second worker at the same one changes nothing."""

import hashlib
import logging
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string

from certification.choices import KeyPurpose
from certification.keys import KeyUnavailable
from certification.keys.choosing import active_key
from certification.models import SigningKey
from certification.rendering.engine import RenderingUnavailable, write_pdf
from certification.signing import sign_pdf
from learning.kernel.states import IllegalMove, move
from learning.records.choices import PAPER_TRANSITIONS, PaperState
from learning.records.models import TrainingRecord
from learning.records.printing.facts import printed

logger = logging.getLogger(__name__)
STYLE = Path(__file__).resolve().parent.parent / "templates" / "records" / "paper" / "training_record.css"


def make_record(record_id: int) -> bool:
    """Gives whether it is ready now. Without Pango or without a key it waits, until somebody mends that."""
    record = TrainingRecord.objects.filter(pk=record_id, state=PaperState.WAITING).first()
    if record is None:
        return False
    try:
        data, keys = signed(print_record(record))
    except (RenderingUnavailable, KeyUnavailable) as missing:
        logger.error("Training record %s waits: %s", record.code, missing)
        return False
    except Exception:
        logger.exception("Training record %s could not be made.", record.code)
        return _end(record, PaperState.FAILED)
    return _end(record, PaperState.READY, data, **keys)


def print_record(record: TrainingRecord) -> bytes:
    """The paper without its signature, from the frozen facts alone: the same facts give the same bytes."""
    return write_pdf(render_to_string("records/paper/training_record.html", printed(record)), css=STYLE)


def signed(data: bytes) -> tuple[bytes, dict[str, SigningKey | None]]:
    """With the signature of the academy, and that of the second signer where there is one; and the keys that signed.

    Raises KeyUnavailable.
    """
    first, second = active_key(KeyPurpose.DOCUMENT), active_key(KeyPurpose.APPROVAL)
    if first is None:
        raise KeyUnavailable("There is no active key for documents.")
    return sign_pdf(data, first=first, second=second), {"document_key": first, "approval_key": second}


def _end(record: TrainingRecord, state: str, data: bytes = b"", **keys: SigningKey | None) -> bool:
    """The state first: who comes second stores no file. Gives whether the paper is ready."""
    try:
        with transaction.atomic():
            move(record, state, transitions=PAPER_TRANSITIONS, stamp="made_at", **keys)
            if data:
                record.sha256 = hashlib.sha256(data).hexdigest()
                record.file.save(f"{record.code}.pdf", ContentFile(data), save=False)
                record.save(update_fields=["file", "sha256"])
    except IllegalMove:
        logger.info("Training record %s was made by another worker.", record.pk)
        return False
    return state == PaperState.READY
