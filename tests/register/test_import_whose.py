"""Whom a row of a file may mean, open and change: nobody of another office by a number, nobody with rights."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from learning.duties.choices import Role
from learning.organizations.models import Organization
from learning.people.models import User
from learning.register.flows import imports as flows
from learning.register.models import ImportRow
from tests.cast import Cast
from tests.factories.duties import make_duty
from tests.factories.imports import (
    NAME,
    actions,
    checked,
    only_row,
    people,
    person,
    saved,
    undone,
)

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(("phone", "email"), [("084-567-8901", ""), ("", "krit@example.org")])
def test_a_number_or_address_without_the_name_opens_nobody_of_another_office(
    cast: Cast, somchai: User, cooperative: Organization, phone: str, email: str
) -> None:
    User.objects.filter(pk=cast.krit.pk).update(email="krit@example.org")
    batch = checked(somchai, people(person("นางคนอื่น ไกลบ้าน", phone, NAME, "สมาชิก", email=email)))
    row = only_row(batch)
    what = "phone number" if phone else "e-mail address"
    assert (row.action, row.alike, row.problems) == (
        "problem",
        [],
        {
            "phone" if phone else "email": f"This {what} belongs to somebody else in the register. "
            "Correct it or leave it empty."
        },
    )
    with pytest.raises(flows.Refused):
        flows.decide_row(row, decision="same_one", decided_id=cast.krit.pk, by=somchai)
    row.refresh_from_db()
    row = flows.correct_row(row, cells={"phone": "", "email": ""}, by=somchai)
    assert row.action == "add"


def test_a_position_by_number_alone_opens_nobody_of_another_office(
    cast: Cast, somchai: User, cooperative: Organization
) -> None:
    batch = checked(somchai, people(person("", "084-567-8901", NAME, "สมาชิก")), "memberships")
    row = only_row(batch)
    assert (row.action, list(row.problems), row.alike) == ("problem", ["first_name"], [])


def test_an_answer_kept_from_before_opens_nobody_of_another_office(
    cast: Cast, somchai: User, cooperative: Organization
) -> None:
    batch = checked(somchai, people(person("นางบุญมี ทองดี", "", NAME, "สมาชิก")))
    ImportRow.objects.filter(batch=batch).update(
        decision="same_one",
        decided_id=cast.krit.pk,
        alike=[{"id": cast.krit.pk, "label": "ก… แ…", "why": "phone_outside"}],
    )
    saved(batch)
    assert cast.krit.memberships.filter(organization=cooperative).count() == 0


def test_one_name_with_two_phones_is_a_question_also_when_its_owner_signs_in(cast: Cast, somchai: User) -> None:
    name = cast.board_seat.organization.name
    file = [person("นางสาวมาลี ใจดี", "089-000-1111", name, "ผู้จัดการ")]
    batch = checked(somchai, people(*file))
    row = only_row(batch)
    assert (row.action, [(one["id"], one["why"]) for one in row.alike]) == ("ask", [(cast.malee.pk, "other_phone")])
    flows.decide_row(row, decision="new_one", by=somchai)
    saved(batch)
    entered = User.objects.get(phone="+66890001111")
    assert (entered.full_name, entered.pk == cast.malee.pk) == ("นางสาวมาลี ใจดี", False)
    assert cast.malee.memberships.filter(position="manager").count() == 0
    assert actions(checked(somchai, people(*file))) == ["same"]


def test_the_answer_that_two_phones_are_one_person_is_kept_for_the_next_file(cast: Cast, somchai: User) -> None:
    name = cast.board_seat.organization.name
    file = [person("นางสาวมาลี ใจดี", "089-000-1111", name, "ผู้จัดการ")]
    batch = checked(somchai, people(*file))
    flows.decide_row(only_row(batch), decision="same_one", decided_id=cast.malee.pk, by=somchai)
    batch = saved(batch)
    assert cast.malee.memberships.filter(position="manager").count() == 1
    again = only_row(checked(somchai, people(*file)))
    assert (again.action, again.decision, again.decided_id) == ("same", "same_one", cast.malee.pk)
    flows.decide_row(again, decision="", by=somchai)
    assert only_row(again.batch).action == "ask"
    seat = checked(somchai, people(person("นางสาวมาลี ใจดี", "089-000-1111", name, "ผู้ตรวจสอบกิจการ")))
    assert actions(seat) == ["add"]
    saved(seat)
    assert cast.malee.memberships.filter(position="business_auditor").count() == 1
    cast.malee.refresh_from_db()
    assert cast.malee.phone == "+66812345678"
    undone(seat)
    undone(batch)
    ImportRow.objects.exclude(batch__state="undone").delete()
    assert actions(checked(somchai, people(*file))) == ["ask"]


def test_a_phone_of_somebody_else_does_not_hide_that_a_namesake_has_another(
    somchai: User, cooperative: Organization
) -> None:
    saved(
        checked(
            somchai,
            people(person("นางบุญมี ทองดี", "089-123-4567", NAME), person("นายชูชาติ นาดี", "089-765-4321", NAME)),
        )
    )
    row = only_row(checked(somchai, people(person("นายชูชาติ นาดี", "089-123-4567", NAME, "ผู้จัดการ"))))
    assert (row.action, [one["why"] for one in row.alike]) == ("ask", ["other_phone"])


RIGHTS = ("duty that ended", "duty to come", "staff", "superuser", "group", "permission")


def give(right: str, somebody: User, cooperative: Organization) -> None:
    today = timezone.localdate()
    match right:
        case "duty that ended":
            make_duty(
                somebody,
                Role.COORDINATOR,
                cooperative,
                since=today - timedelta(days=30),
                until=today - timedelta(days=1),
            )
        case "duty to come":
            make_duty(somebody, Role.COORDINATOR, cooperative, since=today + timedelta(days=30))
        case "staff":
            User.objects.filter(pk=somebody.pk).update(is_staff=True)
        case "superuser":
            User.objects.filter(pk=somebody.pk).update(is_superuser=True)
        case "group":
            somebody.groups.add(Group.objects.create(name="a group"))
        case "permission":
            somebody.user_permissions.add(Permission.objects.first())


@pytest.mark.parametrize("right", RIGHTS)
def test_who_holds_rights_is_given_no_other_address_by_a_file(
    somchai: User, cooperative: Organization, right: str
) -> None:
    file = person("นางบุญมี ทองดี", "089-123-4567", NAME, "สมาชิก")
    saved(checked(somchai, people(file)))
    entered = User.objects.get(phone="+66891234567")
    give(right, entered, cooperative)
    batch = checked(somchai, people(person("นางบุญมี ทองดี", "089-123-4567", NAME, "กรรมการ", email="evil@example.org")))
    row = only_row(batch)
    assert (row.action, row.problems) == (
        "problem",
        {
            "email": "This person holds or has held a duty on this site, so no file changes this. "
            "Empty the cell, or write what stands in the register."
        },
    )
    row = flows.correct_row(row, cells={"email": ""}, by=somchai)
    assert (row.action, row.changes) == ("add", {"position": ["", "board_member"]})
    saved(batch)
    entered.refresh_from_db()
    assert (entered.email, entered.memberships.count()) == ("", 2)
    assert actions(checked(somchai, people(file))) == ["same"]


def test_who_was_given_a_duty_since_the_check_is_given_no_other_address(
    somchai: User, cooperative: Organization
) -> None:
    saved(checked(somchai, people(person("นางบุญมี ทองดี", "089-123-4567", NAME, "สมาชิก"))))
    entered = User.objects.get(phone="+66891234567")
    batch = checked(somchai, people(person("นางบุญมี ทองดี", "089-123-4567", NAME, email="evil@example.org")))
    assert actions(batch) == ["change"]
    give("duty to come", entered, cooperative)
    batch = saved(batch)
    entered.refresh_from_db()
    assert (entered.email, actions(batch)) == ("", ["problem"])
