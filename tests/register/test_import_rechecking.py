"""A row that is corrected or decided meets the other rows of its file, as in the dry run."""

import pytest

from learning.organizations.models import Organization
from learning.people.models import User
from learning.register.flows import imports as flows
from learning.register.models import Import, ImportRow
from tests.factories.imports import (
    NAME,
    actions,
    checked,
    people,
    person,
    saved,
)

pytestmark = pytest.mark.usefixtures("english")


def row_of(batch: Import, number: int) -> ImportRow:
    return ImportRow.objects.select_related("batch").get(batch=batch, number=number)


def test_a_corrected_row_meets_who_is_nearly_the_same_further_down(somchai: User, cooperative: Organization) -> None:
    batch = checked(
        somchai,
        people(
            person("นางมาลัย ใจงาม", "ไม่แน่ใจ", NAME, "สมาชิก"),
            person("นางมาลัย ใจงามม", "", NAME, "ผู้จัดการ"),
            person("นายชูชาติ นาดี", "", NAME, "สมาชิก"),
        ),
    )
    assert actions(batch) == ["problem", "add", "add"]
    flows.correct_row(row_of(batch, 2), cells={"phone": "0891234567"}, by=somchai)
    assert (actions(batch), [one["id"] for one in row_of(batch, 3).alike]) == (["add", "ask", "add"], [-2])
    flows.decide_row(row_of(batch, 3), decision="same_one", decided_id=-2, by=somchai)
    saved(batch, "whole_file")
    entered = User.objects.get(first_name="มาลัย")
    assert sorted(entered.memberships.values_list("position", flat=True)) == ["manager", "member"]


def test_a_corrected_row_meets_who_is_nearly_the_same_further_up(somchai: User, cooperative: Organization) -> None:
    batch = checked(
        somchai,
        people(person("นางมาลัย ใจงาม", "", NAME, "สมาชิก"), person("นางมาลัย ใจงามม", "ไม่แน่ใจ", NAME, "ผู้จัดการ")),
    )
    row = flows.correct_row(row_of(batch, 3), cells={"phone": ""}, by=somchai)
    assert (row.action, [one["id"] for one in row.alike]) == ("ask", [-2])
    row = flows.decide_row(row, decision="new_one", by=somchai)
    saved(batch, "whole_file")
    assert User.objects.filter(first_name="มาลัย").count() == 2


def test_who_is_somebody_new_by_an_answer_is_met_by_the_rows_below(somchai: User, cooperative: Organization) -> None:
    batch = checked(
        somchai,
        people(
            person("นางมาลัย ใจงาม", "", NAME),
            person("นางมาลัย ใจงามม", "", NAME),
            person("นางมาลัย ใจงามมม", "", NAME),
        ),
    )
    assert (actions(batch), [one["id"] for one in row_of(batch, 4).alike]) == (["add", "ask", "add"], [])
    flows.decide_row(row_of(batch, 3), decision="new_one", by=somchai)
    assert (actions(batch), [one["id"] for one in row_of(batch, 4).alike]) == (["add", "add", "ask"], [-3])


def test_an_answer_about_a_row_is_asked_again_when_the_row_says_something_else(
    somchai: User, cooperative: Organization
) -> None:
    batch = checked(somchai, people(person("นางมาลัย ใจงาม", "", NAME), person("นางมาลัย ใจงามม", "", NAME, "ผู้จัดการ")))
    flows.decide_row(row_of(batch, 3), decision="same_one", decided_id=-2, by=somchai)
    flows.correct_row(row_of(batch, 2), cells={"ชื่อ-นามสกุล": "", "full_name": "นายชูชาติ นาดี"}, by=somchai)
    row = row_of(batch, 3)
    assert (row.action, row.decision, row.decided_id, row.alike) == ("add", "", None, [])
    flows.correct_row(row_of(batch, 2), cells={"full_name": "นางมาลัย ใจงาม"}, by=somchai)
    assert actions(batch) == ["add", "ask"]


def test_a_row_left_out_is_met_by_nobody(somchai: User, cooperative: Organization) -> None:
    batch = checked(somchai, people(person("นางมาลัย ใจงาม", "", NAME), person("นางมาลัย ใจงามม", "", NAME, "ผู้จัดการ")))
    flows.decide_row(row_of(batch, 2), decision="leave_out", by=somchai)
    assert actions(batch)[1] == "add"
    saved(batch, "whole_file")
    assert list(User.objects.filter(first_name="มาลัย").values_list("last_name", flat=True)) == ["ใจงามม"]


def test_a_row_of_a_long_file_is_corrected_with_few_queries(
    somchai: User, cooperative: Organization, django_assert_max_num_queries: object
) -> None:
    rows = [person("นางมาลัย ใจงาม", "ไม่แน่ใจ", NAME), person("นางมาลัย ใจงามม", "", NAME)]
    others = [person(f"นาย{a}{b} {b}{c}ดี", "", NAME) for a in "กขคง" for b in "จฉชซ" for c in "ดตถท"]
    batch = checked(somchai, people(*rows, *others))
    with django_assert_max_num_queries(30):
        flows.correct_row(row_of(batch, 2), cells={"phone": ""}, by=somchai)
    assert actions(batch)[:2] == ["add", "ask"]
