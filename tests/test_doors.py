"""Every address of the site is open on purpose, one's own, or closed to whoever has no business there.

Malee has something behind every learner's door: an enrollment, an open and a graded sitting, a certificate, a
membership. Behind every officers' door is something of one district, which somchai holds (`tests/doors`).
Everybody else knocks at all of them. That the holder comes through is seen in tests/doors/test_on_both_databases.py;
otherwise the tests here would be content with a 404 for everybody.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from learning.organizations.models import Organization
from tests.doors.district import PEOPLE, World, world_for_a_module
from tests.doors.judging import refusals, trespasses
from tests.doors.knocking import knock
from tests.doors.offices import CORRECTED, ways
from tests.doors.patterns import Door, doors
from tests.doors.people import SIGNED_IN, STRANGERS, Caller, callers
from tests.doors.way import Way

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Open to everybody, and why.
PUBLIC = {
    "healthz": "says only that the process lives",
    "certification:achievement": "what a badge stands for, and of nobody who has it",
    "certification:achievement_picture": "the picture of a badge, the same for everybody who has it",
    "certification:authorities": "certificates of authorities, for whoever checks our signatures",
    "certification:badge_json": "anyone who holds the code may check the badge",
    "certification:badge_token": "anyone who holds the code may check the badge",
    "certification:check": "where anyone types the code of a certificate",
    "certification:did": "public keys, for whoever checks our badges",
    "certification:jwks": "public keys, for whoever checks our signatures",
    "certification:offline": "where anyone checks a sheet with no network",
    "certification:offline_keys": "public keys, and places in a list that tell nobody whose they are",
    "certification:offline_manifest": "name and icons of that page, the same for everybody",
    "certification:offline_worker": "addresses of files, for a browser that keeps the page",
    "certification:status_list": "which badges no longer hold, by places that tell nobody whose they are",
    "certification:verify_slash": "the same address as people also type it",
    "certification:verify": "anyone who holds the code may check the paper",
    "certification:verify_json": "the same for programs",
    "enrollments:type_code": "where anyone types the code of a slip",
    "enrollments:use_code": "who holds the slip sees what it is for, and enrolls only after signing in",
    "progress:panel": "the personal part of a public page; an outsider's says only how to enroll",
    "records:check_record": "anyone who holds the code may check the paper",
    "records:shared": "who holds the link was given it by the person it shows, and it ends",
    "records:type_record_code": "where anyone types the code of a training record",
    "register:type_invitation": "where anyone types the code of an invitation",
    "register:welcome": "who holds the slip is the person on it, who has never signed in",
    "media": "pictures of public pages; nginx serves them in production",
    "workshops:feed": "calendar programs cannot sign in; who has the address may read it",
    "workshops:list": "where everybody finds a workshop",
    "workshops:service_worker": "addresses of files, for a browser at the door that is signed out for a moment",
    "workshops:workshop": "what a workshop is about; registering wants an account",
}
# Sign-in by ThaID: open to everybody once its two values are set, and 404 for everybody until then.
OFF = {"people:thaid_login", "people:thaid_callback"}
# For everybody who is signed in, and only about themselves; without an account: to the sign-in page.
OWN = {
    "desk:home",
    "enrollments:enroll",
    "notices:notices",
    "organizations:find",
    "organizations:join",
    "organizations:memberships",
    "people:details",
    "records:record",
    "records:sharing",
    "records:wallet",
    "sittings:my_tests",
    "workshops:mine",
    "workshops:my_calendar",
    "workshops:register",
}
# Applications that guard themselves; "" is Wagtail's pages, public by being published (lessons are tried below).
FOREIGN = ["", "account/", "admin/", "documents/", "i18n/"]
# Who works in the admin reads every lesson.
READS_LESSONS = {"wipa", "superuser"}
CLOSED = {302, 403, 404}
WRONG_METHOD = 405


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with world_for_a_module(django_db_blocker) as world:
        yield world


@pytest.fixture(scope="module")
def people(world: World, django_db_blocker: Any) -> dict[str, Caller]:
    with django_db_blocker.unblock():
        return callers(world)


def answers(client: Client, door: Door, parts: dict[str, Any]) -> set[int]:
    """The status of a GET and of a POST, without a method that the door does not know; what they change is undone."""
    address = reverse(door.name, kwargs=parts)
    with transaction.atomic():
        found = {client.get(address).status_code, client.post(address).status_code} - {WRONG_METHOD}
        transaction.set_rollback(True)
    assert found != set(), f"{door.name} answers neither GET nor POST"
    return found


def closed_doors() -> list[Door]:
    """Those of learners."""
    return [door for door in doors()[0] if not door.is_office and door.name not in PUBLIC.keys() | OFF | OWN]


def office_doors() -> set[str]:
    return {door.name for door in doors()[0] if door.is_office} - PUBLIC.keys()


def opened(caller: Caller, world: World) -> dict[str, str]:
    """The doors of malee's through which somebody else comes."""
    found = {door.name: answers(caller.client(), door, world.malees.get(door.name, {})) for door in closed_doors()}
    return {f"{caller.name}: {name}": str(codes) for name, codes in found.items() if not codes <= CLOSED}


