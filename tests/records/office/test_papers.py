"""Certificates on paper: read from a file, put right, recorded all or none."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.choices import Origin
from certification.models import Certificate
from learning.duties.models import Duty
from learning.organizations.models import Organization
from learning.places.models import ProvincialOffice
from learning.records.choices import RegisterState
from learning.records.flows import papers as flows
from learning.records.models import PaperRegister, PaperRow
from learning.records.papers import working
from learning.records.papers.columns import COLUMNS, EXAMPLE, LABELS
from learning.records.papers.rows import clean_paper
from learning.records.papers.template import write_template
from tests.cast import Cast
from tests.factories.certificates import ended, recorded, registered

NEW = "/office/certificates/papers/new/"
TODAY = date(2026, 11, 23)
GOOD = {**EXAMPLE, "number": "ชน.๑/๒๕๖๐", "holder_name": "นางสมศรี  ทองดี", "organization": ""}


def workbook(*rows: dict[str, Any], headings: list[str] | None = None) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(headings or [one.label_th for one in COLUMNS])
    for row in rows:
        sheet.append([row.get(one.field) for one in COLUMNS])
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("วุฒิบัตรเก่า.xlsx", file.getvalue())


def upload(browser: Client, file: SimpleUploadedFile, *, province: str = "18") -> PaperRegister:
    response = browser.post(NEW, {"file": file, "province": province})
    assert response.status_code == 302, response.status_code
    register = PaperRegister.objects.latest("pk")
    working.read_papers(register.pk)
    register.refresh_from_db()
    return register


def problems(register: PaperRegister) -> dict[int, dict[str, str]]:
    rows = PaperRow.objects.filter(register=register)
    return {row.line: {one["field"]: one["sentence"] for one in row.problems} for row in rows if row.problems}


def record(browser: Client, register: PaperRegister) -> PaperRegister:
    assert browser.post(f"/office/certificates/papers/{register.pk}/record/").status_code == 302
    working.record_papers(register.pk)
    register.refresh_from_db()
    return register


# --- the way ----------------------------------------------------------------------------
def test_a_list_becomes_certificates_that_are_recorded_and_never_issued(somchai: Client, cast: Cast) -> None:
    other = {**GOOD, "number": "ชน.2/2560", "organization": "สหกรณ์การเกษตรทุ่งรวงทอง จก."}
    register = upload(somchai, workbook(GOOD, other))
    assert (register.state, register.total, register.file.name) == (RegisterState.CHECKED, 2, "")
    assert problems(register) == {
        3: {"holder_name": _("Row %(number)d of this list says the same. Keep one of them.") % {"number": 2}}
    }
    somchai.post(f"/office/certificates/papers/{register.pk}/rows/3/", {"holder_name": "นายสมาน ทองดี"})
    assert Certificate.objects.count() == 0
    assert record(somchai, register).state == RegisterState.RECORDED
    first, second = Certificate.objects.order_by("number")
    assert (first.number, first.holder_name, first.origin) == ("ชน.1/2560", "นางสมศรี ทองดี", Origin.RECORDED)
    assert (first.running_number, first.file.name, first.sha256, first.credential, first.status_index) == (
        None,
        "",
        "",
        "",
        None,
    )
    assert (first.completed_on, first.fiscal_year, float(first.hours)) == (date(2017, 3, 15), 2560, 6.0)
    assert (first.province_code, first.district_code, first.holder, first.created_by) == ("18", "", None, cast.somchai)
    assert first.signers == [{"name": EXAMPLE["signer"], "position": EXAMPLE["signer_position"]}]
    cooperative = Organization.objects.get(name="สหกรณ์การเกษตรทุ่งรวงทอง จำกัด")
    assert (second.organization_key, second.district_code) == (cooperative.pk, cooperative.district_id)
    assert len({first.code, second.code}) == 2
    assert first.verify_url.endswith(f"/v/{first.code}")


def test_the_template_is_read_and_its_example_is_not(somchai: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template()))
    sheet = book.worksheets[0]
    for place, one in enumerate(COLUMNS, start=1):
        sheet.cell(3, place, GOOD.get(one.field))
    file = io.BytesIO()
    book.save(file)
    register = upload(somchai, SimpleUploadedFile("t.xlsx", file.getvalue()))
    assert list(PaperRow.objects.values_list("line", flat=True)) == [3]
    assert problems(register) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_a_csv_in_any_of_the_usual_letters_is_read(somchai: Client, encoding: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["รายชื่อวุฒิบัตรปี ๒๕๖๐"])
    writer.writerow([one.aliases[0] if one.aliases else one.label_th for one in COLUMNS])
    writer.writerow([GOOD.get(one.field, "") for one in COLUMNS])
    register = upload(somchai, SimpleUploadedFile("list.csv", text.getvalue().encode(encoding)))
    assert (register.state, problems(register)) == (RegisterState.CHECKED, {})


# --- what is wrong ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": ""}, "number"), ({"number": "ไม่มีเลข"}, "number"), ({"number": "=A1"}, "number"),
        ({"holder_name": "123"}, "holder_name"), ({"holder_name": "ก" * 251}, "holder_name"),
        ({"course_title": ""}, "course_title"), ({"hours": "หนึ่งวัน"}, "hours"), ({"hours": "0"}, "hours"),
        ({"hours": "99999"}, "hours"), ({"completed_on": "31/2/2560"}, "completed_on"),
        ({"completed_on": "15/3/60"}, "completed_on"), ({"completed_on": "16/3/2560"}, "issued_on"),
        ({"issued_on": "1/1/2580", "completed_on": "1/1/2560"}, "issued_on"), ({"issued_on": "1/1/2450"}, "issued_on"),
        ({"valid_until": "1/1/2559"}, "valid_until"), ({"started_on": "1/4/2560"}, "completed_on"),
        ({"issuer": "-"}, "issuer"),
        ({"holder_role": "1-2345-67890-12-1"}, "holder_role"), ({"signer": "#REF!"}, "signer"),
    ],
)  # fmt: skip
def test_each_cell_that_cannot_be_used_has_its_sentence(changed: dict[str, str], field: str) -> None:
    found = clean_paper({**GOOD, **changed}, today=TODAY)
    assert list(found.problems) == [field]
    assert found.problems[field]


@pytest.mark.parametrize(
    "written", ["15/3/2560", "๑๕ มีนาคม ๒๕๖๐", "15 มี.ค. 2560", "15-03-2017", "2017-03-15", "15032560", "15 มีค 2560"]
)
def test_days_are_read_in_every_usual_spelling(written: str) -> None:
    found = clean_paper({**GOOD, "completed_on": written, "issued_on": written}, today=TODAY)
    assert (found.values["completed_on"], found.problems) == (date(2017, 3, 15), {})


@pytest.mark.parametrize("written", ["6", "๖", "6.0", "6 ชม.", "6 ชั่วโมง", "๖ ชม"])
def test_hours_are_read_with_their_word(written: str) -> None:
    assert float(clean_paper({**GOOD, "hours": written}, today=TODAY).values["hours"]) == 6.0


def test_what_the_register_has_already_is_told(somchai: Client) -> None:
    recorded("ชน.1/2560", holder_name="นางอื่น คนละคน")
    registered(1, number="ชน.9/2560")
    recorded("อื่น", holder_name="นายสมาน ทองดี", course_title=GOOD["course_title"], completed_on=date(2017, 3, 15))
    recorded("ชน.5/2560", holder_name="นายยกเลิก แล้ว", **ended())
    rows = [
        GOOD,
        {**GOOD, "number": "ชน.9/2560", "holder_name": "นายหนึ่ง สอง"},
        {**GOOD, "number": "ชน.3/2560", "holder_name": "นายสมาน ทองดี"},
        {**GOOD, "number": "ชน.1/2560", "holder_name": "นายสาม สี่", "issuer": "สำนักงานอื่น"},
        {**GOOD, "number": "ชน.5/2560", "holder_name": "นายห้า หก"},
    ]
    assert {line: list(found) for line, found in problems(upload(somchai, workbook(*rows))).items()} == {
        2: ["number"], 3: ["number"], 4: ["holder_name"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.xlsx", b"", 422), ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 422),
        ("a.xlsx", b"PK\x03\x04 broken", 422),
        ("a.pdf", b"%PDF-1.7", 422), ("a.csv", b"%PDF-1.7", 422), ("a.csv", b"x" * (10 * 1024 * 1024 + 1), 413),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence_and_its_status(
    somchai: Client, name: str, content: bytes, status: int
) -> None:
    response = somchai.post(NEW, {"file": SimpleUploadedFile(name, content), "province": "18"})
    assert response.status_code == status
    assert response.context["form"].errors["file"]
    assert PaperRegister.objects.count() == 0


@pytest.mark.parametrize("content", ["ก,ข\n1,2\n", "เลขที่,ชื่อ-สกุล,หลักสูตร\n1,2,3\n", ",".join(LABELS.values()) + "\n"])
def test_a_table_of_something_else_ends_with_a_sentence(somchai: Client, content: str) -> None:
    register = upload(somchai, SimpleUploadedFile("a.csv", content.encode()))
    assert register.state == RegisterState.REFUSED
    assert register.refusal in somchai.get(f"/office/certificates/papers/{register.pk}/").content.decode()


def test_national_id_numbers_are_not_kept(somchai: Client) -> None:
    headings = [one.label_th for one in COLUMNS[:-1]] + ["เลขบัตรประชาชน"]
    file = workbook({**GOOD, "signer_position": "1101700230708"}, headings=headings)
    register = upload(somchai, file)
    assert "1101700230708" not in str(PaperRow.objects.get(register=register).cells)


# --- whose ------------------------------------------------------------------------------
def test_an_office_records_for_its_own_province_only(somchai: Client, wipa: Client) -> None:
    assert somchai.post(NEW, {"file": workbook(GOOD), "province": "50"}).status_code == 422
    assert wipa.get(NEW).status_code == 403
    assert PaperRegister.objects.count() == 0


def test_a_list_is_open_to_its_maker_alone(somchai: Client, cast: Cast, at_office: Any) -> None:
    register = upload(somchai, workbook(GOOD))
    Duty.objects.create(
        user=cast.krit,
        role="management_officer",
        office=Duty.objects.get(user=cast.somchai).office,
        since=date(2026, 1, 1),
    )
    krit = at_office(cast.krit)
    assert krit.get(f"/office/certificates/papers/{register.pk}/").status_code == 404
    for rest in ("record/", "discard/", "leave-out/", "rows/2/", "rows/2/leave-out/", "rows/2/holder/"):
        assert krit.post(f"/office/certificates/papers/{register.pk}/{rest}").status_code == 404


def test_an_account_is_chosen_by_its_login_after_a_second_look_and_never_by_name(somchai: Client, cast: Cast) -> None:
    register = upload(somchai, workbook({**GOOD, "holder_name": "นางมาลี ใจดี"}))
    row = PaperRow.objects.get(register=register)
    assert row.holder is None
    address = f"/office/certificates/papers/{register.pk}/rows/2/holder/"
    assert somchai.post(address, {"login": "มาลี ใจดี"}).status_code == 422
    assert somchai.post(address, {"login": "krit"}).status_code == 422  # of another province
    somchai.post(address, {"login": "malee"})
    row.refresh_from_db()
    assert row.holder is None
    somchai.post(address, {"login": "081-234-5678", "sure": "1"})
    record(somchai, register)
    assert Certificate.objects.get().holder == cast.malee


# --- all or none ------------------------------------------------------------------------
def test_nothing_is_recorded_while_a_row_needs_a_correction(somchai: Client) -> None:
    register = upload(somchai, workbook(GOOD, {**GOOD, "number": "2", "holder_name": ""}))
    assert somchai.post(f"/office/certificates/papers/{register.pk}/record/").status_code == 409
    somchai.post(f"/office/certificates/papers/{register.pk}/leave-out/")
    assert record(somchai, register).state == RegisterState.RECORDED
    assert Certificate.objects.count() == 1


def test_what_another_office_recorded_meanwhile_stops_the_whole_list(somchai: Client) -> None:
    register = upload(somchai, workbook(GOOD, {**GOOD, "number": "2", "holder_name": "นายสมาน ทองดี"}))
    recorded("ชน.1/2560", holder_name="นางอื่น คนละคน")
    assert record(somchai, register).state == RegisterState.CHECKED
    assert Certificate.objects.count() == 1
    assert list(problems(register)) == [2]


def test_a_fault_half_way_leaves_nothing_behind(somchai: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    register = upload(somchai, workbook(GOOD))

    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr(working, "log", fails)
    assert record(somchai, register).state == RegisterState.CHECKED
    assert (Certificate.objects.count(), bool(register.refusal)) == (0, True)


def test_the_page_shows_how_far_the_recording_is(somchai: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    register = upload(somchai, workbook(GOOD, {**GOOD, "number": "2", "holder_name": "นายสมาน ทองดี"}))
    monkeypatch.setattr(working, "AT_ONCE", 1)
    seen: list[tuple[int, int | None, int]] = []
    beat = working._beat

    def looked_at(register: PaperRegister, *, done: int) -> None:
        beat(register, done=done)
        page = somchai.get(f"/office/certificates/papers/{register.pk}/")
        seen.append((done, page.context["job"]["percent"], Certificate.objects.count()))

    monkeypatch.setattr(working, "_beat", looked_at)
    assert record(somchai, register).state == RegisterState.RECORDED
    assert seen == [(1, 45, 0), (2, 90, 0)]


def test_who_was_taken_for_lost_records_nothing_when_another_is_at_it(
    somchai: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = upload(somchai, workbook(GOOD))
    values_of = working.values_of

    def given_to_another(rows: list[PaperRow], **more: Any) -> Any:
        PaperRegister.objects.filter(pk=register.pk).update(seen_at=timezone.now() + timedelta(seconds=9))
        return values_of(rows, **more)

    monkeypatch.setattr(working, "values_of", given_to_another)
    assert record(somchai, register).state == RegisterState.RECORDING
    assert Certificate.objects.count() == 0


def test_recording_twice_records_once(somchai: Client) -> None:
    register = upload(somchai, workbook(GOOD))
    record(somchai, register)
    assert working.record_papers(register.pk) is False
    assert somchai.post(f"/office/certificates/papers/{register.pk}/record/").status_code == 409
    assert Certificate.objects.count() == 1


def test_a_duty_that_ends_meanwhile_records_nothing(somchai: Client, cast: Cast) -> None:
    register = upload(somchai, workbook(GOOD))
    somchai.post(f"/office/certificates/papers/{register.pk}/record/")
    Duty.objects.filter(user=cast.somchai).update(until=timezone.localdate() - timedelta(days=1))
    working.record_papers(register.pk)
    register.refresh_from_db()
    assert (register.state, Certificate.objects.count()) == (RegisterState.CHECKED, 0)


def test_a_list_is_thrown_away_with_its_rows(somchai: Client) -> None:
    register = upload(somchai, workbook(GOOD))
    somchai.post(f"/office/certificates/papers/{register.pk}/discard/")
    register.refresh_from_db()
    assert (register.state, PaperRow.objects.count()) == (RegisterState.DISCARDED, 0)


def test_a_lost_worker_is_replaced(somchai: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    register = upload(somchai, workbook(GOOD))
    asked: list[int] = []
    monkeypatch.setattr(flows.tasks.record_papers, "delay", asked.append)
    somchai.post(f"/office/certificates/papers/{register.pk}/record/")
    PaperRegister.objects.filter(pk=register.pk).update(seen_at=timezone.now() - timedelta(minutes=5), attempts=1)
    flows.tend_papers()
    PaperRegister.objects.filter(pk=register.pk).update(attempts=3)
    flows.tend_papers()
    register.refresh_from_db()
    assert (asked[-1:], register.state) == ([register.pk], RegisterState.CHECKED)


def test_the_rows_are_shown_in_their_kinds(somchai: Client) -> None:
    register = upload(somchai, workbook(GOOD, {**GOOD, "number": "2", "holder_name": ""}))
    for show, lines in (("ready", [2]), ("problem", [3]), ("left_out", [])):
        page = somchai.get(f"/office/certificates/papers/{register.pk}/", {"show": show})
        assert [item["row"].line for item in page.context["rows"]] == lines
    assert somchai.get("/office/certificates/papers/").context["page_obj"].paginator.count == 1


def test_a_list_that_is_thrown_away_while_it_is_read_keeps_no_rows(
    somchai: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = working.check

    def thrown_away_meanwhile(register: PaperRegister, rows: list[PaperRow]) -> int:
        somchai.post(f"/office/certificates/papers/{register.pk}/discard/")
        return check(register, rows)

    monkeypatch.setattr(working, "check", thrown_away_meanwhile)
    register = upload(somchai, workbook(GOOD))
    assert (register.state, PaperRow.objects.count()) == (RegisterState.DISCARDED, 0)


def test_who_left_for_another_province_sees_the_list_no_more(somchai: Client, cast: Cast) -> None:
    register = upload(somchai, workbook(GOOD))
    other = ProvincialOffice.objects.exclude(province="18").first()
    Duty.objects.filter(user=cast.somchai).update(office=other)
    for rest in ("", "rows/2/"):
        assert somchai.get(f"/office/certificates/papers/{register.pk}/{rest}").status_code == 404
    assert list(somchai.get("/office/certificates/papers/").context["page_obj"]) == []
