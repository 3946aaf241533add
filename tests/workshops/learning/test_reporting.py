"""Costs, pictures and the report that closes a workshop."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.kernel.refusals import Refused
from learning.workshops.choices import PaperKind, SeatState, WorkshopState
from learning.workshops.flows.reporting import add_cost, add_picture, close_report, remove_picture
from learning.workshops.models import Seat, Workshop, WorkshopPaper, WorkshopPicture
from learning.workshops.printing.shelf import print_paper
from learning.workshops.queries.report import report_of
from learning.workshops.workbook import write_report
from tests.cast import Cast
from tests.factories.duties import make_duty
from tests.factories.people import make_members
from tests.factories.workshops import make_seat, make_workshop, office

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 14)


def picture_file(*, size: tuple[int, int] = (2400, 1200), kind: str = "JPEG") -> SimpleUploadedFile:
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    Image.new("RGB", size, "#0f5b46").save(stream, kind, exif=exif)
    return SimpleUploadedFile("photo.jpg", stream.getvalue(), "image/jpeg")


@pytest.fixture
def held(cast: Cast) -> Workshop:
    """Six people of one cooperative had a seat; four women and a man came."""
    workshop = make_workshop(cast.wipa, DAY, office=office())
    people = make_members(cast.board_seat.organization, 6)
    for number, person in enumerate(people):
        make_seat(workshop, person.memberships.get(), gender="male" if number == 4 else "female")
    Seat.objects.update(state=SeatState.ATTENDED, attended_percent=100, attended_on=DAY)
    last = Seat.objects.order_by("pk").last()
    Seat.objects.filter(pk=last.pk).update(state=SeatState.ABSENT, attended_percent=0, attended_on=None)
    workshop.state = WorkshopState.HELD
    workshop.save()
    return workshop


def test_the_report_counts_people_by_where_they_come_from(held: Workshop, cast: Cast) -> None:
    report = report_of(held)
    assert (report.people.seats, report.people.attended, report.people.completed) == (6, 5, 0)
    assert [[(line.label, line.seats, line.attended) for line in part.lines] for part in report.breakdowns] == [
        [(cast.board_seat.organization.name, 6, 5)],
        [("สหกรณ์การเกษตร", 6, 5)],
        [("สมาชิก", 6, 5)],
        [("หญิง", 5, 4), ("ชาย", 1, 1)],
    ]
    assert report.mean_attendance == 83


def test_the_number_of_queries_does_not_rise_with_people(held: Workshop, cast: Cast) -> None:
    counted = []
    for more in (0, 24):
        for person in make_members(cast.board_seat.organization, more, prefix="more"):
            Workshop.objects.filter(pk=held.pk).update(capacity=60)
            held.refresh_from_db()
            make_seat(held, person.memberships.get())
        with CaptureQueriesContext(connection) as captured:
            report_of(held)
        counted.append(len(captured))
    assert counted == [9, 9]


def test_costs_are_summed_and_shared_by_those_who_came(held: Workshop, cast: Cast) -> None:
    add_cost(held, kind="food", text="อาหารกลางวัน", quantity=Decimal(6), price=Decimal("120"), by=cast.wipa)
    add_cost(held, kind="per_diem", text="เบี้ยเลี้ยง", quantity=Decimal("2.5"), price=Decimal("240.50"), by=cast.wipa)
    costs = report_of(held).costs
    assert (costs.total, costs.per_head) == (Decimal("1321.25"), Decimal("264.25"))


def test_nobody_came_and_nothing_is_divided_by_nobody(cast: Cast) -> None:
    workshop = make_workshop(cast.wipa, DAY)
    add_cost(workshop, kind="venue", text="ค่าห้อง", quantity=Decimal(1), price=Decimal(500), by=cast.wipa)
    assert report_of(workshop).costs.per_head is None


def test_a_picture_is_made_small_and_forgets_its_camera(held: Workshop, cast: Cast) -> None:
    picture = add_picture(held, file=picture_file(), caption="กิจกรรมกลุ่ม", by=cast.wipa)
    with picture.image.open("rb") as file, Image.open(file) as kept:
        assert (kept.size, kept.format, dict(kept.getexif())) == ((1600, 800), "JPEG", {})


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0" + b"0" * 50, b"<svg/>"])
def test_what_is_no_picture_is_refused_in_words(held: Workshop, cast: Cast, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        add_picture(held, file=SimpleUploadedFile("x.jpg", content), caption="", by=cast.wipa)
    assert refused.value.status == 422
    assert WorkshopPicture.objects.count() == 0


def test_a_removed_picture_leaves_no_file(held: Workshop, cast: Cast, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    picture = add_picture(held, file=picture_file(), caption="", by=cast.wipa)
    name, storage = picture.image.name, picture.image.storage
    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(picture, by=cast.wipa)
    assert not storage.exists(name)


def test_after_closing_nothing_is_added(held: Workshop, cast: Cast) -> None:
    close_report(held, by=cast.wipa)
    assert Workshop.objects.get(pk=held.pk).state == WorkshopState.REPORTED
    with pytest.raises(Refused) as refused:
        add_cost(held, kind="food", text="ขนม", quantity=Decimal(1), price=Decimal(1), by=cast.wipa)
    assert refused.value.status == 409


@pytest.mark.parametrize(
    "state",
    [WorkshopState.PLANNED, WorkshopState.OPEN, WorkshopState.CLOSED, WorkshopState.CANCELLED, WorkshopState.REPORTED],
)
def test_only_a_held_workshop_is_closed(held: Workshop, cast: Cast, state: str) -> None:
    Workshop.objects.update(state=state)
    with pytest.raises(Refused):
        close_report(held, by=cast.wipa)
    assert Workshop.objects.get(pk=held.pk).state == state


def test_only_the_center_writes_the_report(held: Workshop, cast: Cast) -> None:
    for person in (cast.somchai, cast.malee, cast.krit):
        with pytest.raises(Refused) as refused:
            add_cost(held, kind="food", text="ขนม", quantity=Decimal(1), price=Decimal(1), by=person)
        assert refused.value.status == 403


def test_the_workbook_holds_figures_as_figures_and_texts_as_texts(held: Workshop, cast: Cast) -> None:
    add_cost(held, kind="food", text='=HYPERLINK("x")', quantity=Decimal(2), price=Decimal("10.25"), by=cast.wipa)
    book = load_workbook(io.BytesIO(write_report(report_of(held))))
    sheet = book.worksheets[-1]
    assert [cell.value for cell in sheet[2]] == ["ค่าอาหารและเครื่องดื่ม", '=HYPERLINK("x")', 2, 10.25, 20.5]
    assert sheet["B2"].data_type == "s"
    assert len(book.worksheets) == 6


def test_the_office_that_asked_reads_and_the_neighbour_does_not(client: Client, held: Workshop, cast: Cast) -> None:
    address = f"/office/workshops/{held.pk}/report/"
    for person, status in ((cast.wipa, 200), (cast.somchai, 200), (cast.malee, 403), (cast.krit, 403)):
        client.force_login(person)
        assert client.get(address).status_code == status
        assert client.get(f"{address}file.xlsx").status_code == status


def test_nonsense_in_the_form_keeps_what_was_typed(client: Client, held: Workshop, cast: Cast) -> None:
    client.force_login(cast.wipa)
    address = f"/office/workshops/{held.pk}/report/"
    reply = client.post(address, {"what": "cost", "kind": "food", "text": "ข้าวกล่อง", "quantity": "-1", "price": "แพง"})
    assert reply.status_code == 422
    assert "ข้าวกล่อง" in reply.content.decode()
    assert held.cost_lines.count() == 0


def test_the_paper_says_the_same_with_its_pictures(held: Workshop, cast: Cast) -> None:
    add_cost(held, kind="food", text="อาหารกลางวัน", quantity=Decimal(6), price=Decimal(120), by=cast.wipa)
    for height, caption in ((1200, "กิจกรรมกลุ่ม"), (1300, "ตรวจนับเงินสด"), (1400, "ถ่ายรูปร่วมกัน")):
        add_picture(held, file=picture_file(size=(2400, height)), caption=caption, by=cast.wipa)
    paper = WorkshopPaper.objects.create(workshop=held, kind=PaperKind.REPORT, asked_by=cast.wipa)
    data = print_paper(paper, printed_at=datetime(2026, 12, 20, 9, tzinfo=UTC))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    for words in ("รายงานการอบรม", held.title, "อาหารกลางวัน", "๑๔๔.๐๐", "๗๒๐.๐๐", "ถ่ายรูปร่วมกัน", str(held.office)):
        assert words in text
    images = {image.data for page in PdfReader(io.BytesIO(data)).pages for image in page.images}
    assert len(images) == 3


def test_an_empty_report_can_be_printed_too(cast: Cast) -> None:
    workshop = make_workshop(cast.wipa, DAY)
    paper = WorkshopPaper.objects.create(workshop=workshop, kind=PaperKind.REPORT, asked_by=cast.wipa)
    assert print_paper(paper, printed_at=datetime(2026, 12, 20, 9, tzinfo=UTC)).startswith(b"%PDF")


def test_head_office_sees_no_table_in_which_a_few_could_be_known(client: Client, held: Workshop, cast: Cast) -> None:
    """One man among six: the table of genders goes, those of five and none absent stay."""
    Duty.objects.filter(user=cast.krit).delete()
    make_duty(cast.krit, Role.HEAD_OFFICE)
    client.force_login(cast.krit)
    address = f"/office/workshops/{held.pk}/report/"
    assert client.get(address).context["report"].breakdowns == ()  # five came, one did not
    Seat.objects.update(state=SeatState.ATTENDED)
    shown = client.get(address).context["report"].breakdowns
    assert [len(part.lines) for part in shown] == [1, 1, 1]
    book = load_workbook(io.BytesIO(client.get(f"{address}file.xlsx").content))
    assert len(book.worksheets) == 4
    client.force_login(cast.wipa)
    assert len(client.get(address).context["report"].breakdowns) == 4
