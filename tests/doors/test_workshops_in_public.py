"""What everybody may read of workshops without an account: the list, a page, a calendar by its address."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from learning.people.models import User
from learning.workshops.models import CalendarFeed, Workshop
from tests.doors.district import CROWD, World
from tests.doors.knocking import knock
from tests.doors.people import Caller
from tests.doors.sides import Side

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HIDDEN = ("running", "over", "held", "past", "planned")


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    cache.clear()


def both(world: World) -> tuple[Side, Side]:
    return world.ours, world.theirs


def feed(token: str) -> str:
    return reverse("workshops:feed", kwargs={"token": token})


def test_the_list_shows_what_is_open_and_nobody_by_name(world: World, people: dict[str, Caller]) -> None:
    for name in ("anonymous", "other manager"):
        answer = knock(people[name], reverse("workshops:list"))
        shown = {entry.workshop.pk for entry in answer.response.context["entries"]}
        assert (answer.status, shown) == (200, {side.workshops["open"].pk for side in both(world)})
        assert answer.tells((*world.ours.secrets, *world.theirs.secrets, CROWD)) == []


def test_the_page_of_a_workshop_says_how_many_seats_are_left_and_not_whose_they_are(
    world: World, people: dict[str, Caller]
) -> None:
    for side in both(world):
        answer = knock(people["anonymous"], reverse("workshops:workshop", args=[side.workshops["open"].pk]))
        assert (answer.status, answer.tells((*side.secrets, CROWD))) == (200, [])
        assert side.workshops["open"].title in answer.text


@pytest.mark.parametrize("name", ["anonymous", "krit", "somchai"])
def test_a_workshop_that_is_not_listed_is_not_there(name: str, world: World, people: dict[str, Caller]) -> None:
    """Nor may anybody register for it; who has a seat in it sees it."""
    for at in HIDDEN:
        pk = world.ours.workshops[at].pk
        answer = knock(people[name], reverse("workshops:workshop", args=[pk]))
        assert (at, answer.status, answer.tells(world.ours.secrets)) == (at, 404, [])
        answer = knock(people[name], reverse("workshops:register", args=[pk]), {})
        assert (at, answer.status, answer.wrote) == (at, 302 if name == "anonymous" else 404, [])
    own = knock(people["malee"], reverse("workshops:workshop", args=[world.ours.workshops["running"].pk]))
    assert own.status == 200


def test_a_planned_workshop_is_not_there_even_if_it_is_to_be_listed(world: World, people: dict[str, Caller]) -> None:
    planned = world.ours.workshops["planned"].pk
    Workshop.objects.filter(pk=planned).update(is_listed=True)
    assert knock(people["anonymous"], reverse("workshops:workshop", args=[planned])).status == 404
    assert world.ours.mark not in knock(people["anonymous"], reverse("workshops:list")).text


@pytest.mark.parametrize("whose", ["feed", "center feed"])
def test_a_calendar_is_read_by_who_has_its_address_and_names_nobody(
    whose: str, world: World, people: dict[str, Caller]
) -> None:
    for side, other in (both(world), both(world)[::-1]):
        token = side.things[whose].token
        answer = knock(people["anonymous"], feed(token))
        assert (answer.status, answer.kind.split(";")[0], answer.wrote) == (200, "text/calendar", [])
        assert answer.tells((*side.who, *other.secrets, CROWD)) == []
        assert side.workshops["open"].title in answer.text
        assert (token in answer.text, answer.response.cookies.keys()) == (False, set())


def test_a_wrong_address_of_a_calendar_is_not_there(world: World, people: dict[str, Caller]) -> None:
    token = world.ours.things["feed"].token
    wrong = (
        token[:-1],
        token[:-1] + ("x" if token[-1] != "x" else "y"),
        token.swapcase(),
        "0" * 43,
        "%25",
        "' OR 1=1 --",
    )
    assert {knock(people["anonymous"], feed(one)).status for one in wrong} == {404}


def test_the_calendar_of_a_closed_account_is_not_there(world: World, people: dict[str, Caller]) -> None:
    User.objects.filter(pk=world.ours.learner.pk).update(is_active=False)
    assert knock(people["anonymous"], feed(world.ours.things["feed"].token)).status == 404


def test_a_renewed_calendar_answers_at_the_new_address_only(world: World, people: dict[str, Caller]) -> None:
    old = world.ours.things["feed"].token
    people["malee"].client().post(reverse("workshops:my_calendar"), {"action": "renew"})
    new = CalendarFeed.objects.get(user=world.ours.learner).token
    assert (new == old, [knock(people["anonymous"], feed(one)).status for one in (old, new)]) == (False, [404, 200])


def test_one_makes_an_address_only_for_the_own_calendar(world: World, people: dict[str, Caller]) -> None:
    """Whatever is sent along, krit's press makes krit's own, and malee's stays as it is."""
    ours = [world.ours.things[name].token for name in ("feed", "center feed")]
    krits = world.theirs.things["feed"].token
    sent = {"action": "renew", "user": world.ours.learner.pk, "center": world.ours.center.pk, "token": "0" * 43}
    people["krit"].client().post(reverse("workshops:my_calendar"), sent)
    tokens = set(CalendarFeed.objects.values_list("token", flat=True))
    assert (tokens & {*ours, krits, "0" * 43}, len(tokens)) == ({*ours}, 4)


def test_the_service_worker_holds_addresses_of_files_and_nothing_of_anybody(
    world: World, people: dict[str, Caller]
) -> None:
    answers = [knock(people[name], reverse("workshops:service_worker")) for name in ("anonymous", "wipa")]
    assert [answer.status for answer in answers] == [200, 200]
    assert [answer.tells((*world.ours.secrets, *world.theirs.secrets)) for answer in answers] == [[], []]
    assert answers[0].response.content == answers[1].response.content
