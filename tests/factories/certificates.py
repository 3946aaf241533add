"""Many certificates of a register, as rows that were issued before, and their files."""

import hashlib
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

from certification.choices import CertificateState, Origin
from certification.codes import new_code
from certification.models import Certificate, CertificateDesign
from cms.thai.dates import fiscal_year_be
from learning.records.forms.changing import ReplaceForm

CHAI_NAT, CHIANG_MAI = "18", "50"
LONG_NAME = "ว่าที่ร้อยตรีหญิง มาลีวรรณพรรณราย กิตติพงศ์พิพัฒน์ชัยเจริญสุข ณ อยุธยา"
LONG_COURSE = "หลักสูตรการเพิ่มประสิทธิภาพการควบคุมภายในและการบริหารความเสี่ยงสำหรับคณะกรรมการดำเนินการสหกรณ์การเกษตร รุ่นที่ ๑๒"


def registered(number: int = 1, /, **facts: Any) -> Certificate:
    """One of the series of Chai Nat; the words of the row may be anything a register holds."""
    code = new_code()
    day = facts.pop("issued_on", date(2026, 11, 2))
    year = fiscal_year_be(day)
    values: dict[str, Any] = {
        "code": code,
        "number": f"ศส.14-{number:06d}/{year}",
        "series": f"ศส.14-{{number}}/{year}",
        "running_number": number,
        "fiscal_year": year,
        "design": CertificateDesign.objects.get(slug="standard"),
        "holder_name": f"นางมาลี ใจดี {number}",
        "holder_role": "กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
        "course_title": "การควบคุมภายในสำหรับกรรมการ",
        "hours": Decimal(6),
        "completed_on": day,
        "issued_on": day,
        "issuer": "กรมส่งเสริมสหกรณ์",
        "statement": "ได้ผ่านการอบรม",
        "signers": [{"name": "นางสาววิภา ใฝ่เรียน", "position": "ผู้อำนวยการศูนย์"}],
        "verify_url": f"http://127.0.0.1:8000/v/{code}",
        "province_code": CHAI_NAT,
        "district_code": "1804",
        "organization_name": "สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
    }
    return Certificate.objects.create(**(values | facts))


def recorded(number: str = "ชน.12/2560", /, **facts: Any) -> Certificate:
    """One that was issued on paper before."""
    values: dict[str, Any] = {
        "origin": Origin.RECORDED,
        "number": number,
        "series": "",
        "running_number": None,
        "design": None,
        "issued_on": date(2017, 3, 15),
        "issuer": "สำนักงานสหกรณ์จังหวัดชัยนาท",
        "signers": [],
    }
    return registered(**(values | facts))


def ended(state: str = CertificateState.REVOKED, reason: str = "ออกให้ผิดคน") -> dict[str, Any]:
    return {"state": state, "reason": reason, "ended_at": timezone.now()}


def as_printed(certificate: Certificate) -> dict[str, str]:
    """The form of a correction as it stands filled in, before anything is corrected."""
    form = ReplaceForm(certificate=certificate)
    widgets = {name: form.fields[name].widget for name in form.printed}
    return {name: widget.format_value(form[name].value()) or "" for name, widget in widgets.items()}


def sheet_of_paper(words: str = "sheet") -> bytes:
    """A PDF of one page with a drawing and a field for a signature."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(842, 595))
    page.obj.Contents = pdf.make_stream(f"0 0 10 10 re f % {words}".encode())
    place = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Widget, "FT": pikepdf.Name.Sig, "Rect": [0, 0, 0, 0]}
    field = pdf.make_indirect(pikepdf.Dictionary(T="Signature1", **place))
    page.obj.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    stream = BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def with_file(certificate: Certificate, content: bytes | None = None) -> Certificate:
    """Its bytes stored, as the worker leaves them."""
    content = content or sheet_of_paper(certificate.number)
    certificate.file.save(f"{certificate.code}.pdf", ContentFile(content), save=False)
    certificate.sha256, certificate.byte_count = hashlib.sha256(content).hexdigest(), len(content)
    certificate.rendered_at = timezone.now()
    certificate.save(update_fields=["file", "sha256", "byte_count", "rendered_at"])
    return certificate
