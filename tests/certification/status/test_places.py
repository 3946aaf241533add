"""Places in status lists: each once, in an order that tells nothing, and back again when the issuing fails."""

import itertools
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone

from certification.flows import revoke
from certification.keys import KeyUnavailable
from certification.models import Certificate, StatusList
from certification.status import give_place, is_revoked, take_place
from certification.status.places import place_of
from learning.people.models import User
from tests.certification.conftest import Issue
from tests.certification.keys.given import keys_dir
from tests.factories.threads import at_once

__all__ = ["keys_dir"]
SEED = "00112233445566778899aabbccddeeff"


def test_every_place_of_a_list_is_given_once() -> None:
    places = {place_of(turn, seed=SEED) for turn in range(StatusList.SIZE)}
    assert places == set(range(StatusList.SIZE))


def test_places_follow_no_order_and_another_seed_gives_others() -> None:
    first, second = ([place_of(turn, seed=seed) for turn in range(4096)] for seed in (SEED, SEED[::-1]))
    assert len(set(first) & set(second)) < 300  # 128 of 4,096 by chance
    steps = Counter((after - before) % StatusList.SIZE for before, after in itertools.pairwise(first))
    assert steps.most_common(1)[0][1] < 5
    assert sum(after > before for before, after in itertools.pairwise(first)) in range(1900, 2200)


@pytest.mark.django_db
def test_a_certificate_gets_its_place_when_it_is_issued(issue: Issue, keys_dir: object) -> None:
    first, second = issue(), issue()
    status_list = StatusList.objects.get()
    assert (status_list.number, status_list.taken) == (1, 2)
    assert [one.status_index for one in (first, second)] == [place_of(turn, seed=status_list.seed) for turn in (0, 1)]
    assert {one.status_list for one in (first, second)} == {status_list}


@pytest.mark.django_db
def test_a_place_that_was_rolled_back_is_given_to_the_next(keys_dir: object) -> None:
    take_place()
    with transaction.atomic():
        lost = take_place()
        transaction.set_rollback(True)
    assert take_place() == lost


@pytest.mark.django_db
def test_when_a_list_is_full_the_next_is_opened_and_signed(keys_dir: object) -> None:
    take_place()
    StatusList.objects.update(taken=StatusList.SIZE - 1)
    last, place = take_place()
    assert (last.number, place) == (1, place_of(StatusList.SIZE - 1, seed=last.seed))
    following, _place = take_place()
    assert (following.number, following.taken) == (2, 1)
    assert following.seed != last.seed
    assert following.credential != ""


@pytest.mark.django_db
def test_without_a_key_places_are_given_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_key(_status_list: StatusList) -> None:
        raise KeyUnavailable("The token is not plugged in.")

    monkeypatch.setattr("certification.status.places.sign_anew", no_key)
    assert take_place()[0].credential == ""


@pytest.mark.django_db(transaction=True)
def test_ten_who_take_a_place_at_once_get_ten_places(keys_dir: object) -> None:
    take_place()  # the first key and the first list are made by one
    taken = at_once(*[take_place] * 10)
    assert len({place for _list, place in taken}) == 10
    assert StatusList.objects.get().taken == 11
    assert Certificate.objects.count() == 0


@pytest.mark.django_db
def test_who_was_ended_before_the_place_came_is_marked_at_once(issue: Issue, malee: User, keys_dir: object) -> None:
    certificate = issue()
    Certificate.objects.filter(pk=certificate.pk).update(status_list=None, status_index=None)
    waiting = Certificate.objects.get(pk=certificate.pk)  # as a worker holds it
    revoke(waiting, reason="ออกผิดคน", by=malee)
    give_place(waiting)
    assert waiting.status_index is not None
    assert is_revoked(StatusList.objects.get(), waiting.status_index, now=timezone.now()) is True
