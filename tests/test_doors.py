"""Every address of the site is open on purpose, one's own, or closed to an outsider.

Malee has something behind every door: an enrollment, an open and a graded sitting, a certificate, a membership.
The outsider is tried twice: without an account, and as krit, who is signed in and from another province.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from courses.catalog.models import CoursePage
from learning.enrollments.flows import enroll
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import enroll_malee, read_everything, sit_test

pytestmark = pytest.mark.django_db

# Open to everybody, and why.
PUBLIC = {
    "healthz": "says only that the process lives",
    "certification:check": "where anyone types the code of a certificate",
    "certification:verify_slash": "the same address as people also type it",
    "certification:verify": "anyone who holds the code may check the paper",
    "progress:panel": "the personal part of a public page; an outsider's says only how to enroll",
    "media": "pictures of public pages; nginx serves them in production",
}
# Sign-in by ThaID: open to everybody once its two values are set, and 404 for everybody until then.
OFF = {"people:thaid_login", "people:thaid_callback"}
# For everybody who is signed in, and only about themselves; without an account: to the sign-in page.
OWN = {
    "desk:home",
    "enrollments:enroll",
    "organizations:find",
    "organizations:join",
    "organizations:memberships",
    "people:details",
}
# Applications that guard themselves; "" is Wagtail's pages, public by being published (lessons are tried below).
FOREIGN = ["", "account/", "admin/", "documents/", "i18n/"]
CLOSED = {302, 403, 404}
WRONG_METHOD = 405


@dataclass(frozen=True)
class Door:
    """One address of ours: its name, and the parts that must be filled in."""

    name: str
    parts: tuple[str, ...]


def doors() -> tuple[list[Door], list[str]]:
    """Our own doors, and the prefixes of applications that are not ours."""
    own: list[Door] = []
    foreign: list[str] = []

    def walk(patterns: list[Any], space: str, is_ours: bool) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inside = f"{pattern.namespace}:" if pattern.namespace else space
                if belongs_to_us(pattern):
                    walk(pattern.url_patterns, inside, True)
                else:
                    foreign.append(str(pattern.pattern))
            elif isinstance(pattern, URLPattern):
                name = pattern.name or str(pattern.pattern).split("/")[0]
                own.append(Door(space + name, tuple(pattern.pattern.regex.groupindex)))

    walk(get_resolver().url_patterns, "", True)
    return own, foreign


def belongs_to_us(resolver: URLResolver) -> bool:
    module = getattr(resolver.urlconf_name, "__name__", resolver.urlconf_name)
    return isinstance(module, str) and module.split(".")[0] in {"cms", "certification", "courses", "learning"}


@pytest.fixture
def behind_the_doors(cast: Cast, course: CoursePage) -> dict[str, dict[str, Any]]:
    """For each door that wants parts, the parts that lead to what is malee's."""
    other = make_course("ledger")
    done = enroll_malee(cast, course)
    read_everything(done, by=cast.malee)
    graded = sit_test(done, by=cast.malee)
    done.refresh_from_db()
    active = enroll(other, membership=cast.board_seat, by=cast.malee)
    sitting = graded.pk
    lesson = {"course": other.slug, "lesson": "lesson-1"}
    assert done.certificate is not None
    return {
        "certification:verify": {"code": done.certificate.code},
        "certification:download": {"code": done.certificate.code},
        "enrollments:enroll": {"course": other.slug},
        "enrollments:withdraw": {"enrollment_id": active.pk},
        "organizations:join": {"organization_id": cast.board_seat.organization_id},
        "organizations:leave": {"membership_id": cast.board_seat.pk},
        "progress:panel": {"course_id": other.pk},
        "progress:resume": {"course": other.slug},
        "progress:finish": lesson,
        "progress:lesson": lesson,
        "sittings:start": {"course": other.slug, "lesson": "final-test"},
        "sittings:sit": {"sitting_id": sitting},
        "sittings:answer": {"sitting_id": sitting, "position": 1},
        "sittings:submit": {"sitting_id": sitting},
        "sittings:result": {"sitting_id": sitting},
    }


