"""Doors of the register of certificates: one certificate of the secret district, its files, and a list of papers."""

from typing import TYPE_CHECKING, Any

from learning.organizations.models import Organization
from learning.people.models import User
from learning.records.bundling.making import free_to_take, make_bundle
from learning.records.choices import RegisterState
from learning.records.models import Bundle, PaperRegister, PaperRow
from learning.records.papers.columns import EXAMPLE
from tests.factories.certificates import as_printed, ended, registered, with_file

if TYPE_CHECKING:
    from tests.doors.way import Way

ADMINISTRATOR = frozenset({"superuser"})
# Strangers with a register, a reach or lists of their own.
MEETING = frozenset({"other manager", "other head", "neighbour", "other coordinator", "other center", "wipa"})
RECORDING = frozenset({"other manager", "other head", "neighbour", "superuser"})
TOLD = "เหตุผลที่ไม่มีใครควรรู้"


def things_of_the_register(by: User, cooperative: Organization, people: list[User]) -> dict[str, Any]:
    """A certificate with its file, a bundle that is ready, and a list that can be recorded; all of one district."""
    facts: dict[str, Any] = {
        "holder": people[0],
        "holder_name": str(people[0]),
        "organization_key": cooperative.pk,
        "organization_name": cooperative.name,
        "province_code": cooperative.province_id,
        "district_code": cooperative.district_id,
        "course_title": "บัญชีเบื้องต้น",
    }
    certificate = with_file(registered(770_041, **facts))
    revoked = registered(770_042, **facts, **ended())
    bundle = Bundle.objects.create(asked_by=by, kind="pdf", title=str(people[1]), seen_at=free_to_take(), total=1)
    make_bundle(bundle.pk)
    papers = PaperRegister.objects.create(
        asked_by=by,
        file_name=f"{people[0]}.xlsx",
        province_id=cooperative.province_id,
        state=RegisterState.CHECKED,
        total=1,
    )
    cells = {**EXAMPLE, "number": "ชน.7/2560", "holder_name": str(people[1]), "organization": cooperative.name}
    PaperRow.objects.create(register=papers, line=2, cells=cells, organization=cooperative)
    return {"certificate": certificate, "revoked": revoked, "bundle": bundle, "papers": papers}


def ways_to_the_register(things: dict[str, Any]) -> "list[Way]":
    """One for each of its doors."""
    from tests.doors.way import Way  # which imports the world that holds these things

    one = {"certificate_id": things["certificate"].pk}
    bundle, papers = {"bundle_id": things["bundle"].pk}, {"register_id": things["papers"].pk}
    row = {**papers, "line": 2}
    sure = {"reason": TOLD, "sure": "1"}
    corrected = as_printed(things["certificate"]) | {"holder_name": "นางแก้ไข แล้ว", "holder_role": "สมาชิก", **sure}
    return [
        Way("records:certificates", MEETING, known_to=ADMINISTRATOR),
        Way("records:certificates_csv", MEETING, is_theirs=True, known_to=ADMINISTRATOR),
        Way("records:certificates_workbook", MEETING, is_theirs=True, known_to=ADMINISTRATOR),
        Way("records:office_certificate", parts=one, known_to=ADMINISTRATOR),
        Way("records:office_certificate_file", parts=one, is_silent=True, known_to=ADMINISTRATOR),
        Way("records:revoke_certificate", parts=one, sent=sure, known_to=ADMINISTRATOR),
        Way(
            "records:issue_certificate_anew",
            parts={"certificate_id": things["revoked"].pk},
            sent=sure,
            known_to=ADMINISTRATOR,
        ),
        Way("records:replace_certificate", parts=one, sent=corrected, known_to=ADMINISTRATOR),
        Way("records:bundles", MEETING | ADMINISTRATOR),
        Way("records:ask_bundle", MEETING, sent={"kind": "zip"}, is_silent=True, known_to=ADMINISTRATOR),
        Way("records:bundle", parts=bundle),
        Way("records:bundle_file", parts=bundle),
        Way("records:papers", RECORDING),
        Way("records:new_papers", RECORDING, is_silent=True),
        Way("records:paper_template", RECORDING, is_silent=True),
        Way("records:paper_register", parts=papers),
        Way("records:paper_row", parts=row, sent={"holder_name": "นางแก้ไข แล้ว"}),
        Way("records:paper_holder", parts=row, sent={"login": "malee", "sure": "1"}, is_silent=True),
        Way("records:leave_out_paper", parts=row, sent={"answer": "leave_out"}, is_silent=True),
        Way("records:leave_out_papers", parts=papers, is_silent=True),
        Way("records:record_papers", parts=papers, is_silent=True),
        Way("records:discard_papers", parts=papers, is_silent=True),
    ]
