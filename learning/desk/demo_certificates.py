"""The register of certificates in the demo: some issued, one corrected, one revoked, some recorded from paper."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from certification.flows import Achievement, issue_certificate
from certification.flows.recording import Paper, record_certificates
from certification.models import Certificate, CertificateDesign
from learning.organizations.choices import Position
from learning.organizations.models import Membership
from learning.people.models import User
from learning.records.flows.ending import replace, revoke

# Invented, like everything in the demo; papers of the years before the academy.
PAPERS = (
    ("ชน.1/2566", "นางมาลี ใจดี", "การบัญชีครัวเรือน", 2023, 6),
    ("ชน.2/2566", "นางบุญมา รวงทอง", "การบัญชีครัวเรือน", 2023, 6),
    ("ชน.7/2567", "นายสมาน ทุ่งทอง", "กฎหมายสหกรณ์สำหรับกรรมการ", 2024, 12),
)
COURSES = (
    "การควบคุมภายในสำหรับกรรมการ",
    "การอ่านงบการเงินของสหกรณ์",
    "อุดมการณ์ หลักการ และวิธีการสหกรณ์",
    "การจัดประชุมใหญ่",
)


@transaction.atomic
def show_certificates(people: dict[str, User]) -> None:
    """Through the same flows as people use; a second call changes nothing."""
    if Certificate.objects.filter(occasion__startswith="demo:").exists():
        return
    malee, somchai, wipa = people["malee"], people["somchai"], people["wipa"]
    seat = Membership.objects.select_related("organization").get(user=malee, position=Position.BOARD_MEMBER)
    today = timezone.localdate()
    issued = [
        issue_certificate(
            CertificateDesign.objects.get(slug="standard"),
            Achievement(
                holder=malee,
                holder_name=malee.full_name,
                holder_name_en=malee.name_en,
                holder_role=f"{seat.get_position_display()} {seat.organization}",
                course_title=title,
                hours=Decimal(6),
                completed_on=today - timedelta(days=30 * place),
                occasion=f"demo:{place}",
                organization_name=str(seat.organization),
                organization_key=seat.organization_id,
                province_code=seat.organization.province_id,
                district_code=seat.organization.district_id or "",
                center_number=14,
            ),
            by=wipa,
        )
        for place, title in enumerate(COURSES)
    ]
    replace(issued[1], reason="เพิ่มตำแหน่งที่ตกไป", by=somchai, holder_role=f"เหรัญญิก {seat.organization}")
    revoke(issued[3], reason="ออกซ้ำกับรุ่นก่อน", by=somchai)
    record_certificates(
        [
            Paper(
                number=number,
                holder_name=name,
                course_title=title,
                hours=Decimal(hours),
                completed_on=date(year, 8, 15),
                issued_on=date(year, 8, 15),
                issuer="สำนักงานสหกรณ์จังหวัดชัยนาท",
                province_code=seat.organization.province_id,
            )
            for number, name, title, year, hours in PAPERS
        ],
        by=somchai,
    )
