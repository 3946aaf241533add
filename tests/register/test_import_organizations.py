"""A file of organizations: entered, changed, asked about, and taken back."""

import pytest
from django.utils import translation

from learning.organizations.models import Organization, OrganizationChange
from learning.people.models import User
from learning.register.flows import imports as flows
from learning.register.models import Import
from tests.cast import Cast
from tests.factories.imports import actions, checked, csv_file, keeps_register, only_row, saved, undone

HEADINGS = ("ประเภท", "ชื่อ", "เลขทะเบียน", "จังหวัด", "อำเภอ", "สังกัดสหกรณ์", "วันสิ้นปีบัญชี")
COOPERATIVE = ("สหกรณ์การเกษตร", "สหกรณ์การเกษตรบ้านหนองบัว จำกัด", "0012/2530", "ชัยนาท", "สรรพยา", "", "31 มีนาคม")
GROUP = ("กลุ่มสตรี", "กลุ่มสตรีบ้านหนองบัว", "", "ชัยนาท", "สรรพยา", "สหกรณ์การเกษตรบ้านหนองบัว จำกัด", "")


@pytest.fixture(autouse=True)
def english() -> None:
    with translation.override("en"):
        yield


@pytest.fixture
def somchai(cast: Cast) -> User:
    keeps_register(cast.somchai)
    return cast.somchai


def register(somchai: User, *rows: tuple[str, ...]) -> Import:
    return checked(somchai, csv_file(HEADINGS, *rows), "organizations")


def test_a_cooperative_and_its_group_are_entered_with_their_history(somchai: User) -> None:
    batch = register(somchai, COOPERATIVE, GROUP)
    assert actions(batch) == ["add", "add"]
    saved(batch)
    group = Organization.objects.get(name="กลุ่มสตรีบ้านหนองบัว")
    assert (group.kind, group.parent.registration_number, group.is_counted) == ("womens_group", "0012/2530", False)
    assert (group.parent.year_end_month, group.parent.year_end_day) == (3, 31)
    assert list(OrganizationChange.objects.values_list("happening", "by")) == [("registered", somchai.pk)] * 2


def test_a_second_run_changes_nothing(somchai: User) -> None:
    saved(register(somchai, COOPERATIVE, GROUP))
    shorter = ("สหกรณ์การเกษตร", "การเกษตรบ้านหนองบัว", "", "ชัยนาท", "สรรพยา", "", "")
    assert actions(register(somchai, COOPERATIVE, GROUP, shorter)) == ["same", "same", "same"]


def test_a_new_name_under_the_same_number_is_a_question_and_then_a_change(somchai: User) -> None:
    saved(register(somchai, COOPERATIVE))
    cooperative = Organization.objects.get(registration_number="0012/2530")
    batch = register(somchai, ("สหกรณ์การเกษตร", "สหกรณ์การเกษตรรวงข้าวพัฒนา จำกัด", *COOPERATIVE[2:]))
    row = only_row(batch)
    assert (row.action, row.alike[0]["why"]) == ("ask", "number")
    flows.decide_row(row, decision="same_one", decided_id=cooperative.pk, by=somchai)
    saved(batch)
    cooperative.refresh_from_db()
    line = OrganizationChange.objects.get(happening="changed")
    assert (cooperative.name, cooperative.search_key) == ("สหกรณ์การเกษตรรวงข้าวพัฒนา จำกัด", "การเกษตรรวงข้าวพัฒนา")
    assert (line.name_before, line.fields) == ("สหกรณ์การเกษตรบ้านหนองบัว จำกัด", ["name"])
    undone(batch)
    cooperative.refresh_from_db()
    assert (cooperative.name, cooperative.search_key) == ("สหกรณ์การเกษตรบ้านหนองบัว จำกัด", "การเกษตรบ้านหนองบัว")


def test_an_alike_name_is_a_question(somchai: User) -> None:
    saved(register(somchai, COOPERATIVE))
    batch = register(somchai, ("สหกรณ์การเกษตร", "สหกรณ์การเกษตรบ้านหนองบั้ว จำกัด", "", "ชัยนาท", "สรรพยา", "", ""))
    assert (actions(batch), only_row(batch).alike[0]["why"]) == (["ask"], "alike")


def test_a_place_outside_the_area_is_a_problem(somchai: User) -> None:
    batch = register(somchai, ("สหกรณ์การเกษตร", "สหกรณ์การเกษตรแม่ริม จำกัด", "", "เชียงใหม่", "แม่ริม", "", ""))
    assert (actions(batch), list(only_row(batch).problems)) == (["problem"], ["district"])


def test_the_same_organization_told_in_two_ways_is_a_problem_of_the_second_row(somchai: User) -> None:
    other_year = (*COOPERATIVE[:6], "31 ธันวาคม")
    batch = register(somchai, COOPERATIVE, COOPERATIVE, other_year)
    assert (actions(batch), list(batch.rows.last().problems)) == (["add", "same", "problem"], ["year_end"])


def test_a_corrected_row_meets_the_organizations_of_its_file(somchai: User) -> None:
    wrong = ("สหกรณ์การเกษตร", "สหกรณ์การเกษตรบ้านหนองบั้ว จำกัด", "", "ชัยนาท", "ไม่แน่ใจ", "", "")
    batch = register(somchai, wrong, (*COOPERATIVE[:2], "", *COOPERATIVE[3:]), (*GROUP[:6], "ไม่แน่ใจ"))
    assert actions(batch) == ["problem", "add", "problem"]
    rows = batch.rows.select_related("batch")
    flows.correct_row(rows.get(number=2), cells={"district": "สรรพยา"}, by=somchai)
    assert (actions(batch), rows.get(number=3).alike[0]["id"]) == (["add", "ask", "problem"], -2)
    flows.decide_row(rows.get(number=3), decision="new_one", by=somchai)
    flows.correct_row(rows.get(number=4), cells={"year_end": ""}, by=somchai)
    assert actions(batch) == ["add", "add", "add"]
    saved(batch, "whole_file")
    assert Organization.objects.get(name=GROUP[1]).parent.name == COOPERATIVE[1]


def test_an_undo_keeps_an_organization_that_has_members_by_now(cast: Cast, somchai: User) -> None:
    batch = saved(register(somchai, COOPERATIVE, GROUP))
    cooperative = Organization.objects.get(registration_number="0012/2530")
    cooperative.memberships.create(user=cast.malee, position="member")
    batch = undone(batch)
    assert list(batch.rows.values_list("kept_because", flat=True)) == [
        "Kept, because people have positions in this organization by now.",
        "",
    ]
    assert Organization.objects.filter(name="กลุ่มสตรีบ้านหนองบัว").count() == 0
    assert cooperative.changes.count() == 1
