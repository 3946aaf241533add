"""Who guesses is slowed down; who is right never is."""

import pytest
import time_machine
from django.test import Client

from certification.checking.limiting import WRONG_CODES, Limit, network_of, seconds_to_wait
from certification.codes import new_code
from tests.certification.conftest import Issue

THREE = Limit("three", 3, 60)


def test_a_window_opens_again_when_its_time_is_over() -> None:
    with time_machine.travel("2026-11-23T03:00:10Z", tick=False) as clock:
        assert [seconds_to_wait(THREE, "203.0.113.5") for _ in range(5)] == [0, 0, 0, 50, 50]
        assert seconds_to_wait(THREE, "203.0.113.6") == 0
        clock.shift(50)
        assert seconds_to_wait(THREE, "203.0.113.5") == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("no address", "no_address"),
    ],
)
def test_a_household_has_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.django_db
def test_guessing_is_slowed_down_and_right_codes_are_still_shown(issue: Issue, client: Client) -> None:
    right = issue().code
    for _ in range(WRONG_CODES.count // 2):
        assert client.get(f"/v/{new_code()}").status_code == 404
        assert client.get(f"/v/{new_code()}.json").status_code == 404
    page, machine = client.get(f"/v/{new_code()}"), client.get(f"/v/{new_code()}.json")
    assert (page.status_code, machine.status_code, machine.json()["error"]) == (429, 429, "too-many")
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert int(page["Retry-After"]) > 0
    assert (client.get(f"/v/{right}").status_code, client.get(f"/v/{right}.json").status_code) == (200, 200)
    assert client.get(f"/v/{new_code()}", REMOTE_ADDR="203.0.113.9").status_code == 404
