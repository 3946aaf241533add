"""Two centers with an office each: what is of the one is not there for the other, whoever asks, whatever is sent."""

from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from courses.quizzes.statistics.gain import ClassGain
from learning.workshops.models import Workshop
from tests.doors.district import CROWD, World
from tests.doors.judging import refused_to_holders, secrets_from, trespasses
from tests.doors.knocking import Answer, knock, walk, without
from tests.doors.malee import workshops_of
from tests.doors.people import HEAD, MEET, Caller
from tests.doors.sides import Side
from tests.doors.twins import NO_KEY, first_difference
from tests.doors.way import Way
from tests.doors.workshops import ways_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Everybody of whom the other side could be thought to be: officers of each kind, learners, and nobody.
OTHERS = ("anonymous", "head office", "krit", "last day", "malee", "neighbour", "other coordinator", "somchai", "wipa")


def ways_to(side: Side, name: str) -> list[Way]:
    """Those that are not theirs."""
    return [way for way in ways_of(side) if name not in {way.holder, *way.known_to}]


def pages_of(caller: Caller, door: str, **parts: Any) -> Answer:
    return knock(caller, reverse(f"workshops:{door}", kwargs=parts))


# --- the other side ----------------------------------------------------------------------------------
def test_the_other_side_comes_through_its_own_doors(world: World, people: dict[str, Caller]) -> None:
    """Otherwise the test below would be content with a 404 for everybody."""
    assert refused_to_holders(people, ways_of(world.theirs)) == {}


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_of_our_side_comes_through_the_doors_of_the_other(
    name: str, world: World, people: dict[str, Caller]
) -> None:
    assert trespasses(people[name], ways_of(world.theirs), world) == {}


@pytest.mark.parametrize("name", ["krit", "neighbour", "other center", "other coordinator", "other manager"])
def test_what_a_stranger_sends_leaves_every_row_as_it_was(name: str, world: World, people: dict[str, Caller]) -> None:
    """Everything at once, without looking at the answers; `neighbour` may not do what is the center's."""
    with transaction.atomic():
        before = _rows()
        for way in ways_to(world.ours, name):
            if way.sent:
                kind: dict[str, Any] = {"content_type": "application/json"} if way.is_json else {}
                people[name].client().post(way.address, way.sent, **kind)
        assert _rows() == before
        transaction.set_rollback(True)


def _rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of workshops."""
    models = apps.get_app_config("workshops").get_models()
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("name", ["other center", "other coordinator", "other manager", "neighbour", "wipa"])
def test_a_workshop_of_others_and_no_workshop_at_all_are_one_page(
    name: str, world: World, people: dict[str, Caller]
) -> None:
    """Also a seat, a message, a paper, a picture, a line of cost, a room, a plan: by the key in the path."""
    cache.clear()
    side = world.theirs if name in world.ours.own else world.ours
    found = {}
    for way in ways_to(side, name):
        if name in way.open_to or not any(isinstance(part, int) for part in way.parts.values()):
            continue
        real, nothing = (_said(people[name], way, parts) for parts in (way.parts, _parts_of_nothing(way)))
        if real != nothing:
            pairs = zip(real, nothing, strict=True)
            found[str(way)] = [(one[0], other[0], first_difference(one[1], other[1])) for one, other in pairs]
    assert found == {}


def _parts_of_nothing(way: Way) -> dict[str, Any]:
    return {part: NO_KEY if isinstance(value, int) else value for part, value in way.parts.items()}


def _said(caller: Caller, way: Way, parts: Any) -> list[tuple[int, str]]:
    address = reverse(way.door, kwargs=dict(parts)) + (f"?{way.asked}" if way.asked else "")
    answers = [knock(caller, address), knock(caller, address, way.sent, is_json=way.is_json)]
    return [(answer.status, without(answer.text, address, unquote_plus(address))) for answer in answers]


@pytest.mark.parametrize(
    "name", ["head office", "neighbour", "other center", "other coordinator", "other head", "wipa"]
)
def test_no_link_of_workshops_leads_to_the_other_side_or_nowhere(
    name: str, world: World, people: dict[str, Caller]
) -> None:
    strange = [side for side in (world.ours, world.theirs) if name not in side.own]
    hidden = [one for side in strange for one in (side.who if name == "head office" else side.secrets)]
    found = {}
    for address, answer in walk(people[name], reverse("workshops:office"), most=60).items():
        if not address.startswith("/office/workshops/"):
            continue
        if answer.status not in {200, 302} or answer.tells(hidden):
            found[address] = (answer.status, answer.tells(hidden))
    assert found == {}


def test_a_page_of_workshops_that_lost_its_scope_is_found(
    world: World, people: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard itself: were the papers of any workshop given out, their pages would be named.

    What is sent there is refused by the flows as well.
    """
    monkeypatch.setattr(
        "learning.workshops.views.messages.workshops_attended_to_by", lambda user, desk: Workshop.objects.all()
    )
    found = trespasses(people["other manager"], ways_of(world.ours), world)
    pages = {line.split("workshops:")[1] for line in found}
    assert pages == {"invitation", "messages", "paper", "paper_file", "papers", "tell"}


