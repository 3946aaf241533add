"""A column for the name in English: read when a file has it, checked like the form, never taken for the Thai name."""

import pytest

from learning.organizations.models import Organization
from learning.people.models import User
from learning.register.reading.cells import Clean
from learning.register.reading.headings import TableKind, fields_by_key, label_key
from learning.register.reading.names import english
from tests.factories.imports import NAME, actions, checked, csv_file, only_row, saved, undone

pytestmark = pytest.mark.usefixtures("english")
HEAD = ("ชื่อ-นามสกุล", "ชื่อภาษาอังกฤษ", "เบอร์โทรศัพท์", "ชื่อสหกรณ์หรือกลุ่ม", "ตำแหน่ง")


def row(name_en: str, title: str = "นาง") -> tuple[str, ...]:
    return f"{title}บุญมี ทองดี", name_en, "089-123-4567", NAME, "กรรมการ"


@pytest.mark.parametrize("label", ["ชื่อภาษาอังกฤษ", "Name in English", "ชื่อ-สกุล ภาษาอังกฤษ", "ชื่ออังกฤษ", "English name"])
def test_the_column_is_known_by_what_offices_call_it(label: str) -> None:
    assert fields_by_key(TableKind.PEOPLE)[label_key(label)] == "name_en"


def test_a_name_in_english_is_entered_and_a_second_run_changes_nothing(
    somchai: User, cooperative: Organization
) -> None:
    saved(checked(somchai, csv_file(HEAD, row("Bunmi  Thongdi"))))
    entered = User.objects.get(phone="+66891234567")
    assert (entered.full_name, entered.name_en) == ("นางบุญมี ทองดี", "Bunmi Thongdi")
    assert actions(checked(somchai, csv_file(HEAD, row("Bunmi Thongdi")))) == ["same"]


def test_an_empty_cell_takes_nothing_away_and_undoing_brings_the_old_one_back(
    somchai: User, cooperative: Organization
) -> None:
    saved(checked(somchai, csv_file(HEAD, row("Bunmi Thongdi"))))
    assert actions(checked(somchai, csv_file(HEAD, row("")))) == ["same"]
    batch = checked(somchai, csv_file(HEAD, row("Boonmee Thongdee")))
    assert only_row(batch).changes == {"name_en": ["Bunmi Thongdi", "Boonmee Thongdee"]}
    batch = saved(batch)
    assert User.objects.get(phone="+66891234567").name_en == "Boonmee Thongdee"
    undone(batch)
    assert User.objects.get(phone="+66891234567").name_en == "Bunmi Thongdi"


def test_a_name_that_is_not_english_waits_for_the_office(somchai: User, cooperative: Organization) -> None:
    batch = checked(somchai, csv_file(HEAD, row("บุญมี ทองดี")))
    assert (actions(batch), list(only_row(batch).problems)) == (["problem"], ["name_en"])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Bunmi Thongdi", "Bunmi Thongdi"),
        (" BUNMI O’THONGDI ", "BUNMI O'THONGDI"),
        ("", None),
        ("-", None),
        ("Bunmi1", None),
        ("B" * 101, None),
        (12.5, None),
    ],
)
def test_a_cell_is_read_as_the_form_reads_it(written: str | float, value: str | None) -> None:
    read: Clean = english(written)
    assert (read.value, read.problem is None) == (value, value is not None or written in ("", "-"))
