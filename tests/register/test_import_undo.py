"""An undo takes back what still stands as the import wrote it, and keeps the work of others."""

from datetime import date

import pytest
from django.db import DataError, OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from learning.organizations import flows as keeping
from learning.organizations.choices import Position
from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.people.flows import change_details
from learning.people.models import User
from learning.register import tasks, undoing
from learning.register.flows import imports as flows
from learning.register.models import Import, ImportRow
from tests.factories.imports import (
    DISTRICT,
    NAME,
    PEOPLE,
    PROVINCE,
    checked,
    csv_file,
    only_row,
    person,
    saved,
    undone,
)

pytestmark = pytest.mark.usefixtures("english")

ORGANIZATIONS = ("ชื่อ", "ประเภท", "เลขทะเบียน", "จังหวัด", "อำเภอ", "วันสิ้นปีบัญชี", "สังกัดสหกรณ์")
COOPERATIVE = (NAME, "สหกรณ์การเกษตร", "0012/2530", PROVINCE, DISTRICT, "31 มีนาคม", "")
TAKEN = "Kept, because the old phone number, e-mail address, name or position has been taken since."
POSITION_CHANGED = "Kept, because this position has been ended or corrected since."
PERSON_CHANGED = "Kept, because the details of this person have been changed since."
ORGANIZATION_CHANGED = "Kept, because this organization has been changed since."


def people(by: User, *rows: list[str]) -> Import:
    return saved(checked(by, csv_file(PEOPLE, *rows)))


def organizations(by: User, *rows: tuple[str, ...]) -> Import:
    return saved(checked(by, csv_file(ORGANIZATIONS, *rows), "organizations"))


def kept(batch: Import) -> list[str]:
    """Why each row was kept, in their order; empty for one that was taken back."""
    return list(batch.rows.values_list("kept_because", flat=True))


def facts(person: User, **changed: str | None) -> dict[str, object]:
    names = ("title", "first_name", "last_name", "phone", "gender", "birth_year")
    return {name: getattr(person, name) for name in names} | changed


