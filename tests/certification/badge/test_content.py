"""What a badge says: the facts of the sheet, in Thai, and of the person no more than the sheet does."""

import hashlib
from datetime import date, datetime
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError

from certification.badge import make_credential
from certification.badge.content import badge_class_of
from certification.choices import Origin
from certification.freezing import current_version
from certification.issuer.identity import issuer_did
from certification.keys.public import public_key
from certification.models import BadgeClass, Certificate, CertificateDesign
from learning.people.models import User
from tests.certification.badge.conftest import Badge, badge_key, badge_of
from tests.certification.conftest import Issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]
KILOBYTE = 1024


def test_a_badge_says_what_the_sheet_says(badge: Badge) -> None:
    certificate, said = badge.certificate, badge.payload
    index = str(certificate.status_index)
    key = said["credentialSubject"]["achievement"]["id"].split("/")[-2]
    salt = said["credentialSubject"]["identifier"][1]["salt"]
    digest = hashlib.sha256(f"malee@example.org{salt}".encode()).hexdigest()
    assert said == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"{certificate.verify_url}/badge.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": "did:web:127.0.0.1%3A8000",
            "type": ["Profile"],
            "name": "สหกรณ์อะคาเดมี",
            "url": "http://127.0.0.1:8000",
        },
        "validFrom": certificate.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "awardedDate": f"{certificate.issued_on.isoformat()}T00:00:00+07:00",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": f"http://127.0.0.1:8000/v/achievements/{key}/",
                "type": ["Achievement"],
                "name": "การควบคุมภายใน",
                "description": "หลักสูตรฝึกอบรม จำนวน 3 ชั่วโมง จัดโดยสหกรณ์อะคาเดมี",
                "criteria": {"narrative": "ได้ผ่านการอบรมและทดสอบหลักสูตร"},
                "achievementType": "CertificateOfCompletion",
                "image": {
                    "id": f"http://127.0.0.1:8000/v/achievements/{key}/image.png",
                    "type": "Image",
                    "caption": "หนังสือกับรวงข้าวในวงกลมสีม่วง ตราของผู้ผ่านการอบรม",
                },
                "inLanguage": "th",
            },
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": "นางมาลี ใจดี", "identityType": "name"},
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": f"sha256${digest}",
                    "identityType": "emailAddress",
                    "salt": salt,
                },
            ],
            "licenseNumber": certificate.number,
            "activityEndDate": "2026-11-23",
        },
        "evidence": [{"type": ["Evidence"], "id": certificate.verify_url, "name": "วุฒิบัตร"}],
        "credentialStatus": {
            "id": f"http://127.0.0.1:8000/status/1#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": index,
            "statusListCredential": "http://127.0.0.1:8000/status/1",
        },
        "iss": issuer_did(),
        "jti": f"{certificate.verify_url}/badge.json",
        "nbf": int(certificate.created_at.timestamp()),
    }


def test_both_forms_say_the_same(badge: Badge) -> None:
    registered = {"iss", "jti", "nbf", "exp"}
    document = {name: value for name, value in badge.document.items() if name != "proof"}
    assert document == {name: value for name, value in badge.payload.items() if name not in registered}


def test_made_twice_it_is_the_same_badge(badge: Badge) -> None:
    badge.certificate.refresh_from_db()
    assert make_credential(badge.certificate, key=badge_key()) == badge.token


def test_neither_mail_nor_telephone_nor_account_stand_in_a_badge(badge: Badge, malee: User) -> None:
    malee.phone, malee.username = "+66812345678", "malee"
    malee.save()
    for text in (str(badge.payload), str(badge.document)):
        assert [word for word in ("alee@", "example.org", "81234", "'malee'") if word in text] == []


@pytest.mark.parametrize("verified", [None, False])
def test_an_address_that_nobody_confirmed_proves_nothing(verified: bool | None, issue: Issue, malee: User) -> None:
    if verified is not None:
        EmailAddress.objects.create(user=malee, email="malee@example.org", verified=verified, primary=True)
    identifiers = badge_of(issue()).payload["credentialSubject"]["identifier"]
    assert [one["identityType"] for one in identifiers] == ["name"]


