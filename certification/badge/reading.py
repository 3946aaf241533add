"""Reading a badge that somebody shows: whose it is and whether it holds. No address in it is ever asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from certification.badge.proof import check_form, check_proof
from certification.choices import KeyPurpose, KeyState
from certification.codes import is_well_formed
from certification.issuer.identity import issuer_did, multikey
from certification.issuer.jws import (
    MOST_CHARACTERS,
    BadSignature,
    Malformed,
    WrongAlgorithm,
    check_signature,
    unverified,
)
from certification.keys.choosing import keys_of
from certification.models import SigningKey

TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
MOST_NAME = 200
SKEW = timedelta(minutes=2)  # between the clocks of two servers


class Finding(TextChoices):
    """What came of reading; the label is the sentence for people."""

    GOOD = "good", _("The badge is whole and was signed by this academy.")
    MALFORMED = "malformed", _("This is not an Open Badge that can be read.")
    OTHER_SITE = "other-site", _("This badge was issued by another site, so it can only be checked there.")
    WRONG_ALGORITHM = "wrong-algorithm", _("This badge names a way of signing that this academy never uses.")
    UNKNOWN_KEY = "unknown-key", _("This badge names this academy, but not one of its keys.")
    BAD_SIGNATURE = "bad-signature", _("This badge was changed after it was signed, or this academy never signed it.")
    REVOKED_KEY = "revoked-key", _("The key that signed this badge was revoked, so its signature no longer counts.")
    NOT_A_BADGE = "not-a-badge", _("This academy signed it, but it is not the badge of a certificate.")
    NOT_YET_VALID = "not-yet-valid", _("This badge is not valid yet.")
    EXPIRED = "expired", _("The time of this badge is over.")


SIGNED_BY_US = frozenset({Finding.GOOD, Finding.NOT_A_BADGE, Finding.NOT_YET_VALID, Finding.EXPIRED})


@dataclass(frozen=True)
class Read:
    """`payload` is what the signature covers; empty where no signature of ours holds. `issuer` is only claimed then."""

    finding: Finding
    issuer: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)
    key: SigningKey | None = None

    @property
    def is_good(self) -> bool:
        return self.finding == Finding.GOOD

    @property
    def is_signed_by_us(self) -> bool:
        """The signature holds, whatever else is wrong."""
        return self.finding in SIGNED_BY_US

    @property
    def code(self) -> str:
        """The code of the certificate that the badge belongs to; empty when it names none."""
        parts = str(self.payload.get("id", "")).removesuffix("/badge.json").rsplit("/", 1)
        return parts[-1] if is_well_formed(parts[-1]) else ""


def read_credential(text: str, *, now: datetime) -> Read:
    """A badge as VC-JWT, or as JSON with a Data Integrity proof, at a moment.

    Trust rests on our own keys, not on a name: a badge from before the site moved to another address is ours.
    Whether it was revoked, certification.status says.
    """
    text = text.strip()
    try:
        return _read_document(text, now) if text.startswith("{") else _read_token(text, now)
    except Malformed:
        return Read(Finding.MALFORMED)


def _read_token(token: str, now: datetime) -> Read:
    header, payload = unverified(token)
    read = _whose(str(header.get("kid", "")), payload)
    if read.key is None:
        return read
    try:
        check_signature(token, read.key)
    except WrongAlgorithm:
        return Read(Finding.WRONG_ALGORITHM, read.issuer)
    except BadSignature:
        return Read(Finding.BAD_SIGNATURE, read.issuer, key=read.key)
    is_whole = payload.get("iss") == read.issuer and payload.get("jti") == payload.get("id")
    return _judged(payload, read, now, is_whole=is_whole)


def _read_document(text: str, now: datetime) -> Read:
    try:
        document = json.loads(text) if len(text) <= MOST_CHARACTERS else None
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(document, dict) or not isinstance(proof := document.get("proof"), dict):
        raise Malformed
    read = _whose(str(proof.get("verificationMethod", "")), document)
    if read.key is None:
        return read
    if (proof.get("type"), proof.get("cryptosuite")) != ("DataIntegrityProof", "eddsa-rdfc-2022"):
        return Read(Finding.WRONG_ALGORITHM, read.issuer)
    judged = _judged(document, read, now, is_whole=True)
    try:
        check_proof(document, read.key)
        if judged.is_good:
            check_form(document, read.key)
    except BadSignature:
        return Read(Finding.BAD_SIGNATURE, read.issuer, key=read.key)
    return judged


def _whose(kid: str, payload: Mapping[str, Any]) -> Read:
    """The key of ours that a badge names, or why there is none."""
    issuer = _issuer(payload)
    did, _sign, fragment = kid.partition("#")
    key = next((one for one in keys_of(KeyPurpose.BADGE) if fragment in (one.kid, multikey(one))), None)
    if key is not None and did in ("", issuer):
        return Read(Finding.GOOD, issuer, key=key)
    return Read(Finding.UNKNOWN_KEY if issuer == issuer_did() else Finding.OTHER_SITE, issuer)


def _judged(payload: Mapping[str, Any], read: Read, now: datetime, *, is_whole: bool) -> Read:
    """What is left to judge once the signature holds."""
    assert read.key is not None
    types = payload.get("type")
    names = {name for name in types if isinstance(name, str)} if isinstance(types, list) else set()
    finding = Finding.GOOD
    if read.key.state == KeyState.REVOKED:
        return Read(Finding.REVOKED_KEY, read.issuer, key=read.key)  # whoever took the key may have written it
    if not is_whole or not names & TYPES or "VerifiableCredential" not in names:
        finding = Finding.NOT_A_BADGE
    else:
        begins, ends = _moment(payload.get("validFrom")), _moment(payload.get("validUntil"))
        if begins is None or ("validUntil" in payload and ends is None):
            finding = Finding.NOT_A_BADGE
        elif begins > now + SKEW:
            finding = Finding.NOT_YET_VALID
        elif ends is not None and ends < now:
            finding = Finding.EXPIRED
    return Read(finding, read.issuer, payload, read.key)


def _issuer(payload: Mapping[str, Any]) -> str:
    issuer = payload.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    return named[:MOST_NAME] if isinstance(named, str) else ""


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo else None
