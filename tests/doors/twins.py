"""Twins: the same question about something of the district and about nothing at all.

Whoever may not see the one must hear exactly what is said of the other, down to the letter.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.core.cache import cache
from django.urls import reverse

from tests.doors.district import World
from tests.doors.knocking import knock, without
from tests.doors.people import APPOINTING, KEEPING, NAMES, ON_DUTY, TOTALS, Caller
from tests.doors.way import today

NO_KEY = 770_019_999
NO_NAME, NO_PHONE, NO_NUMBER = "ฟหกดเอ", "089-111-2299", "ก.000099"


@dataclass(frozen=True)
class Twin:
    """What is asked at an address by whom; `real` is of the district, `nothing` is of nobody."""

    door: str
    who: frozenset[str]
    real: Any
    nothing: Any
    asked: str = ""  # the name of the parameter in the address
    sent: Mapping[str, Any] | None = None  # ONE stands for what is asked about
    parts: Mapping[str, Any] = field(default_factory=dict)
    rest: str = ""

    def ask(self, caller: Caller, one: Any) -> tuple[int, str, list[str]]:
        """Status, words without what was said, and what was written to."""
        parts = {name: caller.own.pk if value is OWN and caller.own else value for name, value in self.parts.items()}
        address = reverse(self.door, kwargs=parts)
        if self.asked:
            address += f"?{self.asked}={quote(str(one), safe='')}"
        address += self.rest
        sent = None
        if self.sent is not None:
            sent = {name: _put(value, one) for name, value in self.sent.items()}
        answer = knock(caller, address, sent)
        return answer.status, without(answer.text, str(one)), answer.wrote

    def __str__(self) -> str:
        return f"{self.door} {self.asked or 'POST'} {self.real}"


KINDS = {"slug": "kinds"}
OWN = object()  # the organization of the caller's own area
ONE = object()


def _put(value: Any, one: Any) -> Any:
    if isinstance(value, list):
        return [one if each is ONE else each for each in value]
    return one if value is ONE else value


def differences(callers: Iterable[Caller], twins: Iterable[Twin], secrets: tuple[str, ...]) -> dict[str, str]:
    """Every question whose answer depends on whether the thing exists; {} is what it should be."""
    cache.clear()
    found: dict[str, str] = {}
    everybody = list(callers)
    for twin in twins:
        for caller in everybody:
            if caller.name not in twin.who - {"other manager"}:  # who may do exactly what the other head may
                continue
            status, text, wrote = twin.ask(caller, twin.real)
            if (status, text) != (other := twin.ask(caller, twin.nothing))[:2]:
                found[f"{caller.name}: {twin}"] = f"{status} instead of {other[0]}, {first_difference(text, other[1])}"
            elif told := [secret for secret in secrets if secret in text]:
                found[f"{caller.name}: {twin}"] = f"{status}: tells {told}"
            elif wrote:
                found[f"{caller.name}: {twin}"] = f"{status}: writes to {wrote}"
    return found


def first_difference(text: str, other: str) -> str:
    """In words; empty when there is none."""
    if text == other:
        return ""
    for line, another in zip(text.splitlines(), other.splitlines(), strict=False):
        if line != another:
            return f"{line.strip()[:200]!r} instead of {another.strip()[:200]!r}"
    return "one is longer"


def asked(world: World) -> Iterator[Twin]:
    """Searches, filters and areas in the address."""
    person, cooperative = world.people[1], world.cooperative
    elsewhere = ON_DUTY - TOTALS
    names = [(person.first_name, NO_NAME), (person.last_name, NO_NAME), ("089-900-7701", NO_PHONE)]
    names += [("+66899007701", "+66891112299"), ("0077", "9912"), ("person1@hidden.example", "nobody@nowhere.example")]
    places = [("ทุ่งปิดทอง", NO_NAME), ("ก.771177", NO_NUMBER), ("0994000077117", "0994000099119")]
    own = {"organization_id": OWN}
    for real, nothing in names:
        yield Twin("register:organizations", ON_DUTY, real, nothing, "q", rest="&state=all")
        yield Twin("register:people", NAMES, real, nothing, "q")
    for real, nothing in names[1:4]:
        yield Twin("register:add_member", NAMES, real, nothing, "q", parts=own)
    for real, nothing in places:
        yield Twin("register:organizations", elsewhere, real, nothing, "q", rest="&state=all")
        yield Twin("register:merge", KEEPING, real, nothing, "q", parts=own)
        yield Twin("duties:give", APPOINTING, real, nothing, "q")
    yield Twin("register:organizations", elsewhere, world.district.pk, "1899", "district", rest="&state=all")
    yield Twin("register:organizations", elsewhere - {"neighbour", "other coordinator"}, "18", "99", "province")
    yield Twin("register:people", NAMES, cooperative.pk, NO_KEY, "organization")
    yield Twin("register:add_member", NAMES, person.pk, NO_KEY, "person", parts=own)
    yield Twin("register:merge", KEEPING, cooperative.pk, NO_KEY, "into", parts=own)
    yield Twin("duties:give", APPOINTING, cooperative.pk, NO_KEY, "organization")
    group, office = world.group, world.group.office
    areas = [(f"o{cooperative.pk}", f"o{NO_KEY}"), (f"d{world.district.pk}", "d1899"), ("p18", "p99"), ("c14", "c99")]
    areas += [(f"g{group.pk}", "g97"), (f"f{office.pk}", "f9901"), ("n", "x")]
    for real, nothing in areas:
        yield Twin("reports:report", elsewhere, real, nothing, "area", parts=KINDS)
    for real, nothing in areas[:2]:
        yield Twin("reports:dashboard", elsewhere, real, nothing, "area")
        yield Twin("reports:reports", elsewhere, real, nothing, "area")
        yield Twin("reports:workbook", elsewhere, real, nothing, "area", parts=KINDS)


def sent(world: World) -> Iterator[Twin]:
    """Keys of what is not theirs, in forms of their own pages."""
    person, cooperative = world.people[1].pk, world.cooperative.pk
    course = world.courses["ledger"].pk
    own = {"organization_id": OWN}
    seat = {"position": "member", "since": today()}
    work = {"action": "open", "title": "เรียน", "course_1": course, "starts_on": today(), "due_days": 9}
    work |= {"counts_from": "date"}
    part = {"name": "สหกรณ์การเกษตรแยกตัว จำกัด", "on": today(), "sure": "1", "people": [ONE], "place": "1803"}
    new = {"kind": "agricultural", "name": "สหกรณ์การเกษตรตั้งใหม่ จำกัด", "place": ONE, "on": today()}
    for key, nothing in ((person, NO_KEY), (world.people[3].pk, NO_KEY)):
        ticked = {"course": course, "people": [ONE]}
        yield Twin("enrollments:group", NAMES, key, nothing, sent=ticked, parts=own)
        yield Twin("register:invitations", NAMES, key, nothing, sent={"people": [ONE]}, parts=own)
        yield Twin("register:split", KEEPING, key, nothing, sent=part, parts=own)
        yield Twin("register:add_member", NAMES, key, nothing, "person", sent=seat, parts=own)
    yield Twin("register:merge", KEEPING, cooperative, NO_KEY, "into", sent={"on": today()}, parts=own)
    yield Twin("register:add_organization", KEEPING, world.district.pk, "1899", sent=new)
    yield Twin("register:edit_organization", KEEPING, world.district.pk, "1899", sent=new, parts=own)
    for name, real, nothing in (
        ("organizations", cooperative, NO_KEY),
        ("districts", world.district.pk, "1899"),
        ("provinces", "18", "99"),
    ):
        where = "organizations" if name == "organizations" else "places"
        yield Twin("enrollments:new_assignment", KEEPING, real, nothing, sent={**work, "where": where, name: [ONE]})
    search = {"action": "search", "q": ONE}
    yield Twin("enrollments:new_assignment", KEEPING, "ทุ่งปิดทอง", NO_NAME, sent=search)
    yield Twin("duties:give", APPOINTING, f"group-{world.group.pk}", f"group-{NO_KEY}", sent=_give("krit", post=ONE))
    for login, nothing in (("ซ่อนเร้น", NO_NAME), ("hidden-", "nowhere-"), ("0899007", "0891112")):
        yield Twin("duties:give", APPOINTING, login, nothing, sent=_give(ONE))
    yield Twin("reports:paper", ON_DUTY - TOTALS, f"o{cooperative}", f"o{NO_KEY}", sent={"area": ONE}, parts=KINDS)


def _give(login: Any, post: Any = "") -> dict[str, Any]:
    return {"login": login, "post": post, "since": today(), "sure": "1"}
