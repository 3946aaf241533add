"""What a badge says: the frozen facts of a certificate in the words of Open Badges 3.0."""

import base64
import hashlib
import json
from datetime import UTC, date, datetime, time
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone
from openbadgeslib.ob3 import Achievement, Evidence, IdentityObject, Issuer, OpenBadgeCredential, status_entry

from certification.freezing import current_version
from certification.issuer.identity import issuer_did, site_address
from certification.models import BadgeClass, Certificate, DesignVersion
from certification.status.places import give_place
from certification.status.signing import list_address

KIND = "CertificateOfCompletion"
KEY_LENGTH = 26
SALT_LENGTH = 16
# Thai like the rest of what is signed: no setting or catalog changes it.
CAPTION = "หนังสือกับรวงข้าวในวงกลมสีม่วง ตราของผู้ผ่านการอบรม"


def credential_of(certificate: Certificate) -> dict[str, Any]:
    """The credential, not yet signed. ValueError for a certificate that was only recorded from paper.

    The holder is named as on the sheet; a confirmed e-mail address stands beside it as a salted hash, so that
    its owner can prove the badge to a platform that knows the address, and nobody can read it.
    """
    if certificate.is_recorded:
        raise ValueError("A certificate recorded from paper was issued by others: no badge vouches for it.")
    give_place(certificate)
    assert certificate.status_list is not None
    assert certificate.status_index is not None
    badge = badge_class_of(certificate)
    body: dict[str, Any] = OpenBadgeCredential(
        id=f"{certificate.verify_url}/badge.json",
        issuer=Issuer(id=issuer_did(), name=certificate.issuer, url=site_address()),
        recipient_id=None,
        achievement=_achievement(badge),
        issuance_date=certificate.created_at.astimezone(UTC).replace(microsecond=0),
        expiration_date=_end_of(certificate.valid_until) if certificate.valid_until else None,
        identifiers=_identifiers(certificate),
        evidence=[Evidence(id=certificate.verify_url, name="วุฒิบัตร")],
        credential_status=[status_entry(list_address(certificate.status_list), "revocation", certificate.status_index)],
    ).to_vc()
    # A title of 250 characters once more, and a schema on a third site that checkers would have to fetch.
    del body["name"], body["credentialSchema"]
    body["@context"] = body["@context"][:2]
    body["awardedDate"] = _local(certificate.issued_on, time.min).isoformat()
    subject = body["credentialSubject"]
    subject["achievement"] = told_of(badge)
    subject["licenseNumber"] = certificate.number
    if certificate.started_on:
        subject["activityStartDate"] = certificate.started_on.isoformat()
    subject["activityEndDate"] = certificate.completed_on.isoformat()
    return body


def badge_class_of(certificate: Certificate) -> BadgeClass:
    """The kind of badge that a certificate is, made at the first certificate of a course by a version of a design."""
    version = _version_of(certificate)
    hours = certificate.hours.normalize()
    facts = [version.pk, certificate.subject, certificate.course_title, certificate.statement, f"{hours:f}"]
    digest = hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).digest()
    key = base64.b32encode(digest).decode().lower()[:KEY_LENGTH]
    made, _new = BadgeClass.objects.get_or_create(
        key=key,
        defaults={
            "version": version,
            "subject": certificate.subject,
            "name": certificate.course_title,
            "statement": certificate.statement,
            "hours": certificate.hours,
        },
    )
    return made


def told_of(badge: BadgeClass) -> dict[str, Any]:
    """What badges of a kind stand for, as it stands in them and at its own address.

    The picture is named by its address alone: inside the file it would take a third of what a sheet may weigh.
    """
    told: dict[str, Any] = _achievement(badge).to_dict()
    told["image"]["caption"] = CAPTION
    return {**told, "inLanguage": "th"}


def _achievement(badge: BadgeClass) -> Achievement:
    address = f"{site_address()}/v/achievements/{badge.key}/"
    return Achievement(
        id=address,
        name=badge.name,
        description=badge.description,
        criteria_narrative=badge.narrative,
        achievement_type=KIND,
        image_url=f"{address}image.png",
    )


def _version_of(certificate: Certificate) -> DesignVersion:
    if certificate.version is not None:
        return certificate.version
    assert certificate.design is not None, "An issued certificate has its design."
    return current_version(certificate.design)


def _identifiers(certificate: Certificate) -> list[IdentityObject]:
    """The names as printed, Thai first, and a hash of a confirmed e-mail address under a salt of this badge alone.

    Open Badges know neither a language of a name nor two kinds of it: the second is one more of the type "name".
    Telephone numbers and citizen numbers are never hashed: there are so few that a machine tries them all.
    """
    names = [certificate.holder_name, *filter(None, [certificate.holder_name_en])]
    found = [IdentityObject(identity_hash=name, identity_type="name", hashed=False) for name in names]
    addresses = EmailAddress.objects.filter(user_id=certificate.holder_id, verified=True).order_by("-primary", "pk")
    if address := addresses.values_list("email", flat=True).first():
        found.append(IdentityObject.create(address.strip().lower(), salt=_salt(certificate.code)))
    return found


def _salt(code: str) -> str:
    """Another one for each badge, so that two badges of a person show no common hash; made twice it is the same.

    It need not be secret: it stands in the badge, as Open Badges ask.
    """
    return base64.urlsafe_b64encode(hashlib.sha256(f"salt of badge {code}".encode()).digest()).decode()[:SALT_LENGTH]


def _local(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, timezone.get_default_timezone())


def _end_of(day: date) -> datetime:
    return _local(day, time(23, 59, 59))
