"""Whatever is written into a form of workshops or sent by a device, the answer is a page in words: no error of ours."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tests.doors.district import World
from tests.doors.knocking import knock
from tests.doors.malee import workshops_of
from tests.doors.people import Caller
from tests.doors.test_hostile_values import KEYS, LONG, NASTY, PARAMETERS, ZEROS, failures
from tests.doors.way import Way
from tests.doors.workshops import ways_of

pytestmark = pytest.mark.django_db

SCRIPT = "<script>hostile()</script>"
WRITTEN = ("' OR 1=1 --", SCRIPT, "-1", "1e400", "NaN", "31/02/2569", "25:61", "๙" * 40, "[]")
Asked = Iterator[tuple[Caller, str, dict[str, Any] | None]]


def forms(world: World) -> list[Way]:
    return [way for way in ways_of(world.ours) if way.sent and not way.is_json]


# --- officers ------------------------------------------------------------------------------------------
def test_no_form_of_workshops_breaks_when_a_line_is_missing(world: World, people: dict[str, Caller]) -> None:
    def asked() -> Asked:
        for way in forms(world):
            yield people[way.holder], way.address, {}
            for name in way.sent:
                yield people[way.holder], way.address, {key: one for key, one in way.sent.items() if key != name}

    assert len(forms(world)) >= 40
    assert failures(asked()) == {}


@pytest.mark.parametrize("part", range(4))
def test_no_hostile_value_breaks_a_form_of_workshops(part: int, world: World, people: dict[str, Caller]) -> None:
    def asked() -> Asked:
        for place, way in enumerate(forms(world)[part::4]):
            for name in way.sent:
                for value in (*WRITTEN[place % 2 :: 2], "9" * 5000):
                    yield people[way.holder], way.address, {**way.sent, name: value}

    assert failures(asked()) == {}


def test_what_was_typed_is_never_run(world: World, people: dict[str, Caller]) -> None:
    cache.clear()
    found = []
    for way in forms(world):
        caller = people[way.holder]
        for name in way.sent:
            sent = {**way.sent, name: SCRIPT}
            answer = caller.client().post(way.address, sent, follow=True)
            if SCRIPT.encode() in b"".join(answer if answer.streaming else [answer.content]):
                found.append(f"{way} {name}")
    assert found == []


def test_no_value_in_an_address_of_workshops_breaks_a_page(world: World, people: dict[str, Caller]) -> None:
    names = {
        "all": ("when", "state", "topic", "center", "q"),
        "calendar": ("view", "on", "by", "resource", "center"),
        "requests": ("state", "year", "page"),
        "request": ("near",),
        "request_new": ("like", "q"),
        "plan_workshop": ("day", "center"),
        "places": ("session",),
        "resources": ("center",),
        "resource_drops_out": ("since", "until", "day_length"),
        "messages": ("state", "page"),
        "attendance": ("session",),
        "questions": ("form",),
        "plan": ("page",),
        "plan_repair": ("resource",),
        "add_people": ("organization", "q"),
        "allotments": ("organization", "q"),
    }
    ways = {way.door.split(":")[1]: way for way in ways_of(world.ours)}

    def asked() -> Asked:
        for door, known in names.items():
            way = ways[door]
            for name in known:
                for value in (*NASTY, *ZEROS, LONG[:3000], "2569-02-31", "9999-12-31", "0001-01-01"):
                    address = reverse(way.door, kwargs=dict(way.parts))
                    yield people[way.holder], f"{address}?{name}={quote(value, safe='')}", None

    assert failures(asked()) == {}


def test_no_picture_breaks_the_report(world: World, people: dict[str, Caller]) -> None:
    address = reverse("workshops:report", args=[world.ours.workshops["held"].pk])
    gif = b"GIF89a" + b"\xff" * 40
    for content in (
        b"",
        b"\x00",
        SCRIPT.encode(),
        gif,
        b"\xff\xd8\xff\xe0" + b"\x00" * 100,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 50,
    ):
        for name in ("a.jpg", "../../etc/passwd", "ก" * 300 + ".png", "a\x00b.png"):
            sent = {"what": "picture", "file": SimpleUploadedFile(name, content), "caption": "ภาพ"}
            answer = knock(people["wipa"], address, sent)
            assert (name, content[:8], answer.status, answer.wrote) == (name, content[:8], 422, [])
    assert knock(people["wipa"], address, {"what": "picture", "file": "no file"}).status == 422
    assert knock(people["wipa"], address, {"what": SCRIPT}).status == 200


# --- devices at the door -----------------------------------------------------------------------------------
def nonsense(world: World) -> Iterator[Any]:
    """Bodies that no device of ours sends."""
    way = next(way for way in ways_of(world.ours) if way.is_json)
    scan = dict(way.sent["scans"][0])
    yield from ("", "null", "[]", "7", '"text"', "{", "\x00", "[" * 100_000, '{"a":' * 5000, '{"scans": 1e999}')
    odd = (
        None,
        True,
        [],
        {},
        -1,
        0,
        1.5,
        2**63,
        10**400,
        "",
        "\x00",
        "\ud800",
        "ก" * 5000,
        SCRIPT,
        "2026-02-31T00:00Z",
    )
    for name in way.sent:
        yield from ({**way.sent, name: value} for value in odd)
        yield {key: one for key, one in way.sent.items() if key != name}
    for name in (*scan, "ticket"):
        yield from ({**way.sent, "scans": [{**scan, name: value}]} for value in odd)
        yield {**way.sent, "scans": [{key: one for key, one in scan.items() if key != name}]}
    yield {**way.sent, "scans": [scan, scan]}
    yield {**way.sent, "scans": [{**scan, "nonce": f"{'b' * 20}{at}"} for at in range(501)]}
    yield {**way.sent, "now": "0001-01-01T00:00:00+00:00"}


def test_no_body_of_a_device_breaks_the_door(world: World, people: dict[str, Caller]) -> None:
    way = next(way for way in ways_of(world.ours) if way.is_json)
    found = {}
    for body in nonsense(world):
        client = people["wipa"].client()
        with transaction.atomic():
            answer = client.post(way.address, body, content_type="application/json", HTTP_ACCEPT="application/json")
            transaction.set_rollback(True)
        if answer.status_code not in {200, 413, 422} or (answer.status_code != 200 and not answer.json()["refused"]):
            found[str(body)[:200]] = answer.status_code
    assert found == {}


# --- learners ------------------------------------------------------------------------------------------
def test_no_value_breaks_what_learners_send(world: World, people: dict[str, Caller]) -> None:
    sent = {
        "workshops:register": ("membership", "knows"),
        "workshops:cancel_seat": ("reason",),
        "workshops:evaluate": ("item-1", "item-2", "item-99999999999999999999"),
        "workshops:follow_up": ("item-1",),
    }

    def asked() -> Asked:
        for side, name in ((world.ours, "malee"), (world.theirs, "krit")):
            ways = {**workshops_of(side), "workshops:register": {"pk": world.ours.workshops["open"].pk}}
            for door, fields in sent.items():
                address = reverse(door, kwargs=ways[door])
                yield people[name], address, {}
                for value in (*NASTY, LONG, SCRIPT):
                    yield people[name], address, dict.fromkeys(fields, value)
        for value in NASTY:
            yield people["malee"], reverse("workshops:my_calendar"), {"action": value}

    assert failures(asked()) == {}


def test_no_value_breaks_what_everybody_may_ask(world: World, people: dict[str, Caller]) -> None:
    names = ("province", "topic", "course", "page", *PARAMETERS[:4], *KEYS[:2])

    def asked() -> Asked:
        for value in (*NASTY, SCRIPT, LONG[:3000]):
            written = quote(value, safe="")
            for name in names:
                yield people["anonymous"], f"{reverse('workshops:list')}?{name}={written}", None
            yield people["anonymous"], f"/calendar/{written}.ics", None
            yield people["anonymous"], f"/workshops/{written}/", None
            yield people["malee"], f"/my/workshops/{written}/", None

    assert failures(asked()) == {}


def test_the_moment_of_a_device_is_kept_as_it_was_sent(world: World, people: dict[str, Caller]) -> None:
    """Otherwise the walk of nonsense would be content with a door that takes nothing."""
    way = next(way for way in ways_of(world.ours) if way.is_json)
    answer = knock(people["wipa"], way.address, way.sent, is_json=True)
    outcome = [line["outcome"] for line in answer.response.json()["results"]]
    assert (answer.status, outcome, timezone.now().isoformat()[:10] in str(way.sent)) == (200, ["counted"], True)
