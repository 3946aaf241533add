"""An officer's day: a messy file, a course assigned, a bar that moves; and the numbers of the day after."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import time_machine
from django.utils import translation
from openpyxl import load_workbook
from playwright.sync_api import Download, FilePayload, expect

from courses.catalog.models import CoursePage
from learning.desk.cast import PASSWORD
from learning.duties.choices import Role
from learning.enrollments.audiences import Audience
from learning.enrollments.flows import open_code
from learning.enrollments.models import Assignment, Enrollment
from learning.organizations.choices import BOARD_POSITIONS, COMMITTEE_POSITIONS, Kind
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.models import District
from learning.register.models import Import, Invitation
from tests.browser.test_keyboard import tab_to
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.assignments import make_assignment
from tests.factories.duties import make_duty, office_of
from tests.factories.imports import PEOPLE, csv_file, person
from tests.factories.learning import read_everything, sit_test
from tests.factories.messy_files import (
    BAD_PHONE,
    BAD_TERM,
    COOPERATIVE,
    DISTRICT,
    MESSY_PEOPLE,
    PROVINCE,
    WOMENS_GROUP,
    messy_people_file,
)

Visit = Callable[..., Visitor]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # nine o'clock in Thailand
SEATS = {COOPERATIVE: 8, WOMENS_GROUP: 5}
# Of each row of a table its name, without the note below it, and its cells; the total has no name.
LINES = """rows => rows.map(row => [
  row.closest("tfoot") ? "" : (row.querySelector("th a") ?? row.querySelector("th").firstChild).textContent.trim(),
  [...row.querySelectorAll("td")].map(cell => cell.innerText.trim()),
])"""
CHOSEN = "ทุ่งหนองบัว-2569"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The day of the story; the clock runs on, in the server too."""
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


def sign_in(reader: Visitor, name: str, password: str, to: str) -> None:
    reader.go("/account/login/")
    reader.page.fill("[name=login]", name)
    reader.page.fill("[name=password]", password)
    reader.send("main form button[type=submit]", to)


def open_tab_of_office(reader: Visitor, to: str) -> None:
    """One of the officers' pages, by the tabs or by the fold that holds them on a phone."""
    if reader.has_touch:
        reader.press(".office-fold > summary")
    reader.follow(f"{'.office-fold' if reader.has_touch else '.office-tabs'} a[href='{to}']", to)


def download(reader: Visitor, target: str) -> Download:
    with reader.page.expect_download() as waiting:
        reader.press(target)
    return waiting.value


def tiles(reader: Visitor) -> list[str]:
    return reader.page.locator(".tile-number b").all_inner_texts()


# --- what the day is made of ----------------------------------------------------------------------
def enter_organization(officer: Visitor, kind: str, name: str, parent: str = "") -> Organization:
    open_tab_of_office(officer, "/office/organizations/")
    officer.follow("[data-action=add]", "/office/organizations/add/")
    officer.page.select_option("[name=kind]", kind)
    officer.page.fill("[name=name]", name)
    district = District.objects.get(province__name=PROVINCE, name=DISTRICT)
    officer.page.select_option("[name=place]", district.pk)
    officer.page.fill("[name=parent]", parent)
    officer.send("[data-action=save]", "/office/organizations/*/")
    return Organization.objects.get(name=name)


def check_template(officer: Visitor) -> None:
    """The empty file opens and has a sheet to fill in and one that explains."""
    open_tab_of_office(officer, "/office/imports/")
    officer.go("/office/imports/new/")
    got = download(officer, "main a[href='/office/imports/template/people.xlsx']")
    assert len(load_workbook(BytesIO(Path(got.path()).read_bytes())).worksheets) == 2


def upload(officer: Visitor, name: str, content: bytes, kind: str = XLSX) -> Import:
    """A list of people; the worker reads it, and its report opens."""
    officer.page.goto(f"{officer.address}/office/imports/new/")
    officer.press("[name=kind][value=people]")
    officer.page.set_input_files("[name=file]", FilePayload(name=name, mimeType=kind, buffer=content))
    officer.send("[data-action=upload]", "/office/imports/*/")
    return Import.objects.latest("pk")


def counts(officer: Visitor) -> dict[str, str]:
    """What the tiles of a check or a result lead to, and how many."""
    found = {}
    for tile in officer.page.locator(".tile:has(a)").all():
        address = tile.locator("a").get_attribute("href") or ""
        found[re.findall(r"show=(\w+)", address)[0]] = tile.locator("b").inner_text()
    return found


