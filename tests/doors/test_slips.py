"""The doors of learners that open by a slip of paper, and notices, which are one's own."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from learning.enrollments.models import EnrollmentCode
from learning.notices.models import Notice
from learning.register.models import Invitation
from tests.doors.district import NAMES, PAPERS, PEOPLE, World
from tests.doors.knocking import knock, without
from tests.doors.people import STRANGERS, Caller

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def nobody_has_guessed() -> None:
    cache.clear()


@pytest.mark.parametrize("name", sorted(STRANGERS))
def test_a_code_says_what_it_is_for_and_names_nobody(name: str, world: World, people: dict[str, Caller]) -> None:
    answer = knock(people[name], reverse("enrollments:use_code", args=[world.code.code]))
    told = answer.tells((*PEOPLE, *PAPERS, "ก.771177", "0994000077117"))
    assert (answer.status, told, answer.wrote) == (200, [], [])


def test_a_code_enrolls_nobody_who_is_not_signed_in(world: World, people: dict[str, Caller]) -> None:
    for name in ("anonymous", "inactive"):
        answer = knock(people[name], reverse("enrollments:use_code", args=[world.code.code]), {})
        assert (name, answer.status, answer.wrote) == (name, 200, [])


def test_a_code_that_was_closed_is_over_for_everybody_and_a_wrong_one_was_never_there(
    world: World, people: dict[str, Caller]
) -> None:
    EnrollmentCode.objects.filter(pk=world.code.pk).update(closed_at=timezone.now())
    for name in ("anonymous", "krit", "somchai"):
        for code, status in ((world.code.code, 410), ("WRQNG234", 404)):
            for sent in (None, {}):
                answer = knock(people[name], reverse("enrollments:use_code", args=[code]), sent)
                expected = 410 if status == 410 and (sent is None or name not in {"anonymous"}) else answer.status
                assert (name, code, answer.status, answer.wrote) == (name, code, expected, [])
                assert answer.tells((*PEOPLE, *PAPERS)) == []


def test_an_invitation_names_its_own_person_and_nobody_else(world: World, people: dict[str, Caller]) -> None:
    person = world.people[3]
    others = [one for one in NAMES if one not in (person.first_name, person.last_name)]
    answer = knock(people["anonymous"], reverse("register:welcome", args=[world.invitation.code]))
    assert (answer.status, person.first_name in answer.text, answer.tells((*others, *PAPERS))) == (200, True, [])


@pytest.mark.parametrize("ended", ["used", "too old"])
def test_an_invitation_that_is_over_names_nobody(ended: str, world: World, people: dict[str, Caller]) -> None:
    over = {"used_at": timezone.now()} if ended == "used" else {"until": timezone.localdate() - timedelta(days=1)}
    Invitation.objects.filter(pk=world.invitation.pk).update(**over)
    address = reverse("register:welcome", args=[world.invitation.code])
    for sent in (None, {"password": "a-long-sentence-2569"}):
        answer = knock(people["anonymous"], address, sent)
        assert (answer.status, answer.tells(world.secrets[: len(PEOPLE)]), answer.wrote) == (410, [], [])


def test_a_wrong_code_and_no_code_are_one_page(people: dict[str, Caller]) -> None:
    for door in ("register:welcome", "enrollments:use_code"):
        codes = ("WRQNGWRQNG", "ANQTHER234")
        answers = [knock(people["anonymous"], reverse(door, args=[code])) for code in codes]
        said = [(one.status, without(one.text, *codes)) for one in answers]
        assert (door, said[0][0], said[0]) == (door, 404, said[1])


@pytest.mark.parametrize("name", sorted(STRANGERS - {"malee"}))
def test_malees_notices_are_read_by_malee_alone(name: str, world: World, people: dict[str, Caller]) -> None:
    address = reverse("notices:notices")
    for sent in (None, {}):
        answer = knock(people[name], address, sent)
        assert answer.tells(["ถึงมาลีคนเดียว", "ข้อความถึงมาลี"]) == []
    people[name].client().post(address)
    assert Notice.objects.get(key="secret").read_at is None


def test_malee_reads_her_notices(world: World, people: dict[str, Caller]) -> None:
    assert "ข้อความถึงมาลี" in knock(people["malee"], reverse("notices:notices")).text
    assert knock(people["malee"], reverse("notices:notices"), {}).wrote == ["notices_notice"]