# --- center and office ---------------------------------------------------------------------------------
def test_each_office_decides_only_what_is_its_own(world: World, people: dict[str, Caller]) -> None:
    """The center neither sends nor withdraws nor writes a request, the office neither accepts nor declines it."""
    last = {"seen": str(2**40), "note": "รับทราบ"}
    wrong = {"wipa": ("submit", "withdraw"), "neighbour": ("accept", "return", "decline")}
    found = {}
    for state in ("submitted", "returned", "accepted"):
        address = reverse("workshops:request", args=[world.ours.requests[state].pk])
        for name, verbs in wrong.items():
            for verb in verbs:
                answer = knock(people[name], address, {"verb": verb, **last})
                found[f"{name} {verb} {state}"] = (answer.status, answer.wrote)
    assert {case: answer for case, answer in found.items() if answer[0] not in {403, 409} or answer[1]} == {}
    assert len(found) == 15


def test_the_center_and_head_office_do_not_see_a_draft(world: World, people: dict[str, Caller]) -> None:
    pk = world.ours.requests["draft"].pk
    found = {name: pages_of(people[name], "request", pk=pk).status for name in ("wipa", "head office", "neighbour")}
    assert found == {"wipa": 404, "head office": 404, "neighbour": 200}
    title = world.ours.requests["draft"].title
    lists = {name: pages_of(people[name], "requests").tells([title]) for name in ("wipa", "head office", "neighbour")}
    assert lists == {"wipa": [], "head office": [], "neighbour": [title]}


@pytest.mark.parametrize("name", ["other manager", "other head", "other center"])
def test_officers_of_another_province_see_no_request_of_ours(
    name: str, world: World, people: dict[str, Caller]
) -> None:
    titles = [request.title for request in world.ours.requests.values()]
    for page in ("requests", "office", "calendar"):
        assert (page, pages_of(people[name], page).tells(titles)) == (page, [])
    own = [request.title for state, request in world.theirs.requests.items() if state != "draft"]
    assert sorted(pages_of(people[name], "requests").tells(own)) == sorted(own)


def test_the_office_that_asked_reads_the_report_and_writes_nothing_into_it(
    world: World, people: dict[str, Caller]
) -> None:
    for way in ways_of(world.ours):
        if way.door == "workshops:report":
            read, sent = knock(people["neighbour"], way.address), knock(people["neighbour"], way.address, way.sent)
            assert (read.status, sent.status, sent.wrote) == (200, 403, [])


# --- names -----------------------------------------------------------------------------------------------
def test_a_coordinator_sees_on_the_page_of_seats_only_the_own_people(world: World, people: dict[str, Caller]) -> None:
    """Neither the names of others nor that another organization has seats at all."""
    pk = world.ours.workshops["open"].pk
    answer = pages_of(people["other coordinator"], "seats", pk=pk)
    seats = [seat for bench in answer.response.context["roll"].benches for seat in bench.seats]
    assert (answer.status, [str(seat.organization) for seat in seats]) == (200, [str(world.crowd)])
    assert answer.tells(world.ours.secrets) == []
    assert CROWD in answer.text


def test_a_coordinator_reads_results_of_the_own_people_and_of_nobody_else(
    world: World, people: dict[str, Caller]
) -> None:
    answer = pages_of(people["other coordinator"], "results", pk=world.ours.workshops["open"].pk)
    lines = answer.response.context["lines"]
    assert [str(line.seat.organization) for line in lines] == [str(world.crowd)]
    assert answer.tells(world.ours.secrets) == []


