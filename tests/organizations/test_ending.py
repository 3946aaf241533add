"""Merging, splitting, dissolving: nobody is at two places on one day, and no day of the past is rewritten."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from courses.catalog.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.kernel.states import IllegalMove, move
from learning.organizations.choices import TRANSITIONS
from learning.organizations.flows import dissolve_organization, merge_organizations, split_organization
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import facts_as_of, holding_on
from learning.people.models import User
from tests.cast import Cast
from tests.factories.learning import enroll_malee
from tests.factories.organizations import make_membership, make_organization

TODAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ON = date(2026, 11, 1)
BEFORE = date(2026, 10, 31)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def source(cast: Cast) -> Organization:
    """Malee's cooperative."""
    return cast.board_seat.organization


@pytest.fixture
def successor(cast: Cast) -> Organization:
    return make_organization("สหกรณ์การเกษตรชัยนาทพัฒนา จำกัด")


def held(user: User, organization: Organization) -> list[tuple[str, date, date | None]]:
    rows = Membership.objects.filter(user=user, organization=organization).order_by("since", "position")
    return list(rows.values_list("position", "since", "until"))


def merge(source: Organization, successor: Organization, cast: Cast, on: date = ON) -> Organization:
    return merge_organizations([source], into=successor, on=on, order_ref="ชน 0010/5", by=cast.somchai)


