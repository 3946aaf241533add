"""A design as an immutable version: texts, signers, layout, and the bytes of its pictures."""

import hashlib
import json
import logging
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from certification.choices import SheetLanguages
from certification.models import CertificateDesign, DesignVersion, KeptPicture
from certification.pictures import small_copy

logger = logging.getLogger(__name__)

TEXTS = (
    "layout",
    "border",
    "languages",
    "heading",
    "heading_en",
    "issuer",
    "issuer_en",
    "opening",
    "opening_en",
    "statement",
    "statement_en",
    "criteria",
)
SIGNER_TEXTS = ("name", "name_en", "position", "position_en")


class UnsignedDesign(ValueError):
    """A design that nobody signs gives no certificate: its form asks for one to three signers."""


def current_version(design: CertificateDesign, *, by: AbstractBaseUser | None = None) -> DesignVersion:
    """The version that a certificate issued now is printed from; a changed design gets its next one.

    Two who need a new version at once: the second waits for the first, and takes its version. A picture that
    was spoilt in the library since leaves the latest version in use, and a line in the log.
    Raises UnsignedDesign, and ValidationError for a first version whose picture cannot be printed.
    """
    seen = fingerprint(design)
    latest = design.versions.order_by("-number").first()
    if latest is not None and latest.fingerprint == seen:
        return latest
    with transaction.atomic():
        CertificateDesign.objects.select_for_update().get(pk=design.pk)
        latest = design.versions.order_by("-number").first()
        if latest is not None and latest.fingerprint == seen:
            return latest
        number = (design.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        try:
            spec, pictures = freeze(design)
        except ValidationError as error:
            if latest is None:
                raise
            logger.error("Design %s keeps its version %s: %s", design.slug, latest.number, "; ".join(error.messages))
            return latest
        if not spec["signers"]:
            raise UnsignedDesign(f"The certificate design “{design.slug}” has no signer: add one in the admin.")
        version = DesignVersion.objects.create(
            design=design, number=number, fingerprint=seen, spec=spec, created_by_id=by.pk if by else None
        )
        version.pictures.set(_kept(media_type, content) for media_type, content in pictures.values())
    return version


def prints_english(version: DesignVersion) -> bool:
    """Whether its sheets have English lines beneath the Thai ones."""
    return bool(version.spec["languages"] == SheetLanguages.BOTH)


def fingerprint(design: CertificateDesign) -> str:
    """SHA-256 of everything a sheet shows; pictures by the hash that their library keeps, so none is opened."""
    seen = {name: getattr(design, name) for name in TEXTS}
    seen["pictures"] = [_mark(design.logo), _mark(design.seal)]
    seen["signers"] = [
        [*(getattr(signer, name) for name in SIGNER_TEXTS), _mark(signer.picture)] for signer in _signers(design)
    ]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def freeze(design: CertificateDesign) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    """A design as plain values, and the small copies of its pictures (media type, bytes) by their SHA-256.

    Writes nothing, so that a design can be looked at before it is saved. ValidationError for a picture that
    cannot be printed.
    """
    pictures: dict[str, tuple[str, bytes]] = {}
    signers = _signers(design)
    signatures = sum(signer.picture is not None for signer in signers)

    def keep(image: Any, role: str, of: int = 1) -> str:
        if image is None:
            return ""
        with image.file.open("rb") as opened:
            media_type, content = small_copy(opened.read(), role, of=of)
        name = hashlib.sha256(content).hexdigest()
        pictures[name] = (media_type, content)
        return name

    spec: dict[str, Any] = {name: getattr(design, name) for name in TEXTS}
    spec["logo"], spec["seal"] = keep(design.logo, "logo"), keep(design.seal, "seal")
    spec["signers"] = [
        {
            **{name: getattr(signer, name) for name in SIGNER_TEXTS},
            "picture": keep(signer.picture, "signature", of=signatures),
        }
        for signer in signers
    ]
    return spec, pictures


def _signers(design: CertificateDesign) -> list[Any]:
    return list(design.signers.select_related("picture") if design.pk else design.signers.all())


def _mark(image: Any) -> str:
    return f"{image.pk}:{image.get_file_hash()}" if image is not None else ""


def _kept(media_type: str, content: bytes) -> KeptPicture:
    name = hashlib.sha256(content).hexdigest()
    kept = KeptPicture.objects.filter(sha256=name).first()
    if kept is None:
        kept = KeptPicture(sha256=name, media_type=media_type)
        kept.file.save(name, ContentFile(content), save=True)
    return kept
