"""The pages of an import, as an officer walks through them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from learning.duties.models import Duty
from learning.people.models import User
from learning.register.models import Import, ImportRow
from tests.cast import Cast
from tests.factories.imports import PEOPLE, checked, csv_file, keeps_register, make_organization, person, saved

NAME = "สหกรณ์การเกษตรบ้านหนองบัว จำกัด"


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    with translation.override("en"):
        yield


@pytest.fixture
def somchai(cast: Cast) -> User:
    keeps_register(cast.somchai)
    make_organization(NAME)
    return cast.somchai


@pytest.fixture
def office(client: Client, somchai: User) -> Client:
    client.force_login(somchai)
    return client


@pytest.fixture
def batch(somchai: User) -> Import:
    """One row to correct, one to decide, one to add."""
    saved(checked(somchai, csv_file(PEOPLE, person("นางบุญมี ทองดี", "089-123-4567", NAME, "สมาชิก"))))
    return checked(
        somchai,
        csv_file(
            (*PEOPLE, "สีโปรด", "เลขบัตรประชาชน"),
            [*person("นางละออ ชื่นจิต", "ไม่แน่ใจ", NAME, "กรรมการ"), "เขียว", ""],
            [*person("นายชูชาติ นาดี", "089-123-4567", NAME, "สมาชิก"), "", ""],
            [*person("นายไพบูลย์ แสงทอง", "", NAME, "ผู้จัดการ"), "", ""],
        ),
    )


def page(client: Client, name: str, *args: object, **data: str) -> str:
    response = client.get(reverse(f"register:{name}", args=args), data, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_a_file_is_uploaded_and_its_page_shows_that_it_waits(
    office: Client, somchai: User, django_capture_on_commit_callbacks: object
) -> None:
    assert 'enctype="multipart/form-data"' in page(office, "new_import")
    file = csv_file(PEOPLE, person("นางละออ ชื่นจิต", "", NAME, "กรรมการ"))
    response = office.post(reverse("register:new_import"), {"kind": "people", "file": file})
    batch = Import.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("register:import", args=[batch.pk]))
    waiting = page(office, "import", batch.pk)
    assert ('http-equiv="refresh"' in waiting, "data-job=" in waiting) == (True, True)
    told = office.get(reverse("register:import_progress", args=[batch.pk])).json()
    assert (told["state"], told["percent"], told["is_over"]) == ("waiting", None, False)


def test_a_wrong_file_brings_the_form_again_with_the_sentence(office: Client) -> None:
    file = csv_file(PEOPLE, name="people.pdf")
    response = office.post(reverse("register:new_import"), {"kind": "people", "file": file})
    assert response.status_code == 422
    assert (response.context["form"].errors.keys(), ".pdf" in str(response.context["form"]["file"])) == (
        {"file"},
        False,
    )
    assert Import.objects.count() == 0


def test_the_check_shows_problems_first_with_the_cell_and_the_sentence(office: Client, batch: Import) -> None:
    report = page(office, "import", batch.pk)
    assert ("ไม่แน่ใจ" in report, "081-234-5678" in report, "สีโปรด" in report, "เลขบัตรประชาชน" in report) == (
        True,
        True,
        True,
        True,
    )
    questions = page(office, "import", batch.pk, show="ask")
    known = User.objects.get(phone="+66891234567")
    assert (f"same_one:{known.pk}" in questions, "บุญมี" in questions) == (True, True)


def test_rows_are_corrected_and_decided_and_the_rest_is_saved_and_undone(
    office: Client, batch: Import, django_capture_on_commit_callbacks: object
) -> None:
    to = lambda name, *args: reverse(f"register:{name}", args=[batch.pk, *args])  # noqa: E731
    assert office.post(to("import_row", 2), {"phone": "still wrong"}).status_code == 422
    assert office.post(to("import_row", 2), {"phone": "0897777777"}).status_code == 302
    assert office.post(to("decide_row", 3), {"answer": "nonsense"}).status_code == 422
    assert office.post(to("decide_row", 3), {"answer": "new_one"}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(to("apply_import"), {"mode": "whole_file"}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == "applied"
    assert User.objects.filter(first_name__in=["ละออ", "ชูชาติ", "ไพบูลย์"]).count() == 3
    assert "ไพบูลย์" in page(office, "import", batch.pk, show="add")
    with django_capture_on_commit_callbacks(execute=True):
        office.post(to("undo_import"))
    assert User.objects.filter(first_name__in=["ละออ", "ชูชาติ", "ไพบูลย์"]).count() == 0
    page(office, "import", batch.pk)


def test_all_or_nothing_with_rows_that_wait_shows_the_report_again(office: Client, batch: Import) -> None:
    response = office.post(reverse("register:apply_import", args=[batch.pk]), {"mode": "whole_file"})
    batch.refresh_from_db()
    assert (response.status_code, batch.state) == (409, "checked")


def test_the_rows_that_wait_come_as_a_workbook_without_formulas(office: Client, somchai: User) -> None:
    batch = checked(somchai, csv_file(PEOPLE, person("=1+1", "089-123-4567", NAME, "สมาชิก")))
    response = office.get(reverse("register:import_report", args=[batch.pk]))
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert next((cell.value, cell.data_type) for cell in sheet[2]) == ("=1+1", "s")


def test_signs_that_no_workbook_may_hold_are_not_read_and_the_end_of_a_dos_file_is_no_row(
    office: Client, somchai: User
) -> None:
    file = csv_file(PEOPLE, person("นางบุญ\x01มี ทองดี", "ไม่\x08แน่ใจ", NAME, "สมาชิก"))
    ending = SimpleUploadedFile("people.csv", file.read() + b"\x1a", "text/csv")
    batch = checked(somchai, ending)
    row = ImportRow.objects.get(batch=batch)
    assert (row.cells["full_name"], row.cells["phone"]) == ("นางบุญมี ทองดี", "ไม่แน่ใจ")
    office.post(reverse("register:import_row", args=[batch.pk, row.number]), {"phone": "ยัง\x02ไม่แน่ใจ"})
    row.refresh_from_db()
    assert row.cells["phone"] == "ยังไม่แน่ใจ"


def test_signs_that_no_workbook_may_hold_are_not_written(office: Client, somchai: User) -> None:
    batch = checked(somchai, csv_file(PEOPLE, person("นางบุญมี ทองดี", "ไม่แน่ใจ", NAME, "สมาชิก")))
    row = ImportRow.objects.get(batch=batch)
    ImportRow.objects.filter(pk=row.pk).update(cells={**row.cells, "phone": "\x03"})
    response = office.get(reverse("register:import_report", args=[batch.pk]))
    assert len(list(load_workbook(io.BytesIO(response.content)).worksheets[0].rows)) == 2


@pytest.mark.parametrize("kind", ["organizations", "people", "memberships"])
def test_each_kind_has_its_template(office: Client, kind: str) -> None:
    response = office.get(reverse("register:import_template", args=[kind]))
    assert len(load_workbook(io.BytesIO(response.content)).worksheets) == 2


def test_a_template_of_nothing_is_not_found(office: Client) -> None:
    assert office.get("/office/imports/template/ghosts.xlsx").status_code == 404


NAMES = [
    ("import", ()),
    ("import_progress", ()),
    ("import_report", ()),
    ("import_row", (2,)),
    ("decide_row", (2,)),
    ("apply_import", ()),
    ("undo_import", ()),
    ("discard_import", ()),
]


@pytest.mark.parametrize(("name", "more"), NAMES)
def test_another_officer_of_the_same_office_finds_nothing(
    client: Client, cast: Cast, batch: Import, name: str, more: tuple[int, ...]
) -> None:
    keeps_register(cast.wipa)
    client.force_login(cast.wipa)
    address = reverse(f"register:{name}", args=[batch.pk, *more])
    method = client.post if name in ("decide_row", "apply_import", "undo_import", "discard_import") else client.get
    assert method(address).status_code == 404


def test_who_keeps_no_register_is_refused(client: Client, cast: Cast, somchai: User) -> None:
    client.force_login(cast.malee)
    assert [client.get(reverse(f"register:{name}")).status_code for name in ("imports", "new_import")] == [403, 403]


def test_a_duty_that_ended_with_the_page_open_is_refused_and_the_rows_are_kept(office: Client, batch: Import) -> None:
    Duty.objects.update(until=timezone.localdate() - timezone.timedelta(days=1))
    response = office.post(reverse("register:apply_import", args=[batch.pk]), {"mode": "row_by_row"})
    assert (response.status_code, ImportRow.objects.filter(batch=batch).count()) == (403, 3)


def test_looking_changes_nothing(office: Client, batch: Import) -> None:
    before = list(Import.objects.values()), list(ImportRow.objects.values())
    for name, more in NAMES[:4]:
        office.get(reverse(f"register:{name}", args=[batch.pk, *more]))
    for name in ("apply_import", "undo_import", "discard_import"):
        assert office.get(reverse(f"register:{name}", args=[batch.pk])).status_code == 405
    assert (list(Import.objects.values()), list(ImportRow.objects.values())) == before


@pytest.mark.parametrize("rows", [1, 30])
def test_a_report_asks_the_same_few_queries(
    office: Client, somchai: User, django_assert_num_queries: object, rows: int
) -> None:
    names = [f"นาง{'กขคงจฉชซ'[n % 8] * (n // 8 + 2)} ใจดี" for n in range(rows)]
    batch = checked(somchai, csv_file(PEOPLE, *[person(name, "ผิด", NAME, "สมาชิก") for name in names]))
    with django_assert_num_queries(8):
        office.get(reverse("register:import", args=[batch.pk]))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_few_queries(
    office: Client, somchai: User, django_assert_num_queries: object, count: int
) -> None:
    for number in range(count):
        Import.objects.create(kind="people", file_name=f"{number}.csv", sha256="", state="checked", created_by=somchai)
    with django_assert_num_queries(6):
        office.get(reverse("register:imports"))