# --- all doors ---------------------------------------------------------------------------------------
def test_no_door_is_listed_that_is_not_there_and_no_application_is_unknown() -> None:
    own, foreign = doors()
    assert sorted((PUBLIC.keys() | OFF | OWN) - {door.name for door in own}) == []
    assert sorted(foreign) == FOREIGN
    assert len(closed_doors()) >= 10


def test_behind_every_officers_door_lies_something_of_the_district(world: World) -> None:
    """A new address is named here until something is laid behind it in tests/doors/offices.py."""
    assert {way.door for way in ways(world)} == office_doors()


def test_what_is_switched_off_answers_nobody(people: dict[str, Caller]) -> None:
    client = people["malee"].client()
    assert {name: client.get(reverse(name)).status_code for name in OFF} == dict.fromkeys(OFF, 404)


# --- officers' doors ---------------------------------------------------------------------------------
def test_the_last_day_of_a_duty_still_counts(world: World, people: dict[str, Caller]) -> None:
    """The duty of "yesterday" at the same place is over; everything else of the two is the same."""
    way = Way("register:person", parts={"person_id": world.people[1].pk})
    assert refusals(people["last day"], [way], PEOPLE) == {}


def test_not_even_the_holder_changes_how_somebody_else_signs_in(world: World, people: dict[str, Caller]) -> None:
    """Whoever writes another phone number there could sign in with it."""
    address = reverse("register:edit_person", kwargs={"person_id": world.people[0].pk})
    answer = knock(people["somchai"], address, CORRECTED)
    assert (answer.status, answer.wrote) == (403, [])


@pytest.mark.parametrize("name", sorted(STRANGERS))
def test_a_stranger_comes_through_no_officers_door_learns_nothing_and_changes_nothing(
    name: str, world: World, people: dict[str, Caller]
) -> None:
    assert trespasses(people[name], ways(world), world) == {}


def test_an_officers_door_that_lost_its_guard_is_found(
    world: World, people: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard itself: were one page to take any organization, it would be named with who came in."""
    monkeypatch.setattr(
        "learning.register.views.organizations.organizations_visible_to", lambda user: Organization.objects.all()
    )
    found = trespasses(people["neighbour"], ways(world), world)
    assert sorted(found) == ["neighbour: GET register:organization", "neighbour: GET register:organizations"]


def test_an_account_without_duty_has_the_admin_only_if_it_is_an_administrators(people: dict[str, Caller]) -> None:
    found = {name: people[name].client().get("/admin/").status_code for name in sorted(SIGNED_IN)}
    assert {name for name, status in found.items() if status != 302} == {"superuser", "wipa"}


# --- learners' doors ---------------------------------------------------------------------------------
def test_malee_comes_through_every_closed_door(world: World, people: dict[str, Caller]) -> None:
    """Otherwise the test below would be content with a 404 for everybody."""
    found = {
        door.name: answers(people["malee"].client(), door, world.malees.get(door.name, {})) for door in closed_doors()
    }
    assert {name: codes for name, codes in found.items() if codes & {403, 404}} == {}


@pytest.mark.parametrize("name", sorted((STRANGERS | {"somchai"}) - {"malee"}))
def test_nobody_else_comes_through_malees_doors(name: str, world: World, people: dict[str, Caller]) -> None:
    expected = {f"{name}: progress:lesson"} if name in READS_LESSONS else set()
    assert set(opened(people[name], world)) == expected


def test_without_an_account_ones_own_pages_lead_to_the_sign_in_page(world: World) -> None:
    for name in sorted(OWN):
        address = reverse(name, kwargs=world.malees.get(name, {}))
        assert Client().get(address)["Location"] == f"{reverse('account_login')}?next={address}"


def test_ones_own_pages_tell_krit_nothing_of_malee(world: World, people: dict[str, Caller]) -> None:
    malee, krit = people["malee"].client(), people["krit"].client()
    pages = [reverse(name, kwargs=world.malees.get(name, {})) for name in sorted(OWN)]
    assert any("มาลี" in malee.get(page).content.decode() for page in pages)
    assert [page for page in pages if "มาลี" in krit.get(page).content.decode()] == []


def test_the_admin_is_closed_to_strangers() -> None:
    assert Client().get("/admin/").status_code == 302


def test_a_lesson_asked_for_by_its_place_in_the_page_tree_is_closed_too(
    world: World, people: dict[str, Caller]
) -> None:
    """Wagtail serves a page at its own address whatever our own patterns say; its hook closes it."""
    lesson = world.courses["control"].get_children().first()
    assert lesson is not None
    address = lesson.get_url()
    found = [people[name].client().get(address).status_code for name in ("anonymous", "krit")]
    assert found == [302, 403]


def test_a_door_of_ours_that_nobody_closed_is_found(
    world: World, people: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard itself: were the check of certificates not listed as public, it would be reported."""
    monkeypatch.delitem(PUBLIC, "certification:check")
    assert list(opened(people["anonymous"], world)) == ["anonymous: certification:check"]
