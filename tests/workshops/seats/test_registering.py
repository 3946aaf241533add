"""Who may register, for whom, until when; and what must have been learnt before."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from learning.kernel.refusals import Refused
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Membership, Organization
from learning.places.models import Province
from learning.progress.queries import lessons_left_before_workshop
from learning.workshops.choices import SeatState, WorkshopState
from learning.workshops.flows.seats import register, register_party
from learning.workshops.models import Seat, Workshop
from learning.workshops.queries.seats import clashes_of, lessons_left_of_many
from tests.cast import Cast
from tests.factories.learning import enroll_malee, lessons_of, read_everything, sit_test
from tests.factories.workshops import make_seat, make_workshop
from tests.workshops.seats.conftest import DAY, Members, come, figures, go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "in_english")]


def refusal(workshop: Workshop, membership: Membership) -> tuple[int, str]:
    with pytest.raises(Refused) as refused:
        come(workshop, membership)
    assert Seat.objects.count() == 0
    return int(refused.value.status), refused.value.sentence


def test_a_seat_keeps_the_facts_of_its_moment(workshop: Workshop, cast: Cast) -> None:
    cast.malee.gender, cast.malee.birth_year = "female", 1968
    cast.malee.save(update_fields=["gender", "birth_year"])
    membership = cast.board_seat
    (seat,) = come(workshop, membership)
    organization = membership.organization
    seat.refresh_from_db()
    assert (seat.organization, seat.position, seat.kind) == (organization, Position.BOARD_MEMBER, Kind.AGRICULTURAL)
    assert (seat.province, seat.district, seat.parent) == (organization.province, organization.district, None)
    assert (seat.gender, seat.birth_year, seat.registered_by) == ("female", 1968, cast.malee)
    assert (seat.state, seat.confirmed_at is not None, seat.queue_number) == (SeatState.CONFIRMED, True, None)


def test_asking_twice_gives_the_same_seat(workshop: Workshop, cast: Cast) -> None:
    first, second = come(workshop, cast.board_seat, cast.board_seat)
    assert (first.pk, figures(workshop)) == (second.pk, (1, 0))


def test_who_gave_a_seat_back_may_register_again(workshop: Workshop, cast: Cast) -> None:
    (first,) = come(workshop, cast.board_seat)
    go(first)
    (second,) = come(workshop, cast.board_seat)
    assert (second.pk != first.pk, second.state, figures(workshop)) == (True, SeatState.CONFIRMED, (1, 0))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (WorkshopState.PLANNED, "Registration for this workshop has not opened yet."),
        (WorkshopState.CLOSED, "Registration for this workshop is closed."),
        (WorkshopState.HELD, "Registration for this workshop is closed."),
        (WorkshopState.CANCELLED, "This workshop was cancelled."),
    ],
)
def test_registration_is_open_in_one_state_only(state: str, sentence: str, workshop: Workshop, cast: Cast) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state=state)
    assert refusal(workshop, cast.board_seat) == (409, sentence)


def test_the_last_day_to_register_still_counts(workshop: Workshop, cast: Cast, clock: object) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(registration_closes_on=date(2026, 12, 1))
    clock.move_to("2026-12-01T16:59:00Z")  # type: ignore[attr-defined]  # a minute before midnight in Bangkok
    come(workshop, cast.board_seat)
    assert figures(workshop) == (1, 0)


def test_after_the_last_day_learners_are_told_the_day(workshop: Workshop, cast: Cast, clock: object) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(registration_closes_on=date(2026, 12, 1))
    clock.move_to("2026-12-01T17:00:00Z")  # type: ignore[attr-defined]
    assert refusal(workshop, cast.board_seat) == (
        409,
        "Registration closed on 1 ธันวาคม 2569. Look for another day, or ask your office.",
    )


def test_the_office_that_asked_still_registers_after_the_last_day(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(registration_closes_on=date(2026, 11, 1), state=WorkshopState.CLOSED)
    workshop.refresh_from_db()
    people = [one.user_id for one in members(cooperative, 1)]
    register_party(workshop, organization=cooperative, people=people, together=False, by=cast.somchai)
    assert figures(workshop) == (1, 0)


def test_nobody_registers_once_it_has_begun(workshop: Workshop, cast: Cast, clock: object) -> None:
    clock.move_to("2026-12-28T02:00:00Z")  # type: ignore[attr-defined]
    assert refusal(workshop, cast.board_seat) == (409, "This workshop has begun already. Look for another day.")


def test_who_stands_at_the_door_gets_a_free_seat_from_the_center(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members, clock: object
) -> None:
    come(workshop, *members(cooperative, 9))
    late = members(cooperative, 2)
    clock.move_to("2026-12-28T02:20:00Z")  # type: ignore[attr-defined]
    people = [one.user_id for one in late]
    register_party(workshop, organization=cooperative, people=people[:1], together=False, by=cast.wipa)
    assert figures(workshop) == (10, 0)
    with pytest.raises(Refused, match="no free seat left"):
        register_party(workshop, organization=cooperative, people=people[1:], together=False, by=cast.wipa)
    assert figures(workshop) == (10, 0)


# --- for whom --------------------------------------------------------------------------------------
def test_nobody_registers_as_a_member_of_somebody_elses_organization(
    workshop: Workshop, cast: Cast, neighbours: Organization, members: Members
) -> None:
    (other,) = members(neighbours, 1)
    with pytest.raises(Refused) as refused:
        register(workshop, membership=other, by=cast.malee)
    assert (refused.value.status, Seat.objects.count()) == (403, 0)


def test_a_membership_that_has_ended_counts_no_more(workshop: Workshop, cast: Cast) -> None:
    membership = cast.board_seat
    membership.until = date(2026, 11, 22)
    membership.save(update_fields=["until"])
    assert refusal(workshop, membership)[0] == 403


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kinds": [Kind.SAVINGS]}, "This workshop is for other kinds of organization: Savings cooperative."),
        ({"positions": [Position.MANAGER, Position.STAFF]}, "This workshop is for other positions: Manager, Staff."),
    ],
)
def test_a_workshop_for_others_says_for_whom_it_is(
    fields: dict[str, list[str]], sentence: str, workshop: Workshop, cast: Cast
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(**fields)
    assert refusal(workshop, cast.board_seat) == (422, sentence)


def test_a_workshop_for_other_provinces_says_so(workshop: Workshop, cast: Cast) -> None:
    workshop.provinces.set(Province.objects.filter(name__in=["สิงห์บุรี", "อ่างทอง"]))
    status, sentence = refusal(workshop, cast.board_seat)
    assert (status, "สิงห์บุรี" in sentence, "อ่างทอง" in sentence) == (422, True, True)
    workshop.provinces.add(Province.objects.get(name="ชัยนาท"))
    come(workshop, cast.board_seat)


def test_a_workshop_that_is_not_listed_takes_people_from_offices_only(workshop: Workshop, cast: Cast) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(is_listed=False)
    assert refusal(workshop, cast.board_seat)[0] == 403
    register_party(
        workshop,
        organization=cast.board_seat.organization,
        people=[cast.malee.pk],
        together=False,
        by=cast.somchai,
    )
    assert figures(workshop) == (1, 0)


# --- lessons first ---------------------------------------------------------------------------------
@pytest.fixture
def blended(workshop: Workshop, course: object) -> Workshop:
    """The lessons of a course come first."""
    workshop.course, workshop.needs_lessons = course, True  # type: ignore[assignment]
    workshop.save(update_fields=["course", "needs_lessons"])
    return workshop


def test_lessons_that_are_missing_are_named(blended: Workshop, cast: Cast) -> None:
    status, sentence = refusal(blended, cast.board_seat)
    titles = [lesson.title for lesson in lessons_of(blended.course)]  # type: ignore[arg-type]
    assert (status, [title for title in titles if title not in sentence]) == (422, [])


def test_who_has_done_the_lessons_registers(blended: Workshop, cast: Cast) -> None:
    enrollment = enroll_malee(cast, blended.course)  # type: ignore[arg-type]
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    come(blended, cast.board_seat)
    assert figures(blended) == (1, 0)


def test_what_many_have_still_to_learn_is_what_is_said_of_each(
    blended: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    enrollment = enroll_malee(cast, blended.course)  # type: ignore[arg-type]
    read_everything(enrollment, by=cast.malee)
    people = [cast.malee, cast.krit, *(one.user for one in members(cooperative, 2))]
    course = blended.course
    assert course is not None
    found = lessons_left_of_many(people, course)
    assert found == {person: lessons_left_before_workshop(person, course) for person in people}
    assert (len(found[cast.malee]), len(found[cast.krit])) == (1, 3)
    assert found[cast.krit] == lessons_left_before_workshop(AnonymousUser(), course)


# --- clashes ---------------------------------------------------------------------------------------
def test_what_somebody_has_in_the_same_half_day_is_shown(workshop: Workshop, cast: Cast) -> None:
    morning = make_workshop(cast.wipa, DAY, halves=("am",), title="เช้าเดียวกัน")
    make_workshop(cast.wipa, date(2026, 12, 29), title="วันอื่น")
    make_seat(morning, cast.board_seat)
    assert [(one.workshop.title, one.half) for one in clashes_of(cast.malee, workshop)] == [("เช้าเดียวกัน", "am")]
    assert clashes_of(cast.krit, workshop) == []


@pytest.mark.parametrize("state", [SeatState.CANCELLED, SeatState.DECLINED])
def test_what_was_given_back_clashes_with_nothing(state: str, workshop: Workshop, cast: Cast) -> None:
    make_seat(make_workshop(cast.wipa, DAY), cast.board_seat, state=state)
    assert clashes_of(cast.malee, workshop) == []
