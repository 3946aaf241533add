"""Keeping the file of a certificate: its bytes and their hash are written once."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certification.models import Certificate


@transaction.atomic
def store_file(certificate_id: int, content: bytes) -> bool:
    """Keep the bytes and their hash. False when they are there already: bytes are stored once."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
    if certificate.has_file:
        return False
    certificate.file.save(f"{certificate.code}.pdf", ContentFile(content), save=False)
    certificate.sha256 = hashlib.sha256(content).hexdigest()
    certificate.byte_count = len(content)
    certificate.rendered_at = timezone.now()
    certificate.save(update_fields=["file", "sha256", "byte_count", "rendered_at"])
    return True