def answers(client: Client, door: Door, parts: dict[str, Any]) -> set[int]:
    """The status of a GET and of a POST, without a method that the door does not know."""
    address = reverse(door.name, kwargs=parts)
    found = {client.get(address).status_code, client.post(address).status_code} - {WRONG_METHOD}
    assert found != set(), f"{door.name} answers neither GET nor POST"
    return found


def closed_doors() -> list[Door]:
    return [door for door in doors()[0] if door.name not in PUBLIC.keys() | OFF | OWN]


def test_no_door_is_listed_that_is_not_there_and_no_application_is_unknown() -> None:
    own, foreign = doors()
    assert sorted((PUBLIC.keys() | OFF | OWN) - {door.name for door in own}) == []
    assert sorted(foreign) == FOREIGN
    assert len(closed_doors()) >= 10


def test_what_is_switched_off_answers_nobody(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.malee)
    assert {name: client.get(reverse(name)).status_code for name in OFF} == dict.fromkeys(OFF, 404)


def test_every_closed_door_has_something_behind_it(behind_the_doors: dict[str, dict[str, Any]], cast: Cast) -> None:
    """Malee gets in; otherwise the tests below would be content with a 404 for everybody."""
    client = Client()
    refused = {}
    for door in closed_doors():
        client.force_login(cast.malee)
        with transaction.atomic():  # what her visit changes is undone: the next door finds everything as it was
            found = answers(client, door, behind_the_doors.get(door.name, {}))
            transaction.set_rollback(True)
        if found & {403, 404}:
            refused[door.name] = found
    assert refused == {}


def test_without_an_account_every_closed_door_stays_closed(behind_the_doors: dict[str, dict[str, Any]]) -> None:
    found = {door.name: answers(Client(), door, behind_the_doors.get(door.name, {})) for door in closed_doors()}
    assert {name: codes for name, codes in found.items() if not codes <= CLOSED} == {}


def test_krit_comes_through_no_closed_door(behind_the_doors: dict[str, dict[str, Any]], cast: Cast) -> None:
    client = Client()
    client.force_login(cast.krit)
    found = {door.name: answers(client, door, behind_the_doors.get(door.name, {})) for door in closed_doors()}
    assert {name: codes for name, codes in found.items() if not codes <= CLOSED} == {}


def test_without_an_account_ones_own_pages_lead_to_the_sign_in_page(
    behind_the_doors: dict[str, dict[str, Any]],
) -> None:
    for name in sorted(OWN):
        address = reverse(name, kwargs=behind_the_doors.get(name, {}))
        assert Client().get(address)["Location"] == f"{reverse('account_login')}?next={address}"


def test_ones_own_pages_tell_krit_nothing_of_malee(behind_the_doors: dict[str, dict[str, Any]], cast: Cast) -> None:
    malee, krit = Client(), Client()
    malee.force_login(cast.malee)
    krit.force_login(cast.krit)
    pages = [reverse(name, kwargs=behind_the_doors.get(name, {})) for name in sorted(OWN)]
    assert any("มาลี" in malee.get(page).content.decode() for page in pages)
    assert [page for page in pages if "มาลี" in krit.get(page).content.decode()] == []


def test_the_admin_is_closed_to_krit_and_to_strangers(cast: Cast) -> None:
    client = Client()
    stranger = client.get("/admin/")
    client.force_login(cast.krit)
    assert (stranger.status_code, client.get("/admin/").status_code) == (302, 302)


def test_a_lesson_asked_for_by_its_place_in_the_page_tree_is_closed_too(
    behind_the_doors: dict[str, dict[str, Any]], cast: Cast, course: CoursePage
) -> None:
    """Wagtail serves a page at its own address whatever our own patterns say; its hook closes it."""
    client = Client()
    lesson = course.get_children().first()
    assert lesson is not None
    address = lesson.get_url()
    stranger = client.get(address).status_code
    client.force_login(cast.krit)
    assert (stranger, client.get(address).status_code) == (302, 403)


def test_a_door_of_ours_that_nobody_closed_is_found(
    behind_the_doors: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard itself: were the check of certificates not listed as public, it would be reported."""
    monkeypatch.delitem(PUBLIC, "certification:check")
    found = {door.name: answers(Client(), door, behind_the_doors.get(door.name, {})) for door in closed_doors()}
    assert [name for name, codes in found.items() if not codes <= CLOSED] == ["certification:check"]