def correct(officer: Visitor, row: tuple[int, str, str, str]) -> None:
    """The row tells what is wrong with a cell; written anew it is right at once."""
    number, field, wrong, right = row
    shown = officer.page.locator(f"#row-{number}")
    assert shown.locator(".is-faulty dd").first.inner_text() == wrong
    assert len(shown.locator(".is-faulty dd").nth(1).inner_text()) > len(wrong)
    officer.page.fill(f"#fix-{number}-{field}", right)
    officer.send(shown.locator("[data-action=correct]"), "/office/imports/*/")
    expect(officer.page.locator(f"#row-{number} .is-faulty")).to_have_count(0)


def import_people(officer: Visitor) -> None:
    """Eighteen people, two of them to correct."""
    batch = upload(officer, "กรรมการบ้านหนองบัว.xlsx", messy_people_file())
    assert counts(officer) == {"problem": "2", "add": str(MESSY_PEOPLE - 2)}
    [forbidden] = batch.forbidden_headings
    assert forbidden in officer.page.locator(".alert-warning").inner_text()
    correct(officer, BAD_PHONE)
    correct(officer, BAD_TERM)
    assert counts(officer) == {"add": str(MESSY_PEOPLE)}
    officer.press("[name=mode][value=row_by_row]")
    officer.send("[data-action=save]", f"/office/imports/{batch.pk}/")
    assert counts(officer) == {"add": str(MESSY_PEOPLE)}
    assert Membership.objects.filter(organization__name__in=SEATS).count() == MESSY_PEOPLE


def import_again(officer: Visitor) -> None:
    """What is saved by then is not saved twice."""
    upload(officer, "กรรมการบ้านหนองบัว.xlsx", messy_people_file())
    assert counts(officer) == {"problem": "2", "same": str(MESSY_PEOPLE - 2)}
    assert officer.page.locator("[data-action=save]").count() == 0
    assert User.objects.filter(memberships__organization__name__in=SEATS).count() == MESSY_PEOPLE


def assign(officer: Visitor, course: CoursePage, cooperative: Organization) -> Assignment:
    """What, for whom, by when; how many it reaches; opened."""
    officer.go("/office/")
    open_tab_of_office(officer, "/office/assignments/")
    officer.follow("main a[href='/office/assignments/new/'] >> nth=0", "/office/assignments/new/")
    page = officer.page
    page.fill("[name=title]", "การควบคุมภายในสำหรับกรรมการบ้านหนองบัว")
    page.select_option("[name=course_1]", str(course.pk))
    page.locator("details:has([name=positions]) > summary").click()
    for position in (*BOARD_POSITIONS, *COMMITTEE_POSITIONS):
        page.check(f"[name=positions][value={position}]")
    page.check("[name=where][value=organizations]")
    page.fill("#q", "บ้านหนองบัว")
    page.click("button[name=action][value=search]")
    page.check(f"[name=organizations][value='{cooperative.pk}']")
    officer.look()
    page.click("button[name=action][value=check]")
    reached = page.locator("[data-people]")
    reached.wait_for()
    officer.look()
    assert (reached.get_attribute("data-people"), reached.get_attribute("data-organizations")) == ("13", "2")
    assert Assignment.objects.count() == 0
    officer.send("button[name=action][value=open]", "/office/assignments/*/")
    return Assignment.objects.get()


def standing(officer: Visitor) -> dict[str, list[str]]:
    """The lines of the table on the page, with the total under an empty name."""
    lines = officer.page.locator(".data-table").last.locator("tbody tr, tfoot tr").evaluate_all(LINES)
    return dict(lines)


def first_sign_in(officer: Visitor, reader: Visitor, cooperative: Organization) -> User:
    """The officer makes slips; one of the board opens the address on hers, chooses a password and is in."""
    page = f"/office/organizations/{cooperative.pk}/invitations/"
    officer.go(f"{page}?choose=all")
    officer.send("[data-action=invite]", f"{page}slips/")
    member = User.objects.get(first_name="บุญมา", last_name="ศรีนวล")
    slip = Invitation.objects.get(user=member)
    assert officer.page.locator(".slip").count() == Invitation.objects.count()
    reader.go(f"/welcome/{slip.code}/")
    reader.page.fill("[name=password]", CHOSEN)
    reader.send("[data-action=welcome]", "/my/")
    assert reader.page.locator("main a[href*='/control/']").count() > 0  # what the office assigned is on the desk
    return member


def complete(member: User) -> None:
    enrollment = Enrollment.objects.get(user=member)
    read_everything(enrollment, by=member)
    sit_test(enrollment, by=member)


def label(kind: Kind) -> str:
    with translation.override("th"):
        return str(kind.label)


