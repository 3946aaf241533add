"""Keeping the file of a certificate: its bytes, their hash, the credential and the keys are written once."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.utils import timezone

from certification.choices import KeyState
from certification.keys import KeyUnavailable
from certification.making import Made
from certification.models import Certificate, SigningKey, certificate_storage


def store_file(certificate_id: int, made: Made) -> bool:
    """Keep what was made, all at once. False when another was first: bytes are stored once.

    Every try writes under a name of its own, which stands on the row before the first byte is written. So no
    file is ever written over, and who wins takes away what a try before left behind. KeyUnavailable when a key
    went out of use while it signed: the bytes could never be mended, so it is made again with the next key.
    """
    waiting = Certificate.objects.filter(pk=certificate_id, rendered_at__isnull=True)
    _refuse_ended_keys(made)
    known = waiting.values_list("code", "file", "issued_on").first()
    if known is None:
        return False
    code, left_behind, issued_on = known
    storage = certificate_storage()
    name = f"{issued_on:%Y/%m}/{code}-{secrets.token_hex(4)}.pdf"
    if not waiting.update(file=name):
        return False
    try:
        written = storage.save(name, ContentFile(made.content))
        is_kept = bool(
            waiting.update(
                file=written,
                sha256=hashlib.sha256(made.content).hexdigest(),
                byte_count=len(made.content),
                rendered_at=timezone.now(),
                credential=made.credential,
                credential_json=made.credential_json,
                document_key=made.document_key,
                approval_key=made.approval_key,
                badge_key=made.badge_key,
                trouble="",
            )
        )
    except BaseException:
        storage.delete(name)
        raise
    if not is_kept:
        storage.delete(written)
    elif left_behind:
        storage.delete(left_behind)
    return is_kept


def _refuse_ended_keys(made: Made) -> None:
    used = {key.pk for key in (made.document_key, made.approval_key, made.badge_key) if key is not None}
    if used and SigningKey.objects.filter(pk__in=used).exclude(state=KeyState.ACTIVE).exists():
        raise KeyUnavailable("A key went out of use while it signed. The file is made again with the next one.")