def test_scores_of_a_few_are_shown_only_to_who_meets_all_of_them(
    world: World, people: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A coordinator knows the score of the own person: from the mean of two follows that of the other."""
    shown = {}
    for count in (2, 5):
        monkeypatch.setattr(
            "learning.workshops.views.after.gain_of", lambda lines, n=count: ClassGain(n, 40.0, 70.0, 0.5, 0.5, 0, None)
        )
        for name in ("wipa", "neighbour", "other coordinator", "head office"):
            answer = pages_of(people[name], "results", pk=world.ours.workshops["open"].pk)
            shown[name, count] = answer.response.context["shows_tests"]
    assert {case for case, is_shown in shown.items() if not is_shown} == {("other coordinator", 2), ("head office", 2)}


@pytest.mark.parametrize("name", sorted((MEET | HEAD) - {"somchai", "neighbour", "last day", "other coordinator"}))
def test_others_see_how_many_seats_are_taken_and_no_name(name: str, world: World, people: dict[str, Caller]) -> None:
    workshop = world.ours.workshops["open"]
    workshop.refresh_from_db()
    answer = pages_of(people[name], "seats", pk=workshop.pk)
    roll = answer.response.context["roll"]
    assert (answer.status, roll.benches, roll.line, roll.requested) == (200, [], [], [])
    assert answer.tells((*world.ours.who, CROWD, "หมู่มาก")) == []
    assert str(workshop.taken) in answer.text


def test_head_office_sees_the_totals_of_a_workshop(world: World, people: dict[str, Caller]) -> None:
    """Otherwise the walk would be content with pages that hide everything."""
    held = world.ours.workshops["held"].pk
    results = pages_of(people["head office"], "results", pk=held)
    report = pages_of(people["head office"], "report", pk=held)
    assert (results.response.context["attended_count"], results.response.context["lines"]) == (2, [])
    assert report.response.context["report"].costs.total == 100
    assert results.tells(world.ours.who) + report.tells(world.ours.who) == []


def test_a_center_meets_those_who_come_to_its_own_workshops_and_nobody_else(
    world: World, people: dict[str, Caller]
) -> None:
    held = {side.center.number: side.workshops["held"].pk for side in (world.ours, world.theirs)}
    ours = pages_of(people["wipa"], "results", pk=held[world.ours.center.number])
    assert "พรางกาย" in ours.text
    assert pages_of(people["wipa"], "results", pk=held[world.theirs.center.number]).status == 404
    found = pages_of(people["wipa"], "seats", pk=world.theirs.workshops["open"].pk)
    assert (found.status, found.tells(world.theirs.secrets)) == (404, [])


def test_a_plan_over_all_centers_shows_each_center_its_own(world: World, people: dict[str, Caller]) -> None:
    pk = world.ours.things["plan_over_all"].pk
    told = {}
    for name in ("wipa", "other center", "head office"):
        answer = pages_of(people[name], "plan", pk=pk)
        told[name] = answer.tells([world.ours.mark, world.theirs.mark])
    assert told == {
        "wipa": [world.ours.mark],
        "other center": [world.theirs.mark],
        "head office": [world.ours.mark, world.theirs.mark],
    }


# --- learners --------------------------------------------------------------------------------------------
def test_a_learner_sees_the_own_seats_and_nobody_elses(world: World, people: dict[str, Caller]) -> None:
    for name, side, other in (("malee", world.ours, world.theirs), ("krit", world.theirs, world.ours)):
        mine = pages_of(people[name], "mine")
        assert sorted(line["seat"].pk for line in _lines(mine)) == sorted(
            seat.pk for at, seat in side.seats.items() if at.endswith(" own")
        )
        assert mine.tells((other.mark, *side.names, *other.who)) == []
        for door in ("ticket", "seat_calendar"):
            own = pages_of(people[name], door, pk=side.seats["open own"].pk)
            assert (own.status, own.tells((*side.names, *other.secrets))) == (200, [])
            assert pages_of(people[name], door, pk=side.seats["open confirmed"].pk).status == 404


def _lines(answer: Answer) -> list[dict[str, Any]]:
    return [*answer.response.context["coming"], *answer.response.context["past"]]


def test_krit_comes_through_his_own_doors_and_malee_through_none_of_them(
    world: World, people: dict[str, Caller]
) -> None:
    found: dict[str, set[int]] = {"krit": set(), "malee": set()}
    for door, parts in workshops_of(world.theirs).items():
        if door == "workshops:register":  # everybody's, about themselves
            continue
        for name, statuses in found.items():
            address = reverse(door, kwargs=parts)
            answers = [knock(people[name], address), knock(people[name], address, {})]
            statuses |= {answer.status for answer in answers} - {405}
            told = [answer.tells(secrets_from(people[name], world, _of(world.theirs))) for answer in answers]
            assert name == "krit" or told == [[], []]
    assert found["malee"] == {404}
    assert not found["krit"] & {403, 404}


def _of(side: Side) -> Way:
    return Way("workshops:mine", side=side)


def test_registering_takes_no_membership_of_somebody_else(world: World, people: dict[str, Caller]) -> None:
    """Krit sends malee's membership, and that of a stranger."""
    address = reverse("workshops:register", args=[world.ours.workshops["open"].pk])
    for pk in (world.ours.seat_of.pk, world.seats[0].pk, NO_KEY):
        answer = knock(people["krit"], address, {"membership": pk, "knows": "on"})
        assert (answer.status, answer.wrote, answer.tells(world.ours.secrets)) == (422, [], [])
    own = knock(people["krit"], address, {"membership": world.theirs.seat_of.pk, "knows": "on"})
    assert (own.status, "workshops_seat" in own.wrote) == (302, True)