def test_two_badges_of_a_person_show_no_common_hash(badge: Badge, issue: Issue) -> None:
    other = badge_of(issue())
    first, second = (one.payload["credentialSubject"]["identifier"][1] for one in (badge, other))
    assert first["identityType"] == second["identityType"] == "emailAddress"
    assert first["salt"] != second["salt"]
    assert first["identityHash"] != second["identityHash"]


def test_a_certificate_that_expires_gives_a_badge_that_does(issue: Issue, design: CertificateDesign) -> None:
    design.valid_months = 24
    design.save()
    certificate = issue(started_on=date(2026, 11, 21), hours=Decimal("12.5"))
    badge = badge_of(certificate)
    said = badge.payload
    until = certificate.valid_until
    assert until is not None
    # The library writes moments in UTC: the last second of the day in Bangkok.
    assert said["validUntil"] == f"{until.isoformat()}T16:59:59Z"
    assert said["exp"] == int(datetime.fromisoformat(said["validUntil"]).timestamp())
    assert said["credentialSubject"]["activityStartDate"] == "2026-11-21"
    assert "จำนวน 12.5 ชั่วโมง" in said["credentialSubject"]["achievement"]["description"]


def test_a_design_tells_employers_what_had_to_be_done(issue: Issue, design: CertificateDesign) -> None:
    design.criteria = "เข้าอบรมไม่น้อยกว่าร้อยละ 80 และสอบได้ไม่น้อยกว่าร้อยละ 60"
    design.save()
    criteria = badge_of(issue()).payload["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert criteria == f"ได้ผ่านการอบรมและทดสอบหลักสูตร\n{design.criteria}"


def test_certificates_of_a_course_by_a_version_share_what_their_badge_stands_for(
    issue: Issue, design: CertificateDesign
) -> None:
    first, second = (badge_class_of(issue(subject="course:3")) for _ in range(2))
    other = badge_class_of(issue(subject="course:4", course_title="การบัญชีสหกรณ์"))
    design.statement = "ได้เข้ารับการอบรมหลักสูตร"
    design.save()
    later = badge_class_of(issue(subject="course:3"))
    assert first == second
    assert len({first.key, other.key, later.key}) == 3 == BadgeClass.objects.count()


def test_paper_of_before_gets_no_badge(issue: Issue) -> None:
    certificate = issue()
    certificate.origin = Origin.RECORDED
    with pytest.raises(ValueError, match="recorded from paper"):
        make_credential(certificate, key=badge_key())


def test_a_certificate_from_before_there_were_lists_gets_its_place_and_its_version(issue: Issue) -> None:
    certificate = issue()
    Certificate.objects.filter(pk=certificate.pk).update(version=None, status_list=None, status_index=None)
    certificate.refresh_from_db()
    badge = badge_of(certificate)
    kept = Certificate.objects.get()
    assert badge.payload["credentialStatus"]["statusListIndex"] == str(kept.status_index)
    assert kept.design is not None
    assert BadgeClass.objects.get().version == current_version(kept.design)


def test_a_badge_is_small_enough_for_its_sheet(badge: Badge, issue: Issue) -> None:
    assert len(badge.token) < 3 * KILOBYTE
    long = badge_of(issue(course_title="ก" * 250, holder_name="ข" * 250))
    assert len(long.token) < 6 * KILOBYTE


def test_the_proof_signs_every_word_of_the_document(badge: Badge, issue: Issue) -> None:
    """openbadgeslib compares the JSON with the statements signed: a term that no context knows is left out of them."""
    pem = public_key(badge_key().public_jwk).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    full = badge_of(issue(started_on=date(2026, 11, 1)))
    assert OB3LdpVerifier(pubkey_pem=pem).verify(full.document).id == full.payload["id"]
    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier(pubkey_pem=pem).verify({**full.document, "remark": "ดีเด่น"})
