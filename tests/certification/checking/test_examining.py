"""A file is told the truth about: what holds, what does not, and what nobody here can say."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from certification.checking.examining import examine
from certification.checking.headline import headline
from certification.checking.report import Report, Verdict
from certification.choices import KeyState
from certification.flows import replace, revoke
from certification.issuer.jws import unverified
from certification.models import Certificate, CertificateDesign, SigningKey, StatusList
from certification.status import sign_anew
from learning.people.models import User
from tests.certification.badge.forging import encoded
from tests.certification.checking import papers
from tests.certification.checking.conftest import File, Filed

pytestmark = pytest.mark.django_db


def looked_at(content: bytes, **options: Any) -> Report:
    return examine(content, now=options.pop("now", timezone.now()), **options)


def false_codes(report: Report) -> list[str]:
    return [finding.code for finding in report.reasons]


def sentence(report: Report, code: str) -> str:
    return next(finding.sentence for finding in report.findings if finding.code == code)


def test_the_file_that_was_issued_is_true_in_everything(real_keys: File) -> None:
    made = real_keys()
    report = looked_at(made.content)
    signed = len([code for code in report.codes() if code.startswith("changes-")])
    of_each = [
        (f"{code}-{number}", None if code == "time" else True)
        for number in range(1, signed + 1)
        for code in ("signature", "changes", "signer", "time")
    ]
    assert signed in (1, 2)
    assert list(report.codes().items()) == [
        ("size", True),
        ("pdf", True),
        ("encryption", True),
        ("readable", True),
        ("harmless", True),
        ("signatures", True),
        *of_each,
        ("whole-file", True),
        ("badge", True),
        ("facts", True),
        ("badge-status", True),
        ("known", True),
        ("bytes", True),
        ("standing", True),
    ]
    assert (report.verdict, report.is_all_true, report.certificate) == (Verdict.TRUE, True, made.certificate)
    assert headline(report) == gettext("True: this file was issued by the academy, is unchanged, and counts today")


def test_a_test_authority_is_named_and_does_not_make_the_file_untrue(file: File) -> None:
    report = looked_at(file().content)
    assert (report.holds("signer-1"), report.verdict, report.is_all_true) == (None, Verdict.TRUE, True)
    assert sentence(report, "signer-1") == gettext(
        "The key is ours, but from a test authority: it is for trying out and proves nothing to others."
    )


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (papers.with_one_byte_changed, {"signature-1", "bytes"}),
        (papers.with_a_page_added, {"changes-1", "whole-file", "bytes"}),
        (papers.with_a_script_added, {"javascript", "changes-1", "whole-file", "bytes"}),
        (papers.saved_again, {"bytes"}),
        (papers.without_credential, {"badge", "bytes"}),
    ],
)
def test_a_changed_file_is_not_true(real_keys: File, change: Callable[[bytes], bytes], codes: set[str]) -> None:
    report = looked_at(change(real_keys().content))
    assert codes <= set(false_codes(report))
    assert (report.verdict, report.is_all_true) == (Verdict.NOT_TRUE, False)
    assert headline(report) == gettext("Not true: this file is not as the academy issued it")


def test_an_added_page_is_called_an_added_page(real_keys: File) -> None:
    report = looked_at(papers.with_a_page_added(real_keys().content))
    one, many = "%(count)d page was added after signature %(number)d: nobody signed it.", ""
    assert sentence(report, "changes-1") == gettext(one) % {"count": 1, "number": 1}, many
    assert report.holds("signature-1") is True


def test_bytes_after_the_end_are_found_by_the_hash(real_keys: File) -> None:
    report = looked_at(papers.with_a_comment_added(real_keys().content))
    assert (report.holds("bytes"), report.verdict) == (False, Verdict.NOT_TRUE)


@pytest.mark.parametrize("password", ["secret", ""])
def test_an_encrypted_file_is_not_read(real_keys: File, password: str) -> None:
    report = looked_at(papers.encrypted(real_keys().content, password=password))
    assert (report.holds("encryption"), report.verdict) == (False, Verdict.CANNOT_SAY)
    assert false_codes(report) == ["encryption"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("JavaScript", "javascript"),
        ("Launch", "launch"),
        ("SubmitForm", "submit"),
        ("GoToR", "other-file"),
        ("Rendition", "media"),
    ],
)
def test_a_program_is_found_wherever_it_hides(real_keys: File, kind: str, code: str) -> None:
    report = looked_at(papers.with_actions(real_keys().content, kind))
    assert (report.holds(code), report.holds("harmless"), report.verdict) == (False, None, Verdict.NOT_TRUE)


@pytest.mark.parametrize(("name", "data"), [("photo.exe", b"x"), ("photo.png", b"MZ\x90"), ("run.js", b"1")])
def test_an_embedded_program_is_found_by_its_name_or_its_first_bytes(real_keys: File, name: str, data: bytes) -> None:
    report = looked_at(papers.with_a_file(real_keys().content, name, data))
    assert report.holds("program") is False
    assert name in sentence(report, "program")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "pdf"), (b"\xff\xd8\xff photo", "pdf"), (b"%PDF-1.7\n", "readable"), (b"x" * 5_000_001, "size")],
)
def test_what_is_no_certificate_file_cannot_be_judged(db: None, content: bytes, code: str) -> None:
    report = looked_at(content)
    assert (false_codes(report), report.verdict, report.is_all_true) == ([code], Verdict.CANNOT_SAY, False)


def test_a_strangers_pdf_is_neither_true_nor_forged(db: None) -> None:
    report = looked_at(papers.with_pages(1))
    assert (false_codes(report), report.verdict) == (["signatures", "known"], Verdict.CANNOT_SAY)


def test_a_revoked_certificate_is_genuine_and_counts_no_longer(real_keys: File, malee: User) -> None:
    made = real_keys()
    revoke(made.certificate, reason="ออกผิดคน", by=malee)
    report = looked_at(made.content)
    assert (false_codes(report), report.verdict) == (["badge-status", "standing"], Verdict.NOT_TRUE)
    assert report.first_reason is not None
    assert report.first_reason.code == "standing", "what became of it, before the list that follows from it"
    assert headline(report) == gettext("Not true any more: the file is genuine, but the certificate no longer counts")
    assert "ออกผิดคน" in sentence(report, "standing")
    assert made.certificate.issuer in sentence(report, "standing")
    assert malee.last_name not in sentence(report, "standing")


def test_a_replaced_certificate_names_the_one_that_counts(real_keys: File, malee: User) -> None:
    made = real_keys()
    newer = replace(made.certificate, reason="สะกดชื่อผิด", by=malee, holder_name="นางมาลี ใจงาม")
    report = looked_at(made.content)
    standing = next(finding for finding in report.findings if finding.code == "standing")
    assert (standing.holds, newer.number in standing.advice) == (False, True)


def test_an_expired_certificate_says_until_when(real_keys: File) -> None:
    made = real_keys()
    Certificate.objects.update(valid_until=date(2020, 1, 31))
    assert false_codes(looked_at(made.content)) == ["standing"]
    assert "31 มกราคม 2563" in sentence(looked_at(made.content), "standing")


def test_a_revoked_signing_key_takes_its_files_along(real_keys: File) -> None:
    made = real_keys()
    document = SigningKey.objects.filter(pk=made.certificate.document_key_id)
    document.update(state=KeyState.REVOKED, revoked_at=timezone.now(), reason="กุญแจรั่วไหล")
    report = looked_at(made.content)
    assert (false_codes(report), report.verdict) == (["signer-1", "standing"], Verdict.NOT_TRUE)
    assert "กุญแจรั่วไหล" in sentence(report, "signer-1")


def test_a_retired_key_keeps_what_it_signed_before(real_keys: File) -> None:
    made = real_keys()
    keys = SigningKey.objects.filter(pk=made.certificate.document_key_id)
    keys.update(state=KeyState.RETIRED, retired_at=timezone.now() + timedelta(minutes=1))
    assert (looked_at(made.content).holds("signer-1"), looked_at(made.content).verdict) == (True, Verdict.TRUE)
    keys.update(retired_at=timezone.now() - timedelta(days=1))
    assert (looked_at(made.content).holds("signer-1"), looked_at(made.content).verdict) == (False, Verdict.NOT_TRUE)


def test_a_genuine_badge_in_the_file_of_another_is_found(real_keys: File) -> None:
    made, other = real_keys(), real_keys(holder_name="นายกฤต แดนไกล")
    badge = other.certificate.credential.encode()
    lent = papers.with_a_file(papers.without_credential(made.content), "credential.jwt", badge)
    Certificate.objects.filter(pk=other.certificate.pk).update(holder_name="นางสาวอื่น")
    report = looked_at(lent)
    assert (report.holds("badge"), report.holds("facts"), report.holds("bytes")) == (True, False, False)


def test_a_forger_who_signs_himself_is_not_one_of_us(real_keys: File) -> None:
    made = real_keys()
    _forget_the_keys()
    report = looked_at(made.content)
    assert (report.holds("signature-1"), report.holds("signer-1"), report.holds("badge")) == (True, False, False)
    assert report.verdict == Verdict.NOT_TRUE


def _forget_the_keys() -> None:
    for number, key in enumerate(SigningKey.objects.all()):
        SigningKey.objects.filter(pk=key.pk).update(kid=f"forgotten-{number}")


@pytest.fixture
def of_another_site(real_keys: File, settings: Any) -> Filed:
    """Made by a site with other keys; here nobody knows it."""
    settings.WAGTAILADMIN_BASE_URL = "https://other.example"
    made = real_keys()
    settings.WAGTAILADMIN_BASE_URL = "https://ours.example"
    _forget_the_keys()
    Certificate.objects.update(sha256="0" * 64, code="000000000000")
    return made


def test_a_certificate_of_another_site_is_theirs_to_judge(of_another_site: Filed) -> None:
    report = looked_at(of_another_site.content)
    assert (report.verdict, report.certificate, "known" in report.codes()) == (Verdict.CANNOT_SAY, None, False)
    assert "other.example" in sentence(report, "issuer")
    assert of_another_site.certificate.issuer in sentence(report, "issuer")
    assert (report.holds("signature-1"), report.holds("badge")) == (True, None)


def test_the_keys_of_another_site_say_whether_its_badge_is_whole(of_another_site: Filed) -> None:
    document = _did_of("did:web:other.example", of_another_site)
    good = looked_at(of_another_site.content, did_document=document)
    wrong = looked_at(of_another_site.content, did_document={**document, "verificationMethod": []})
    stranger = looked_at(of_another_site.content, did_document={**document, "id": "did:web:else.example"})
    assert [report.holds("badge") for report in (good, wrong, stranger)] == [True, False, False]
    assert (good.verdict, wrong.verdict) == (Verdict.CANNOT_SAY, Verdict.NOT_TRUE)


def _did_of(did: str, made: Filed) -> dict[str, Any]:
    key = made.certificate.badge_key
    assert key is not None
    kid = unverified(made.certificate.credential)[0]["kid"]
    method = {"id": kid, "type": "JsonWebKey", "controller": did, "publicKeyJwk": key.public_jwk}
    return {"id": did, "verificationMethod": [method]}


def test_a_kept_status_list_counts_while_it_is_in_force(real_keys: File, malee: User) -> None:
    made = real_keys()
    status_list = StatusList.objects.get(pk=made.certificate.status_list_id)
    sign_anew(status_list)
    status_list.refresh_from_db()
    before = status_list.credential
    assert looked_at(made.content, status_list=before).holds("status-list") is True
    late = looked_at(made.content, status_list=before, now=timezone.now() + timedelta(days=400))
    assert (late.holds("status-list"), late.holds("badge-status"), late.verdict) == (False, None, Verdict.CANNOT_SAY)
    assert sentence(late, "status-list") == gettext(
        "The status list is out of date, so it does not tell whether a certificate still holds."
    )
    revoke(made.certificate, reason="ออกผิดคน", by=malee)
    status_list.refresh_from_db()
    after = looked_at(made.content, status_list=status_list.credential)
    assert (after.holds("status-list"), after.verdict) == (False, Verdict.NOT_TRUE)


@pytest.mark.parametrize("token", ["", "a.b.c", "x" * 100_000, "ก"])
def test_a_status_list_that_cannot_be_read_says_nothing(real_keys: File, token: str) -> None:
    report = looked_at(real_keys().content, status_list=token)
    assert (report.holds("status-list"), report.verdict) == (False, Verdict.CANNOT_SAY)


def test_a_file_of_before_the_academy_signed_is_known_by_its_bytes(real_keys: File) -> None:
    made = real_keys()
    Certificate.objects.update(document_key=None, approval_key=None, badge_key=None)
    old = papers.saved_again(papers.with_pages(1))
    import hashlib

    Certificate.objects.update(sha256=hashlib.sha256(old).hexdigest())
    report = looked_at(old)
    assert (report.holds("signatures"), report.holds("bytes"), report.verdict) == (None, True, Verdict.TRUE)
    assert report.certificate == made.certificate


def test_a_file_from_before_the_site_moved_is_still_known_by_its_keys(real_keys: File, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://old.example"
    made = real_keys()
    settings.WAGTAILADMIN_BASE_URL = "https://new.example"
    assert looked_at(made.content).verdict == Verdict.TRUE
    changed = looked_at(papers.with_a_page_added(made.content))
    assert (changed.certificate, changed.holds("bytes"), changed.verdict) == (made.certificate, False, Verdict.NOT_TRUE)


def test_a_badge_whose_time_is_over_leaves_the_file_genuine(
    real_keys: File, design: CertificateDesign, malee: User
) -> None:
    design.valid_months = 12
    design.save()
    made = real_keys()
    report = looked_at(made.content, now=timezone.now() + timedelta(days=400))
    assert (false_codes(report), report.verdict) == (["badge-time", "standing"], Verdict.NOT_TRUE)
    assert headline(report) == gettext("Not true any more: the file is genuine, but the certificate no longer counts")


def test_a_file_of_a_revoked_key_is_told_apart_from_a_changed_one(real_keys: File) -> None:
    made = real_keys()
    for key in (made.certificate.document_key, made.certificate.badge_key):
        assert key is not None
        SigningKey.objects.filter(pk=key.pk).update(state=KeyState.REVOKED, revoked_at=timezone.now(), reason="รั่วไหล")
    report = looked_at(made.content)
    assert (false_codes(report), report.verdict) == (["signer-1", "badge", "standing"], Verdict.NOT_TRUE)
    assert headline(report) == gettext("Not true any more: the file is genuine, but the certificate no longer counts")
    badge = next(finding for finding in report.findings if finding.code == "badge")
    assert badge.advice == gettext("Ask the academy for a new certificate: what this key signed no longer counts.")


def test_what_a_worker_had_in_hand_when_a_key_was_retired_stays_good(real_keys: File) -> None:
    made = real_keys()
    keys = SigningKey.objects.filter(pk=made.certificate.document_key_id)
    keys.update(state=KeyState.RETIRED, retired_at=timezone.now() - timedelta(minutes=1))
    assert (looked_at(made.content).holds("signer-1"), looked_at(made.content).verdict) == (True, Verdict.TRUE)


@pytest.mark.parametrize("fragment", ["\ud800", "\x00"])
def test_a_status_list_that_names_its_key_by_no_text_says_nothing(real_keys: File, fragment: str) -> None:
    header, payload = (
        {"alg": "EdDSA", "kid": f"did:web:x#{fragment}"},
        {
            "id": "https://x/status/1",
            "validFrom": "2026-01-01T00:00:00Z",
            "validUntil": "2036-01-01T00:00:00Z",
            "credentialSubject": {"type": "BitstringStatusList", "statusPurpose": "revocation"},
        },
    )
    token = ".".join([*(encoded(json.dumps(part).encode()) for part in (header, payload)), "AAAA"])
    report = looked_at(real_keys().content, status_list=token)
    assert sentence(report, "status-list") == gettext("The status list was not signed by a key of this academy.")
