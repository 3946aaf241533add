"""The training record on paper: frozen, printed, signed and kept once; checked by anyone who holds its code."""

import hashlib
import io
import logging
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification.codes import grouped
from certification.keys import KeyUnavailable
from certification.models import Certificate
from certification.rendering.engine import RenderingUnavailable
from cms.thai.digits import to_thai
from learning.kernel.refusals import Refused
from learning.records.flows.showing import MOST_RECORDS_A_DAY, ask_for_training_record, make_records_left
from learning.records.holdings import LATE
from learning.records.models import TrainingRecord
from learning.records.printing import making
from learning.records.printing.facts import check_address
from learning.records.printing.making import make_record, print_record
from tests.cast import Cast
from tests.factories.learned import content_of, recorded_paper

pytestmark = pytest.mark.django_db
PAGE = "/my/record/"


def text_of(data: bytes) -> list[str]:
    """The text of each page, without spaces."""
    import pypdf

    return ["".join((page.extract_text() or "").split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


# --- asking ------------------------------------------------------------------------------------------
def test_what_is_printed_is_frozen_when_it_is_asked_for(cast: Cast, record: TrainingRecord) -> None:
    recorded_paper(cast.malee, "ภายหลัง", date(2026, 10, 6), hours="3")
    cast.malee.last_name = "เปลี่ยนแล้ว"
    cast.malee.save(update_fields=["last_name"])
    record.refresh_from_db()
    facts = record.facts
    assert (facts["name"], facts["hours"], facts["count"], facts["until"]) == (
        "นางมาลี ใจดี",
        "18.0",
        2,
        timezone.localdate().isoformat(),
    )
    assert [(year["year"], year["hours"], len(year["lines"])) for year in facts["years"]] == [
        (2570, "6.0", 1),
        (2567, "12.0", 1),
    ]
    assert facts["roles"] == [
        "กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
        "เหรัญญิกกลุ่ม กลุ่มสตรีสหกรณ์ทุ่งรวงทอง",
    ]


def test_pressing_twice_while_one_is_made_gives_the_same(cast: Cast, record: TrainingRecord) -> None:
    assert ask_for_training_record(cast.malee, by=cast.malee) == record


def test_the_worker_begins_after_commit(
    malee: Client, cast: Cast, papers: list[Certificate], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as after:
        assert malee.post(PAGE)["Location"] == PAGE
        assert TrainingRecord.objects.get().state == "waiting"
    assert (len(after), TrainingRecord.objects.get().state) == (1, "ready")


def test_ten_a_day_are_enough(cast: Cast, papers: list[Certificate]) -> None:
    for _ in range(MOST_RECORDS_A_DAY):
        ask_for_training_record(cast.malee, by=cast.malee)
        TrainingRecord.objects.update(state="ready")
    with pytest.raises(Refused):
        ask_for_training_record(cast.malee, by=cast.malee)
    TrainingRecord.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert ask_for_training_record(cast.malee, by=cast.malee).state == "waiting"


def test_who_has_learned_nothing_gets_no_empty_paper(client: Client, cast: Cast) -> None:
    client.force_login(cast.krit)
    assert 'class="empty"' in client.get(PAGE).content.decode()
    assert client.post(PAGE).status_code == 409
    assert TrainingRecord.objects.count() == 0


# --- making ------------------------------------------------------------------------------------------
def test_the_paper_is_kept_once_with_its_hash(made: TrainingRecord) -> None:
    data = content_of(made)
    assert (made.state, made.sha256) == ("ready", hashlib.sha256(data).hexdigest())
    assert make_record(made.pk) is False
    assert content_of(TrainingRecord.objects.get()) == data


def test_the_paper_says_what_was_frozen_in_thai_digits_and_the_buddhist_era(made: TrainingRecord) -> None:
    text = "".join(text_of(content_of(made)))
    for words in (
        "ประวัติการอบรม",
        "นางมาลีใจดี",
        "ปีงบประมาณพ.ศ.๒๕๗๐๖ชั่วโมง",
        "ปีงบประมาณพ.ศ.๒๕๖๗๑๒ชั่วโมง",
        "รวม๒รายการที่นับชั่วโมง๑๘ชั่วโมง",
        "เลขานุการสหกรณ์",
        "๑๕กรกฎาคม๒๕๖๗",
        "บันทึกจากวุฒิบัตรกระดาษ",
        grouped(made.code),
        check_address(made).partition("://")[2],
    ):
        assert words in text, words


def test_the_paper_is_archivable_tagged_and_signed(made: TrainingRecord) -> None:
    with pikepdf.open(io.BytesIO(content_of(made))) as pdf:
        metadata = pdf.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert pdf.Root.MarkInfo.Marked
        fields = pdf.Root.AcroForm.Fields
        assert str(fields[0].V.SubFilter) == "/ETSI.CAdES.detached"
        assert str(pdf.docinfo["/Subject"]) == f"ประวัติการอบรม {grouped(made.code)}"


def test_a_long_record_has_its_heads_and_its_number_on_every_page(cast: Cast) -> None:
    for number in range(60):
        recorded_paper(cast.malee, f"เรื่องที่ {number}", date(2020, 1, 1) + timedelta(days=9 * number), hours="3")
    record = ask_for_training_record(cast.malee, by=cast.malee)
    pages = text_of(print_record(record))
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert f"{grouped(record.code)}·หน้า{to_thai(number)}จาก{to_thai(len(pages))}" in page
    rows = [page for page in pages if "เรื่องที่" in page]
    assert [page.count("เลขที่วุฒิบัตร") for page in rows] == [1] * len(rows)
    assert sum(page.count("เรื่องที่") for page in pages) == 60


def test_the_same_facts_give_the_same_bytes_before_they_are_signed(record: TrainingRecord) -> None:
    assert print_record(record) == print_record(record)


def test_a_name_with_a_sign_that_the_typeface_lacks_stops_no_paper(cast: Cast, papers: list[Certificate]) -> None:
    cast.malee.first_name = "มาลี🌾"
    cast.malee.save(update_fields=["first_name"])
    record = ask_for_training_record(cast.malee, by=cast.malee)
    assert "นางมาลี?ใจดี" in "".join(text_of(print_record(record)))


@pytest.mark.parametrize("missing", [RenderingUnavailable("no Pango"), KeyUnavailable("no key")])
def test_without_pango_or_a_key_it_waits_and_the_sweep_finds_it(
    record: TrainingRecord, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, missing: Exception
) -> None:
    def fail(data: object) -> bytes:
        raise missing

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(making, "signed", fail)
        assert make_record(record.pk) is False
    assert (TrainingRecord.objects.get().state, record.code in caplog.text) == ("waiting", True)
    assert make_records_left() == 0, "it is not late yet"
    TrainingRecord.objects.update(created_at=timezone.now() - LATE - timedelta(seconds=1))
    assert make_records_left() == 1
    assert TrainingRecord.objects.get().state == "ready"


def test_another_failure_is_told_and_can_be_asked_for_again(
    malee: Client, cast: Cast, record: TrainingRecord, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(record: object) -> bytes:
        raise ValueError("broken")

    monkeypatch.setattr(making, "print_record", fail)
    assert make_record(record.pk) is False
    assert 'data-paper="failed"' in malee.get(PAGE).content.decode()
    assert malee.get(reverse("records:record_file", args=[record.code])).status_code == 302
    assert ask_for_training_record(cast.malee, by=cast.malee) != record


# --- one's own file ----------------------------------------------------------------------------------
def test_a_person_takes_home_the_bytes_that_were_kept(malee: Client, made: TrainingRecord) -> None:
    answer = malee.get(reverse("records:record_file", args=[made.code]))
    assert b"".join(answer.streaming_content) == content_of(made)
    assert answer["Content-Disposition"] == f'attachment; filename="training-record-{made.code}.pdf"'
    assert answer["Cache-Control"] == "private"


def test_nobody_else_takes_it(client: Client, cast: Cast, made: TrainingRecord) -> None:
    file = reverse("records:record_file", args=[made.code])
    client.force_login(cast.krit)
    assert (client.get(file).status_code, Client().get(file).status_code) == (404, 302)
    assert made.code[:4] not in client.get(PAGE).content.decode()