def refusal(function: Any, *arguments: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refused, transaction.atomic():
        function(*arguments, **facts)
    return refused.value.sentence


# --- merging -------------------------------------------------------------------------------------
def test_a_merged_organization_names_its_successor_and_its_last_day(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    Organization.objects.update(is_counted=True)
    merge(source, successor, cast)
    source.refresh_from_db()
    successor.refresh_from_db()
    assert (source.state, source.ended_on, source.successor) == ("merged", ON, successor)
    assert (source.is_counted, successor.is_counted, successor.state) == (False, False, "active")
    story = [(line.happening, line.on, line.other, line.order_ref) for line in source.changes.all()]
    assert story == [("merged_into", ON, successor, "ชน 0010/5")]
    assert [(line.happening, line.other) for line in successor.changes.all()] == [("received", source)]


def test_seats_end_and_other_positions_go_on_the_next_day(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    make_membership(cast.malee, source, position="member", since=date(2020, 1, 1))
    make_membership(cast.krit, source, position="business_auditor")
    merge(source, successor, cast)
    assert held(cast.malee, source) == [
        ("member", date(2020, 1, 1), BEFORE),
        ("board_member", date(2025, 12, 1), BEFORE),
    ]
    assert held(cast.malee, successor) == [("member", ON, None)]
    assert held(cast.krit, source) == [("business_auditor", date(2025, 12, 1), BEFORE)]
    assert held(cast.krit, successor) == []


def test_a_term_that_ends_later_goes_on_to_its_own_end_and_one_that_ended_stays(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    make_membership(cast.krit, source, position="manager", until=date(2027, 9, 30))
    make_membership(cast.wipa, source, position="staff", until=date(2026, 10, 31))
    merge(source, successor, cast)
    assert held(cast.krit, successor) == [("manager", ON, date(2027, 9, 30))]
    assert held(cast.wipa, source) == [("staff", date(2025, 12, 1), BEFORE)]
    assert held(cast.wipa, successor) == []


def test_what_was_to_begin_later_begins_in_the_successor_and_a_seat_never(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    make_membership(cast.krit, source, position="staff", since=date(2026, 12, 1))
    make_membership(cast.krit, source, position="board_chair", since=ON)
    merge(source, successor, cast)
    assert held(cast.krit, source) == []
    assert held(cast.krit, successor) == [("staff", date(2026, 12, 1), None)]


def test_who_holds_the_position_in_the_successor_already_holds_it_once(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    for organization in (source, successor):
        make_membership(cast.krit, organization, position="member")
    merge(source, successor, cast)
    assert held(cast.krit, successor) == [("member", date(2025, 12, 1), None)]


def test_a_member_of_two_sources_is_one_member_of_the_successor(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    other = make_organization("สหกรณ์การเกษตรหันคา จำกัด")
    for organization in (source, other):
        make_membership(cast.krit, organization, position="member")
    merge_organizations([source, other], into=successor, on=ON, by=cast.somchai)
    assert held(cast.krit, successor) == [("member", ON, None)]
    assert set(successor.predecessors.all()) == {source, other}


@pytest.mark.parametrize("left_on", [date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 23)])
@pytest.mark.parametrize("until", [None, date(2027, 3, 31)])
def test_who_has_left_the_position_in_the_successor_holds_that_of_the_source_from_the_day_after(
    cast: Cast, source: Organization, successor: Organization, left_on: date, until: date | None
) -> None:
    make_membership(cast.krit, source, position="staff", until=until)
    make_membership(cast.krit, successor, position="staff", until=left_on)
    merge(source, successor, cast)
    assert held(cast.krit, source) == [("staff", date(2025, 12, 1), BEFORE)]
    assert held(cast.krit, successor) == [
        ("staff", date(2025, 12, 1), left_on),
        ("staff", left_on + timedelta(days=1), until),
    ]
    assert set(Membership.objects.filter(user=cast.krit).values_list("term_number", flat=True)) == {None}


def test_a_position_that_ends_with_that_in_the_successor_gets_no_further_row(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    for organization in (source, successor):
        make_membership(cast.krit, organization, position="staff", until=date(2026, 11, 10))
    merge(source, successor, cast)
    assert held(cast.krit, successor) == [("staff", date(2025, 12, 1), date(2026, 11, 10))]


def test_the_days_before_and_between_what_is_held_in_the_successor_are_filled(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    spans = [
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 31)),
        (date(2027, 3, 1), None),
    ]
    for since, until in spans:
        make_membership(cast.krit, successor, position="staff", since=since, until=until)
    make_membership(cast.krit, source, position="staff")
    merge(source, successor, cast)
    assert held(cast.krit, successor) == [
        ("staff", ON, date(2026, 11, 30)),
        *(("staff", *span) for span in spans[:2]),
        ("staff", date(2027, 2, 1), date(2027, 2, 28)),
        ("staff", *spans[2]),
    ]


def test_who_leaves_one_source_earlier_than_the_other_stays_as_long_as_the_longer(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    other = make_organization("สหกรณ์การเกษตรหันคา จำกัด")
    make_membership(cast.krit, source, position="member", until=date(2026, 11, 30))
    make_membership(cast.krit, other, position="member")
    merge_organizations([source, other], into=successor, on=ON, by=cast.somchai)
    assert held(cast.krit, successor) == [
        ("member", ON, date(2026, 11, 30)),
        ("member", date(2026, 12, 1), None),
    ]


def test_nobody_holds_one_position_at_two_places_on_any_day(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    make_membership(cast.malee, source, position="member", since=date(2020, 1, 1))
    merge(source, successor, cast)
    for day in (BEFORE, ON):
        places = Membership.objects.filter(holding_on(day), user=cast.malee, position="member")
        assert places.count() == 1, day


def test_groups_are_attached_to_the_successor_from_the_day_on(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    groups = list(source.groups.all())
    assert len(groups) == 2
    merge(source, successor, cast)
    assert set(successor.groups.all()) == set(groups)
    before = facts_as_of(BEFORE)
    assert {before[group.pk].parent_id for group in groups} == {source.pk}
    assert (before[source.pk].exists, facts_as_of(ON)) == (True, {})


def test_a_member_in_the_midst_of_a_course_goes_on_and_counts_where_she_enrolled(
    cast: Cast, source: Organization, successor: Organization, course: CoursePage
) -> None:
    enrollment = enroll_malee(cast, course)
    merge(source, successor, cast)
    kept = Enrollment.objects.get(pk=enrollment.pk)
    assert (kept.state, kept.organization, kept.position) == ("active", source, "board_member")


def test_an_organization_merges_only_with_another_active_one_of_its_sort_on_a_day_that_has_come(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    group = Organization.objects.get(kind="womens_group")
    farmers = make_organization("กลุ่มเกษตรกรทำนาสรรพยา", kind="farmers_group")
    for into in (source, group, farmers):
        assert refusal(merge, source, into, cast)
    assert refusal(merge, source, successor, cast, on=date(2026, 11, 24))
    assert refusal(merge_organizations, [], into=successor, on=ON, by=cast.somchai)
    merge(source, successor, cast)
    assert refusal(merge, source, successor, cast)
    source.refresh_from_db()
    assert refusal(merge, successor, source, cast)


def test_nothing_ends_before_its_last_recorded_change(
    cast: Cast, source: Organization, successor: Organization
) -> None:
    split_organization(source, name="สหกรณ์การเกษตรใหม่ จำกัด", people=[cast.malee], on=ON, by=cast.somchai)
    assert refusal(merge, source, successor, cast, on=BEFORE)
    assert refusal(dissolve_organization, source, on=BEFORE, by=cast.somchai)


def test_a_group_that_takes_in_its_parent_belongs_to_nobody(cast: Cast) -> None:
    upper = make_organization("กลุ่มสตรีบ้านบน", kind="womens_group")
    lower = make_organization("กลุ่มสตรีบ้านล่าง", kind="womens_group", parent=upper)
    merge(upper, lower, cast)
    lower.refresh_from_db()
    assert lower.parent is None


def test_an_end_is_no_beginning_the_table_of_states_says(cast: Cast, source: Organization) -> None:
    dissolve_organization(source, on=ON, by=cast.somchai)
    source.refresh_from_db()
    with pytest.raises(IllegalMove), transaction.atomic():
        move(source, "active", transitions=TRANSITIONS, ended_on=None)


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "merged", "ended_on": ON},
        {"state": "dissolved"},
        {"ended_on": ON},
        {"state": "asleep", "ended_on": ON},
    ],
)
def test_the_database_refuses_an_end_without_its_day_or_successor(
    cast: Cast, source: Organization, facts: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=source.pk).update(**facts)


# --- splitting -----------------------------------------------------------------------------------
def test_the_chosen_people_go_with_their_positions_and_the_source_stays(cast: Cast, source: Organization) -> None:
    make_membership(cast.malee, source, position="member", since=date(2020, 1, 1))
    make_membership(cast.krit, source, position="member")
    new = split_organization(
        source, name="สหกรณ์การเกษตรทุ่งใหม่ จำกัด", district=source.district, people=[cast.malee], on=ON, by=cast.somchai
    )
    source.refresh_from_db()
    assert (source.state, new.kind, new.district) == ("active", source.kind, source.district)
    assert held(cast.malee, new) == [("member", ON, None)]
    assert [until for _position, _since, until in held(cast.malee, source)] == [BEFORE, BEFORE]
    assert held(cast.krit, source) == [("member", date(2025, 12, 1), None)]
    assert [(line.happening, line.other) for line in source.changes.all()] == [("divided", new)]
    assert [(line.happening, line.other) for line in new.changes.all()] == [("split_from", source)]
    assert {pk: facts.exists for pk, facts in facts_as_of(BEFORE).items()} == {new.pk: False}


def test_who_held_only_a_seat_becomes_a_member_of_the_new_one(cast: Cast, source: Organization) -> None:
    new = split_organization(source, name="สหกรณ์การเกษตรใหม่ จำกัด", people=[cast.malee], on=ON, by=cast.somchai)
    assert held(cast.malee, new) == [("member", ON, None)]


def test_a_split_without_people_or_with_a_strangers_name_is_refused_whole(cast: Cast, source: Organization) -> None:
    for people in ([], [cast.malee, cast.krit]):
        assert refusal(split_organization, source, name="สหกรณ์การเกษตรใหม่ จำกัด", people=people, on=ON, by=cast.somchai)
    assert not Organization.objects.filter(name="สหกรณ์การเกษตรใหม่ จำกัด").exists()
    assert cast.board_seat.until is None


# --- dissolving ----------------------------------------------------------------------------------
def test_with_a_dissolution_every_position_ends_the_day_before_and_groups_stand_alone(
    cast: Cast, source: Organization
) -> None:
    groups = list(source.groups.all())
    make_membership(cast.krit, source, position="manager", since=date(2026, 12, 1))
    dissolve_organization(source, on=ON, order_ref="ชน 0010/9", by=cast.somchai)
    source.refresh_from_db()
    assert (source.state, source.ended_on, source.successor) == ("dissolved", ON, None)
    assert held(cast.malee, source) == [("board_member", date(2025, 12, 1), BEFORE)]
    assert held(cast.krit, source) == []
    assert {group.parent for group in Organization.objects.filter(pk__in=[group.pk for group in groups])} == {None}
    assert {facts_as_of(BEFORE)[group.pk].parent_id for group in groups} == {source.pk}


def test_a_dissolution_twice_is_refused(cast: Cast, source: Organization) -> None:
    dissolve_organization(source, on=ON, by=cast.somchai)
    assert refusal(dissolve_organization, source, on=ON, by=cast.somchai)