def check_next_day(officer: Visitor) -> None:
    """The dashboard, the report by kind, and its files say the same."""
    officer.go("/office/")
    completed, people, learning, overdue, below = tiles(officer)
    assert (completed, people, learning, overdue, below) == ("1", "13", "12", "0", "4")
    open_tab_of_office(officer, "/office/reports/")
    officer.follow("[data-report=kinds]", "/office/reports/kinds/?area=*")
    table = standing(officer)
    assert {name: cells[:5] for name, cells in table.items()} == {
        label(Kind.AGRICULTURAL): ["8", "8", "7", "1", "0"],
        label(Kind.WOMENS_GROUP): ["5", "5", "5", "0", "0"],
        "": ["13", "13", "12", "1", "0"],
    }
    sheet = load_workbook(BytesIO(Path(download(officer, "[data-action=xlsx]").path()).read_bytes())).worksheets[0]
    written = {row[0]: [str(cell) for cell in row[1:6]] for row in sheet.iter_rows(values_only=True) if row[0] in table}
    assert written == {name: cells[:5] for name, cells in table.items() if name}
    officer.send("[data-action=pdf]", "/office/reports/files/*/")
    paper = Path(download(officer, ".job[data-state=done] a").path()).read_bytes()
    text = pypdf.PdfReader(BytesIO(paper)).pages[0].extract_text()
    assert [name for name in (f"จังหวัด{PROVINCE}", label(Kind.WOMENS_GROUP)) if name not in text] == []


def check_stranger(stranger: Visitor, cooperative: Organization, assignment: Assignment) -> None:
    """The officer of another province finds nothing of it, wherever he looks."""
    stranger.go("/office/")
    assert tiles(stranger) == ["0", "0", "0", "0", "1"]  # his own board
    stranger.go("/office/organizations/?q=บ้านหนองบัว")
    assert stranger.page.locator("[data-organization]").count() == 0
    batch = Import.objects.earliest("pk")
    for path in (
        f"/office/organizations/{cooperative.pk}/",
        f"/office/assignments/{assignment.pk}/",
        f"/office/imports/{batch.pk}/",
        f"/office/reports/kinds/?area=p{cooperative.province_id}",
        f"/office/?area=o{cooperative.pk}",
    ):
        answer = stranger.page.goto(f"{stranger.address}{path}")
        assert answer is not None
        assert (answer.status, COOPERATIVE in stranger.page.content()) == (404, False)


def test_an_officer_imports_a_board_assigns_a_course_and_reads_the_numbers_next_day(
    visit: Visit, cast: Cast, course: CoursePage, clock: time_machine.Traveller
) -> None:
    officer = visit("phone")
    sign_in(officer, "somchai", PASSWORD, "/office/")
    assert tiles(officer) == ["0", "0", "0", "0", "2"]  # nobody learns; the two boards of the cast neither
    cooperative = enter_organization(officer, Kind.AGRICULTURAL, COOPERATIVE)
    enter_organization(officer, Kind.WOMENS_GROUP, WOMENS_GROUP, parent=COOPERATIVE)
    check_template(officer)
    import_people(officer)
    import_again(officer)

    desk = visit("desktop", by=cast.somchai)
    assignment = assign(desk, course, cooperative)
    assert standing(desk) == {COOPERATIVE: ["8", "0", "0"], WOMENS_GROUP: ["5", "0", "0"], "": ["13", "0", "0"]}

    member = first_sign_in(desk, visit("phone"), cooperative)
    clock.shift(timedelta(days=1))
    complete(member)
    check_next_day(desk)
    desk.go("/office/my-areas/")
    assert desk.page.locator("[data-duty=management_officer]").count() == 1

    make_duty(cast.krit, Role.PROVINCIAL_HEAD, office_of("เชียงใหม่"))
    check_stranger(visit("phone", by=cast.krit), cooperative, assignment)


# --- while a worker is at it ----------------------------------------------------------------------
def test_the_bar_of_an_import_moves_and_then_gives_way_to_the_report(visit: Visit, cast: Cast) -> None:
    batch = Import.objects.create(
        kind="people", file_name="สมาชิก.xlsx", sha256="", created_by=cast.somchai, total_count=20_000, done_count=4_200
    )
    officer = visit("phone", by=cast.somchai)
    officer.go(f"/office/imports/{batch.pk}/")
    bar, told = officer.page.locator("[data-job-bar]"), officer.page.locator("[data-job-text]")
    assert (bar.get_attribute("value"), "4,200" in told.inner_text(), "20,000" in told.inner_text()) == (
        "21",
        True,
        True,
    )
    Import.objects.update(done_count=12_000)
    expect(told).to_contain_text("12,000")
    expect(officer.page.locator("[data-job-percent]")).to_have_text("60%")
    assert bar.evaluate("bar => bar.value") == 60
    Import.objects.update(done_count=20_000, state="checked")
    expect(officer.page.locator(".tiles")).to_be_visible()
    officer.look()


