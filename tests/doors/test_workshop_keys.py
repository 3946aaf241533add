"""Keys of the other side in addresses and forms of the own workshops: they are as good as keys of nothing."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from learning.workshops.models import Proposal
from learning.workshops.tickets.signing import sign
from tests.doors.arranging import days_ahead, propose
from tests.doors.district import World
from tests.doors.knocking import knock, without
from tests.doors.people import Caller
from tests.doors.sides import Side
from tests.doors.twins import NO_KEY, first_difference
from tests.doors.way import Way
from tests.doors.workshops import ways_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

Case = tuple[str, str, dict[str, Any] | None, dict[str, Any] | None]  # address, name of the caller, real, nothing


def sides(world: World) -> Iterator[tuple[Side, Side]]:
    yield world.ours, world.theirs
    yield world.theirs, world.ours


def way_of(side: Side, door: str, *, asked: bool | None = None) -> Way:
    found = [way for way in ways_of(side) if way.door == f"workshops:{door}" and way.sent]
    return next(way for way in found if asked is None or bool(way.asked) is asked)


# --- in the address -------------------------------------------------------------------------------------
@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_what_is_of_another_workshop_is_not_found_under_the_own(
    whose: str, world: World, people: dict[str, Caller]
) -> None:
    """The own workshop in the address, and a seat, paper, message, cost, picture or session of the other side."""
    own, other = (world.ours, world.theirs) if whose == "ours" else (world.theirs, world.ours)
    found, tried = {}, set()
    for way, strange in zip(ways_of(own), ways_of(other), strict=True):
        if len(way.parts) < 2:
            continue
        tried.add(way.door.split(":")[1])
        parts = {name: value if name == "pk" else strange.parts[name] for name, value in way.parts.items()}
        address = reverse(way.door, kwargs=parts)
        for sent in (None, way.sent):
            answer = knock(people[way.holder], address, sent)
            if answer.status not in {404, 405} or answer.wrote or answer.tells(other.secrets):
                found[address] = (answer.status, answer.wrote, answer.tells(other.secrets))
    assert found == {}
    assert tried == {
        *("confirm_seat", "decline_seat", "remove_seat", "message_again", "message_arrived", "paper", "paper_file"),
        *("picture", "remove_picture", "remove_cost", "session"),
    }


def test_a_workshop_of_the_own_center_does_not_lend_its_things_to_another_one(
    world: World, people: dict[str, Caller]
) -> None:
    """Both are wipa's: the seat of one is not found under the other."""
    ours = world.ours
    seat, paper = ours.seats["open confirmed"].pk, ours.things["paper"].pk
    for door, parts in (
        ("remove_seat", {"seat_id": seat}),
        ("decline_seat", {"seat_id": seat}),
        ("paper_file", {"paper_id": paper}),
        ("picture", {"picture": ours.things["picture"].pk}),
        ("session", {"session_id": ours.session("held").pk}),
    ):
        address = reverse(f"workshops:{door}", kwargs={"pk": ours.workshops["planned"].pk, **parts})
        assert (door, knock(people["wipa"], address).status) == (door, 404)


# --- in what is sent -------------------------------------------------------------------------------------
def forms(own: Side, other: Side) -> Iterator[tuple[Way, dict[str, Any], dict[str, Any]]]:
    """A way of the own side, and what is changed of the form: to a key of the other side, and to a key of nothing."""
    room, trainer = other.house["room"].pk, other.house["trainer"].pk
    for door in ("plan_workshop", "schedule", "places"):
        yield way_of(own, door), {"room": room}, {"room": NO_KEY}
        yield way_of(own, door), {"trainers": [trainer]}, {"trainers": [NO_KEY]}
        yield way_of(own, door), {"things": [other.house["vehicle"].pk]}, {"things": [NO_KEY]}
    yield way_of(own, "resource_new", asked=False), {"venue": other.venue.pk}, {"venue": NO_KEY}
    yield way_of(own, "resource_edit"), {"venue": other.venue.pk}, {"venue": NO_KEY}
    for door in ("plan_drop_out", "plan_repair"):
        yield way_of(own, door), {"resource": room}, {"resource": NO_KEY}
        yield way_of(own, door), {"center": other.center.pk}, {"center": "999"}
    yield way_of(own, "plans"), {"center": other.center.pk}, {"center": "999"}
    for gone in ({"workshop": other.workshops["planned"].pk}, {"instead": other.house["other room"].pk}):
        yield way_of(own, "resource_drops_out"), gone, dict.fromkeys(gone, NO_KEY)
    add = next(way for way in ways_of(own) if way.door == "workshops:add_people" and "people" in way.sent)
    yield add, {"organization": other.organization.pk}, {"organization": NO_KEY}
    yield add, {"people": [other.people[0].pk]}, {"people": [NO_KEY]}
    person = f"count_{other.organization.pk}"
    yield way_of(own, "request_new", asked=False), {person: 5}, {f"count_{NO_KEY}": 5}
    seat, session = other.seats["running own"].pk, other.session("running").pk
    yield way_of(own, "mark"), {"seat": seat}, {"seat": NO_KEY}
    yield way_of(own, "mark"), {"session": session}, {"session": NO_KEY}
    yield way_of(own, "attendance", asked=False), {"session": session}, {"session": NO_KEY}
    yield way_of(own, "attendance", asked=False), {"present": [seat]}, {"present": [NO_KEY]}
    yield way_of(own, "attendance", asked=False), {"take_back": seat}, {"take_back": NO_KEY}
    yield way_of(own, "ask_paper"), {"session": session}, {"session": NO_KEY}