# --- what stands in the way of the old words -----------------------------------------------------
def test_a_seat_that_the_next_term_has_ended_opens_again(somchai: User, cooperative: Organization) -> None:
    people(somchai, person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2566", term="1"))
    seat = Membership.objects.get(user__first_name="บุญมี")
    batch = people(somchai, person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2568", term="2"))
    assert list(cooperative.memberships.order_by("since").values_list("until", flat=True)) == [date(2025, 3, 31), None]
    batch = undone(batch)
    assert (batch.state, kept(batch)) == ("undone", [""])
    assert list(cooperative.memberships.values_list("pk", "until")) == [(seat.pk, None)]


@pytest.mark.parametrize(
    ("column", "cells", "values"),
    [
        ("phone", ("0891234567", "0897654321"), ("+66891234567", "+66897654321")),
        ("email", ("old@example.com", "new@example.com"), ("old@example.com", "new@example.com")),
    ],
)
def test_a_phone_or_address_taken_since_stays_with_its_new_owner(
    somchai: User, cooperative: Organization, column: str, cells: tuple[str, str], values: tuple[str, str]
) -> None:
    steady = {"phone": {"email": "steady@example.com"}, "email": {"phone": "0861112222"}}[column]
    for cell in cells:
        batch = people(somchai, person("นางบุญมี ทองดี", organization=NAME, position="สมาชิก", **{**steady, column: cell}))
    entered = User.objects.get(first_name="บุญมี")
    assert getattr(entered, column) == values[1]
    User.objects.create_user("another", first_name="สุดใจ", **{column: values[0]})
    batch = undone(batch)
    entered.refresh_from_db()
    assert (batch.state, kept(batch), getattr(entered, column)) == ("undone", [TAKEN], values[1])


def test_a_name_that_another_organization_bears_since_is_not_put_back(somchai: User) -> None:
    organizations(somchai, COOPERATIVE)
    renamed = ("สหกรณ์การเกษตรบ้านหนองบัวทอง จำกัด", *COOPERATIVE[1:])
    batch = checked(somchai, csv_file(ORGANIZATIONS, renamed), "organizations")
    row = only_row(batch)
    if row.action == "ask":
        flows.decide_row(row, decision="same_one", decided_id=row.alike[0]["id"], by=somchai)
    batch = saved(batch)
    organization = Organization.objects.get(registration_number="0012/2530")
    Organization.objects.create(
        kind="agricultural", name=NAME, province=organization.province, district=organization.district
    )
    batch = undone(batch)
    organization.refresh_from_db()
    assert (batch.state, kept(batch), organization.name) == ("undone", [TAKEN], renamed[0])
    assert organization.changes.count() == 2


def test_a_row_that_the_tables_refuse_keeps_no_other_from_being_taken_back(
    somchai: User, cooperative: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(somchai, person("นางบุญมี ทองดี", "", NAME, "สมาชิก"))
    batch = people(somchai, person("นางสาวบุญมี ทองดี", "", NAME, "สมาชิก"), person("นายชูชาติ นาดี", "", NAME, "สมาชิก"))

    def refuses(model: object, write: object) -> str:
        raise DataError("value too long for type character varying(40)")

    monkeypatch.setattr(undoing, "_restore", refuses)
    batch = undone(batch)
    assert (batch.state, kept(batch)) == (
        "undone",
        ["Kept, because the register does not take back what stood here before.", ""],
    )
    assert User.objects.filter(first_name="ชูชาติ").count() == 0


# --- later work ----------------------------------------------------------------------------------
def test_a_seat_ended_or_corrected_since_is_kept_with_its_person(somchai: User, cooperative: Organization) -> None:
    batch = people(
        somchai,
        person("นางบุญมี ทองดี", "", NAME, "กรรมการ", since="1/4/2567"),
        person("นายชูชาติ นาดี", "", NAME, "สมาชิก", since="1/4/2567"),
        person("นางละออ ชื่นจิต", "", NAME, "สมาชิก", since="1/4/2567"),
    )
    seat = Membership.objects.get(user__first_name="บุญมี")
    keeping.end_membership(seat, on=date(2025, 3, 31), by=somchai)
    member = Membership.objects.get(user__first_name="ชูชาติ")
    keeping.correct_membership(member, position=Position.MANAGER, since=member.since, until=None, by=somchai)
    batch = undone(batch)
    assert (batch.state, kept(batch)) == ("undone", [POSITION_CHANGED, POSITION_CHANGED, ""])
    assert list(cooperative.memberships.order_by("pk").values_list("user__first_name", "position", "until")) == [
        ("บุญมี", "board_member", date(2025, 3, 31)),
        ("ชูชาติ", "manager", None),
    ]


def test_a_person_corrected_since_is_kept(somchai: User, cooperative: Organization) -> None:
    batch = people(somchai, person("นางบุญมี ทองดี", "", NAME, "สมาชิก"), person("นายชูชาติ นาดี", "", NAME, "สมาชิก"))
    entered = User.objects.get(first_name="บุญมี")
    change_details(entered, **facts(entered, phone="+66891234567"), by=somchai)
    batch = undone(batch)
    entered.refresh_from_db()
    assert (kept(batch), entered.phone, entered.memberships.count()) == ([PERSON_CHANGED, ""], "+66891234567", 1)


def test_an_organization_renamed_dissolved_or_told_of_since_is_kept_with_its_history(somchai: User) -> None:
    names = [f"สหกรณ์การเกษตร{name} จำกัด" for name in ("บ้านหนองบัว", "ทุ่งทานตะวัน", "เขาแก้ว", "ริมน้ำ")]
    batch = organizations(
        somchai, *[(name, "สหกรณ์การเกษตร", f"000{n}/2530", *COOPERATIVE[3:]) for n, name in enumerate(names)]
    )
    new = [write["id"] for row in batch.rows.all() for write in row.written if "change" not in write["model"]]
    renamed, dissolved, back_again, untouched = Organization.objects.filter(pk__in=new).order_by("registration_number")
    today = timezone.localdate()
    keeping.change_organization(renamed, on=today, name="สหกรณ์การเกษตรบ้านหนองแวง จำกัด", by=somchai)
    keeping.dissolve_organization(dissolved, on=today, by=somchai)
    for month in (6, 3):  # in the end it says what the import wrote, and has a history
        keeping.change_organization(
            back_again, on=today, year_end_month=month, year_end_day=30 if month == 6 else 31, by=somchai
        )
    lines = OrganizationChange.objects.exclude(organization=untouched).count()
    batch = undone(batch)
    assert (batch.state, kept(batch)) == ("undone", [ORGANIZATION_CHANGED] * 3 + [""])
    assert list(Organization.objects.filter(pk__in=new).order_by("registration_number")) == [
        renamed,
        dissolved,
        back_again,
    ]
    assert OrganizationChange.objects.count() == lines


def test_the_history_of_a_change_stays_where_newer_words_were_kept(somchai: User) -> None:
    organizations(somchai, COOPERATIVE)
    batch = organizations(somchai, (*COOPERATIVE[:5], "30 มิถุนายน", ""))
    organization = Organization.objects.get(registration_number="0012/2530")
    keeping.change_organization(organization, on=timezone.localdate(), year_end_month=9, year_end_day=30, by=somchai)
    batch = undone(batch)
    organization.refresh_from_db()
    assert (kept(batch), organization.year_end_month, organization.changes.count()) == (
        ["Changed again since the import, so the newer words were kept."],
        9,
        3,
    )


def test_what_later_rows_of_the_same_file_have_filled_in_is_taken_back_too(
    somchai: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "BATCH", 1)
    batch = organizations(somchai, (*COOPERATIVE[:5], "", ""), COOPERATIVE)
    assert list(batch.rows.values_list("action", flat=True)) == ["add", "change"]
    batch = undone(batch)
    assert (kept(batch), Organization.objects.filter(registration_number="0012/2530").count()) == (["", ""], 0)


def test_what_rows_of_one_file_did_to_each_other_is_no_work_of_others(
    somchai: User, cooperative: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learning.register.applying.BATCH", 1)
    batch = people(
        somchai,
        person("นางบุญมี ทองดี", "", NAME, "กรรมการ", since="1/4/2566", term="1"),
        person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", since="1/4/2568", term="2"),
    )
    assert Membership.objects.filter(user__first_name="บุญมี").count() == 2
    batch = undone(batch)
    assert (kept(batch), User.objects.filter(first_name="บุญมี").count()) == (["", ""], 0)


# --- once more -----------------------------------------------------------------------------------
def test_a_second_worker_finds_nothing_to_take_back(somchai: User, cooperative: Organization) -> None:
    batch = people(somchai, person("นางบุญมี ทองดี", "", NAME, "สมาชิก"))
    keeping.end_membership(Membership.objects.get(user__first_name="บุญมี"), on=timezone.localdate(), by=somchai)
    undone(batch)
    assert tasks.undo_import(batch.pk) is False
    assert (kept(batch), ImportRow.objects.filter(batch=batch, is_applied=True).count()) == ([POSITION_CHANGED], 1)


def test_a_fault_of_the_machine_keeps_no_row(
    somchai: User, cooperative: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = people(somchai, person("นางบุญมี ทองดี", "", NAME, "สมาชิก"))

    def fails(rows: object) -> None:
        raise OperationalError("the database is restarting")

    with monkeypatch.context() as patch:
        patch.setattr(undoing, "_take_back", fails)
        with pytest.raises(OperationalError):
            undone(batch)
    batch.refresh_from_db()
    assert (batch.state, kept(batch)) == ("undoing", [""])


def test_the_page_of_an_import_tells_why_its_undo_stopped(
    client: Client, somchai: User, cooperative: Organization
) -> None:
    batch = people(somchai, person("นางบุญมี ทองดี", "", NAME, "สมาชิก"))
    Import.objects.filter(pk=batch.pk).update(refusal="The undo stopped before its end.")
    client.force_login(somchai)
    assertContains(client.get(reverse("register:import", args=[batch.pk])), "<p>The undo stopped before its end.</p>")