def test_the_bar_of_an_assignment_shows_how_many_are_enrolled(visit: Visit, cast: Cast, course: CoursePage) -> None:
    audience = Audience(organizations=[cast.board_seat.organization])
    made = make_assignment(cast.somchai, [course], audience, starts_on=date(2026, 11, 23))
    Assignment.objects.update(audience_count=20_000, applied_count=4_200, applied_at=None)
    officer = visit("desktop", by=cast.somchai)
    officer.go(f"/office/assignments/{made.pk}/")
    assert officer.page.locator("[data-job-bar]").get_attribute("value") == "21"


# --- other ways -----------------------------------------------------------------------------------
def test_a_report_is_filtered_by_keyboard_alone(visit: Visit, cast: Cast, course: CoursePage) -> None:
    enrolled = make_assignment(
        cast.somchai, [course], Audience(organizations=[cast.board_seat.organization]), starts_on=date(2026, 11, 23)
    )
    assert Enrollment.objects.count() == 1, enrolled
    page = (officer := visit("desktop", by=cast.somchai)).page
    page.goto(f"{officer.address}/office/reports/kinds/")
    tab_to(page, "[name=course]")
    for key in ("ArrowDown", "ArrowDown", "Enter"):  # opens the list, goes down in it, takes the course
        page.keyboard.press(key)
    assert page.input_value("[name=course]") == str(course.pk)
    tab_to(page, ".filters button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/office/reports/kinds/?*course={course.pk}*")
    assert page.locator(".chips li").count() == 1
    tab_to(page, ".filter-end a")
    page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_have_count(0)


def test_without_a_script_a_file_is_read_corrected_and_saved_and_a_report_filtered(
    visit: Visit, cast: Cast, course: CoursePage
) -> None:
    name = cast.board_seat.organization.name
    wrong, right = person("นางละออ ชื่นจิต", "ไม่แน่ใจ", name, "กรรมการ"), person("นายบุญมี ทองดี", "", name, "ผู้จัดการ")
    officer = visit("phone", by=cast.somchai, java_script_enabled=False)
    asked = person("นายชูชาติ นาดี", "081-234-5678", name, "สมาชิก")  # Malee's telephone
    batch = upload(officer, "people.csv", csv_file(PEOPLE, wrong, right, asked).read(), kind="text/csv")
    assert counts(officer) == {"problem": "1", "ask": "1", "add": "1"}
    correct(officer, (2, "phone", "ไม่แน่ใจ", "089-777-7777"))
    officer.press("[name=answer][value=new_one]")
    officer.send("[data-action=decide]", f"/office/imports/{batch.pk}/")
    officer.send("[data-action=save]", f"/office/imports/{batch.pk}/")
    assert counts(officer) == {"add": "3"}
    make_assignment(
        cast.somchai, [course], Audience(organizations=[cast.board_seat.organization]), starts_on=date(2026, 11, 23)
    )
    officer.go("/office/reports/organizations/")
    officer.press(".filters summary")
    officer.page.select_option("[name=course]", str(course.pk))
    officer.send(".filters button", "/office/reports/organizations/?*")
    assert standing(officer)[""][0] == "4"


def test_a_member_signs_up_by_a_printed_slip_on_the_phone_and_is_enrolled(
    visit: Visit, cast: Cast, course: CoursePage
) -> None:
    organization = cast.board_seat.organization
    code = open_code(organization, course=course, until=date(2026, 12, 31), by=cast.somchai)
    reader = visit("phone")
    here = f"/go/{code.code}/"
    reader.go(here)
    reader.follow("main a[href*=signup]", f"/account/signup/?next={here}")
    for name, value in {
        "title": "นาง",
        "first_name": "ทองใบ",
        "last_name": "ใจเย็น",
        "phone": "089-876-5432",
        "password1": CHOSEN,
    }.items():
        reader.page.fill(f"[name={name}]", value)
    reader.send("main form button[type=submit]", here)
    reader.follow("[data-action=enroll]", "/courses/control/lesson-1/")
    enrollment = Enrollment.objects.get()
    assert (enrollment.user.first_name, enrollment.organization, enrollment.position) == (
        "ทองใบ",
        organization,
        "member",
    )
