"""A whole certificate has at most 60,000 bytes: the fullest design, two signers, the badge, and a time stamp each."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from certification.choices import KeyPurpose, KeyState
from certification.designing.checks import size_of_file
from certification.designing.examples import LONGEST
from certification.designing.sheets import facts_of_design
from certification.flows import Achievement, issue_certificate
from certification.keys import authority
from certification.keys.chains import read_chain
from certification.keys.choosing import active_key
from certification.making import make_file
from certification.models import Certificate, CertificateDesign, DesignSigner, SigningKey
from certification.rendering.engine import render_pdf
from certification.signing import pades, sign_pdf, size_when_signed
from cms.models import AcademyImage
from learning.people.models import User
from tests.certification.rendering.test_layouts import colored_logo, photographed_signature, stamped_seal
from tests.certification.signing.reading import paper, pdfsig, qpdf_check, statuses
from tests.certification.signing.test_time_stamps import clock, first, roots, stamped
from tests.certification.signing.tsa import Clock
from tests.servers import free_port

__all__ = ["clock", "first"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]
PEOPLE = (
    ("นายสมชาย ตั้งใจ", "ผู้อำนวยการศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์ที่ ๑๔", "Somchai Tangjai", "Director of the Center"),
    ("นางสาววิภา ใฝ่เรียน", "รองอธิบดี\nปฏิบัติราชการแทนอธิบดี", "Wipa Fairian", "for the Director-General"),
    ("นายกฤต พากเพียร", "สหกรณ์จังหวัดเชียงราย", "Krit Phakphian", "Provincial Officer"),
)


def picture(name: str, content: bytes) -> AcademyImage:
    return AcademyImage.objects.create(title=name, file=ContentFile(content, name), width=10, height=10)


@pytest.fixture
def fullest() -> CertificateDesign:
    """The largest of the twelve designs (test_layouts.py), with everything that a sheet can hold."""
    design = CertificateDesign.objects.create(
        slug="fullest",
        name="เต็มที่สุด",
        layout="portrait",
        border="rice",
        languages="th-en",
        heading_en="Certificate",
        issuer="กรมส่งเสริมสหกรณ์ กระทรวงเกษตรและสหกรณ์",
        issuer_en="Cooperative Promotion Department, Ministry of Agriculture and Cooperatives",
        criteria="เข้าอบรมครบตามเวลา ทำแบบทดสอบหลังเรียนได้ร้อยละ ๘๐ ขึ้นไป และส่งแบบประเมิน " * 3,
        valid_months=24,
        logo=picture("logo.jpg", colored_logo()),
        seal=picture("seal.png", stamped_seal()),
    )
    for order, (name, position, name_en, position_en) in enumerate(PEOPLE):
        DesignSigner.objects.create(
            design=design,
            sort_order=order,
            name=name,
            position=position,
            name_en=name_en,
            position_en=position_en,
            picture=picture(f"{order}.jpg", photographed_signature(3 + 2 * order)),
        )
    return design


@pytest.fixture
def certificate(fullest: CertificateDesign) -> Certificate:
    authority.take_in(KeyPurpose.APPROVAL, name="นายสมชาย รักสหกรณ์")
    malee = User.objects.create_user("malee", email="malee@example.com", first_name="มาลี", last_name="ใจดี")
    facts = Achievement(
        holder=malee,
        holder_name=LONGEST.name,
        holder_role=LONGEST.role,
        course_title=LONGEST.course,
        hours=LONGEST.hours,
        started_on=LONGEST.started_on,
        completed_on=LONGEST.completed_on,
    )
    return issue_certificate(fullest, facts, by=malee)


def keys() -> dict[str, SigningKey | None]:
    return {"first": active_key(KeyPurpose.DOCUMENT), "second": active_key(KeyPurpose.APPROVAL)}


def test_the_fullest_sheet_with_two_signatures_and_its_badge_has_at_most_60_kb(certificate: Certificate) -> None:
    data = make_file(certificate).content
    assert [one.bottom_line for one in statuses(data, roots())] == [True, True]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert list(pdf.attachments) == ["credential.jwt"]
        pictures = [one for one in pdf.pages[0].Resources.XObject.values() if one.Subtype == "/Image"]
        assert len(pictures) == 7  # logo, seal, three signatures, two codes
    assert 45_000 < len(data) <= 60_000 - 2 * 3_000  # what two more certificates of a long chain take


def test_two_time_stamps_have_room_as_well(certificate: Certificate, clock: Clock) -> None:
    data = make_file(certificate).content
    assert stamped(data) == [True, True]
    assert len(data) <= 60_000


@pytest.mark.system
def test_poppler_and_qpdf_are_content_with_the_fullest_file(certificate: Certificate, tmp_path: Path) -> None:
    path = tmp_path / "fullest.pdf"
    path.write_bytes(make_file(certificate).content)
    assert pdfsig(path) == (["Signature is Valid."] * 2, ["ETSI.CAdES.detached"] * 2)
    assert qpdf_check(path) == (0, "")


def test_a_trial_tells_the_size_without_a_private_key(certificate: Certificate, keys_dir: Path) -> None:
    real = len(sign_pdf(paper(), **keys()))  # type: ignore[arg-type]
    for name in ("test-document.pem", "test-approval.pem"):
        (keys_dir / name).unlink()
    assert abs(size_when_signed(paper(), **keys()) - real) <= 4  # type: ignore[arg-type]


def test_a_trial_counts_the_stamps(certificate: Certificate, clock: Clock) -> None:
    real = len(sign_pdf(paper(), **keys()))  # type: ignore[arg-type]
    assert abs(size_when_signed(paper(), **keys()) - real) <= 4  # type: ignore[arg-type]


def test_a_trial_counts_a_usual_stamp_where_the_authority_is_away(certificate: Certificate, settings: Any) -> None:
    plain = size_when_signed(paper(), **keys())  # type: ignore[arg-type]
    settings.CERTIFICATE_TSA_URL = f"http://127.0.0.1:{free_port()}"
    assert size_when_signed(paper(), **keys()) - plain >= 2 * pades.A_STAMP  # type: ignore[arg-type]


def test_a_stamp_that_has_become_longer_is_taken_at_the_second_try(
    first: SigningKey, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pades, "SLACK", -512)
    assert stamped(sign_pdf(paper(), first=first)) == [True]


def test_the_form_counts_what_the_certificate_will_weigh(certificate: Certificate) -> None:
    made = len(make_file(certificate).content)
    design = certificate.design
    assert design is not None
    counted = size_of_file(render_pdf(facts_of_design(design, "longest")), criteria=design.criteria)
    assert made <= counted + 500
    assert counted <= made + 1_500


def test_a_second_signer_leaves_less_for_the_pictures(certificate: Certificate) -> None:
    design = certificate.design
    assert design is not None
    sheet = render_pdf(facts_of_design(design, "longest"))
    with_both = size_of_file(sheet)
    SigningKey.objects.filter(purpose=KeyPurpose.APPROVAL).update(state=KeyState.RETIRED, retired_at=timezone.now())
    assert 4_000 < with_both - size_of_file(sheet) < 6_000


def test_the_signers_certificates_are_sent_once_and_the_root_not_at_all(first: SigningKey) -> None:
    [signature] = PdfFileReader(io.BytesIO(sign_pdf(paper(), first=first))).embedded_regular_signatures
    assert len(signature.signed_data["certificates"]) == 1
    assert len(read_chain(first.chain)) == 2


def test_signing_leaves_the_facts_of_the_file_alone(first: SigningKey) -> None:
    added = sign_pdf(paper(), first=first)[len(paper()) :]
    assert b"/Metadata\n" not in added
    assert b"/Producer" not in added