def test_a_key_of_the_other_side_in_a_form_is_a_key_of_nothing(world: World, people: dict[str, Caller]) -> None:
    cache.clear()
    found = {}
    for own, other in sides(world):
        for way, real, nothing in forms(own, other):
            with time_machine.travel(time.time(), tick=False):  # signed addresses hold the second
                said = [_said(people[way.holder], way, changed, [*real, *nothing]) for changed in (real, nothing)]
            told = [secret for secret in other.secrets if secret in said[0][1]]
            if said[0] != said[1] or told:
                found[f"{own.mark} {way} {real}"] = (
                    said[0][0], said[1][0], said[0][2], told, first_difference(said[0][1], said[1][1])
                )  # fmt: skip
    assert found == {}


def _said(caller: Caller, way: Way, changed: Mapping[str, Any], names: list[str]) -> tuple[int, str, list[str]]:
    """Status, words without the keys that were sent, and what was written to."""
    answer = knock(caller, way.address, {**way.sent, **changed})
    keys = {name: str(value[0] if isinstance(value, list) else value) for name, value in changed.items()}
    typed = [f'value="{key}"' if len(key) > 5 else f'name="{name}" value="{key}"' for name, key in keys.items()]
    typed += [name for name in names if name.startswith("count_")]
    return answer.status, without(answer.text, *typed), answer.wrote


def test_asking_like_a_request_of_others_is_like_asking_for_nothing(world: World, people: dict[str, Caller]) -> None:
    for own, other in sides(world):
        page = reverse("workshops:request_new")
        keys = (other.requests["submitted"].pk, NO_KEY)
        answers = [knock(people[own.officers[0]], f"{page}?like={key}") for key in keys]
        said = [without(answer.text, str(key)) for answer, key in zip(answers, keys, strict=True)]
        assert answers[0].tells(other.secrets) == []
        assert first_difference(*said) == ""


# --- at the door --------------------------------------------------------------------------------------------
def test_the_door_knows_nobody_of_another_workshop(world: World, people: dict[str, Caller]) -> None:
    """By the number of a seat, by a true ticket, by a session: the answer names nobody and marks nobody."""
    for own, other in sides(world):
        way = way_of(own, "scans")
        scan, seat = dict(way.sent["scans"][0]), other.seats["running own"].pk
        ticket = sign(other.workshops["running"].pk, seat)
        mixed = sign(own.workshops["running"].pk, seat)
        strange = [
            {"seat": seat},
            {"seat": NO_KEY},
            {"ticket": ticket, "seat": None},
            {"ticket": mixed, "seat": None},
            {"session": other.session("running").pk},
        ]
        scans = [{**scan, **one, "nonce": f"{'c' * 20}{at}"} for at, one in enumerate(strange)]
        answer = knock(people[way.holder], way.address, {**way.sent, "scans": scans}, is_json=True)
        outcomes = [result["outcome"] for result in answer.response.json()["results"]]
        assert outcomes == ["no_seat", "no_seat", "other_workshop", "no_seat", "outside"]
        assert (answer.tells(other.secrets), "workshops_attendance" in answer.wrote) == ([], False)


def test_a_nonce_of_another_workshop_tells_nothing_of_it(world: World, people: dict[str, Caller]) -> None:
    """Two devices that draw the same nonce, or one that guesses: the first scan is not told to the second."""
    theirs, ours = way_of(world.theirs, "scans"), way_of(world.ours, "scans")
    kind = "application/json"
    first = people[theirs.holder].client().post(theirs.address, theirs.sent, content_type=kind)
    assert [line["outcome"] for line in first.json()["results"]] == ["counted"]
    answer = knock(people[ours.holder], ours.address, ours.sent, is_json=True)
    line = answer.response.json()["results"][0]
    assert (line["outcome"], line["sentence"]) == ("no_seat", "")
    assert answer.tells(world.theirs.secrets) == []


# --- plans ---------------------------------------------------------------------------------------------------
def test_agreeing_to_a_plan_over_all_centers_leaves_the_proposals_of_others(
    world: World, people: dict[str, Caller]
) -> None:
    plan = world.ours.things["plan_over_all"]
    propose(plan, world.theirs, "submitted", days_ahead(80)[0])
    people["wipa"].client().post(reverse("workshops:plan_agree_all", args=[plan.pk]), {"seen": str(2**40)})
    others = Proposal.objects.filter(plan=plan, request__center=world.theirs.center)
    own = Proposal.objects.filter(plan=plan, request__center=world.ours.center)
    assert set(others.values_list("state", flat=True)) == {"proposed"}
    assert set(own.values_list("state", flat=True)) == {"agreed"}
