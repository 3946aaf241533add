"""Whatever stands in an address or a form, the answer is a page: never an error of ours."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from tests.doors.district import World
from tests.doors.knocking import knock
from tests.doors.offices import ways
from tests.doors.people import Caller
from tests.doors.way import Way

pytestmark = pytest.mark.django_db

LONG = "ก" * 10_000
NASTY = ("\x00", "🐘", "-1", "9" * 30, "1" * 18 + "x", "๑๒๓", "1.5", "[]", "' OR 1=1 --", "0000-99-99")
# A number that is one, written so that it fills more than the column of a code.
ZEROS = ("0" * 15 + "123", "๑๒๓", "00000014", "๐๑๘")
# All that any page of officers reads from its address.
PARAMETERS = ("q", "sort", "kind", "state", "province", "district", "show", "when", "choose", "period", "since", "on")
KEYS = ("area", "organization", "person", "into", "course", "page", "who")
OFTEN = ("\x00", LONG, "9" * 30, "1" * 18 + "x")
AREAS = ("o", "d", "p", "g", "f", "c", "n")


def failures(asked: Iterator[tuple[Caller, str, dict[str, Any] | None]]) -> dict[str, str]:
    """Who asked what and got an error of ours; {} is what it should be."""
    cache.clear()
    found = {}
    for caller, address, sent in asked:
        status = knock(caller, address, sent, is_read=False).status
        if status >= 500:
            found[f"{caller.name}: {address[:120]} {str(sent or '')[:160]}"] = str(status)
    return found


def pages(world: World) -> dict[str, Way]:
    """Each page of officers once, by its address without a question."""
    return {reverse(way.door, kwargs=dict(way.parts)): way for way in ways(world)}


def test_no_value_in_an_address_breaks_a_page(world: World, people: dict[str, Caller]) -> None:
    def asked() -> Iterator[tuple[Caller, str, None]]:
        for place, (address, way) in enumerate(pages(world).items()):
            for value in ("\x00", "9" * 30, NASTY[place % len(NASTY)]):  # the others take turns
                yield people[way.holder], f"{address}?{_query(PARAMETERS, value)}", None

    assert failures(asked()) == {}


def test_no_value_of_a_key_breaks_a_page(world: World, people: dict[str, Caller]) -> None:
    wanted = ("organizations", "people", "give", "add_member", "merge", "group", "learners", "dashboard", "report")
    district = {way.door: address for address, way in pages(world).items() if way.side is None}
    found = {door: address for door, address in district.items() if door.split(":")[1] in wanted}

    def asked() -> Iterator[tuple[Caller, str, None]]:
        for address in found.values():
            for key in (*KEYS, "q"):
                for value in OFTEN:
                    yield people["somchai"], f"{address}?{_query([key], value)}", None

    assert len(found) == len(wanted)
    assert failures(asked()) == {}


@pytest.mark.parametrize("name", ["head office", "somchai", "other coordinator"])
def test_no_code_of_an_area_breaks_a_report(name: str, world: World, people: dict[str, Caller]) -> None:
    address = reverse("reports:report", args=["kinds"])

    def asked() -> Iterator[tuple[Caller, str, None]]:
        for level in AREAS:
            for value in (*OFTEN, *ZEROS):
                yield people[name], f"{address}?period=day&on=2568-10-01&area={quote(level + value)}", None

    assert failures(asked()) == {}


def test_no_value_in_a_form_breaks_a_page(world: World, people: dict[str, Caller]) -> None:
    def asked() -> Iterator[tuple[Caller, str, dict[str, Any]]]:
        for way in ways(world):
            for place, name in enumerate(way.sent):
                for value in ("\x00", (LONG, "9" * 30)[place % 2], "same_one:--5"):
                    yield people[way.holder], way.address, {**way.sent, name: value}

    assert failures(asked()) == {}


def test_no_key_in_a_path_breaks_a_page(world: World, people: dict[str, Caller]) -> None:
    def asked() -> Iterator[tuple[Caller, str, dict[str, Any] | None]]:
        for way in ways(world):
            for name, value in way.parts.items():
                for nasty in ("9" * 30, "9" * 5000, "๑"):
                    try:
                        address = reverse(way.door, kwargs={**way.parts, name: nasty})
                    except NoReverseMatch:
                        address = way.address.replace(f"/{value}", f"/{quote(nasty)}")
                    yield people[way.holder], address, None
                    yield people[way.holder], address, dict(way.sent)

    assert failures(asked()) == {}


@pytest.mark.parametrize("door", ["enrollments:use_code", "register:welcome"])
def test_no_code_breaks_the_page_of_a_slip(door: str, people: dict[str, Caller]) -> None:
    def asked() -> Iterator[tuple[Caller, str, dict[str, Any] | None]]:
        for value in NASTY:
            cache.clear()  # or the address would be asked to wait after twenty wrong codes
            for caller in (people["anonymous"], people["krit"]):
                address = reverse(door, args=["CODE"]).replace("CODE", quote(value[:500], safe=""))
                yield caller, address, None
                yield caller, address, {"password": value, "phone": value}

    assert failures(asked()) == {}


def test_no_value_breaks_the_pages_where_codes_are_typed_and_organizations_found(people: dict[str, Caller]) -> None:
    def asked() -> Iterator[tuple[Caller, str, dict[str, Any] | None]]:
        for value in NASTY:
            for door in ("enrollments:type_code", "register:type_invitation"):
                yield people["anonymous"], reverse(door), {"code": value}
            for door in ("organizations:find", "organizations:memberships", "notices:notices", "duties:my_areas"):
                yield people["krit"], f"{reverse(door)}?{_query([*PARAMETERS, *KEYS], value)}", None

    assert failures(asked()) == {}


def _query(names: Any, value: str) -> str:
    return "&".join(f"{name}={quote(value, safe='')}" for name in names)
