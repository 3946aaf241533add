"""What is wrong with the answers that somebody got."""

from collections.abc import Iterable, Mapping

from django.core.cache import cache
from django.urls import reverse

from tests.doors.district import CROWD, World
from tests.doors.knocking import Answer, knock
from tests.doors.people import OUT, TOTALS, Caller
from tests.doors.way import Way

WRONG_METHOD = 405
CLOSED = {403, 404}
SIGN_IN = "account_login"


def answers(caller: Caller, way: Way) -> dict[str, Answer]:
    """Of a GET and of a POST, without a method that the door does not know."""
    posted = knock(caller, way.address, way.sent, is_json=way.is_json)
    found = {"GET": knock(caller, way.address), "POST": posted}
    return {method: answer for method, answer in found.items() if answer.status != WRONG_METHOD}


def secrets_from(caller: Caller, world: World, way: Way | None = None) -> tuple[str, ...]:
    """What this stranger must not read: who sees totals knows the organizations, and meets nobody by name.

    Of a side of workshops head office knows everything but the people, and everybody knows themselves.
    """
    if way and way.side:
        hidden = way.side.who if caller.name == "head office" else way.side.secrets
        return tuple(one for one in hidden if (caller.name, one) not in {("malee", "มาลี"), ("krit", "กฤต")})
    if caller.name in TOTALS:
        known = {"ทุ่งปิดทอง", "เรือนหับ", "บ่อมืด", "หนองเงา", "ก.771177", "0994000077117", "ชน 0077/7117"}
        return (*(secret for secret in world.secrets if secret not in known), CROWD)
    return world.secrets


def trespasses(caller: Caller, ways: Iterable[Way], world: World) -> dict[str, str]:
    """Door, role and status of everything a stranger got that is not declared; {} is what it should be."""
    cache.clear()
    found: dict[str, str] = {}
    for way in ways:
        if caller.name in {way.holder, *way.known_to}:
            continue
        for method, answer in answers(caller, way).items():
            if wrong := _wrong(caller, way, method, answer, world):
                found[f"{caller.name}: {method} {way}"] = f"{answer.status}: {wrong}"
    return found


def _wrong(caller: Caller, way: Way, method: str, answer: Answer, world: World) -> str:
    if told := answer.tells(secrets_from(caller, world, way)):
        return f"tells {told}"
    if answer.wrote and not (way.is_theirs and caller.name in way.open_to):
        return f"writes to {answer.wrote}"
    if caller.name in OUT:
        to_sign_in = answer.location.startswith(f"{reverse(SIGN_IN)}?next=/office/")
        return "" if (answer.status, to_sign_in) == (302, True) else f"is sent to {answer.location!r}, not to sign in"
    if caller.name in way.open_to:
        wanted = {200} if method == "GET" else {200, 302, 403, 404, 409, 422}
        return "" if answer.status in wanted else "is refused"
    return "" if answer.status in CLOSED else "comes in"


def refusals(caller: Caller, ways: Iterable[Way], secrets: Iterable[str] = ()) -> dict[str, str]:
    """Where somebody who holds the district does not get in, or reads nothing of it; {} is what it should be.

    `secrets`: what is to be read, when it is not that of the way.
    """
    cache.clear()
    found: dict[str, str] = {}
    for way in ways:
        got = answers(caller, way)
        for method, answer in got.items():
            is_empty = method == "POST" and not way.sent and "GET" in got  # an empty form, shown again
            if answer.status not in ({200, 302, 422} if is_empty else {200, 302}):
                found[f"{caller.name}: {method} {way}"] = str(answer.status)
            elif method == "POST" and way.sent and not answer.wrote:
                found[f"{caller.name}: POST {way}"] = "changes nothing"
        told = any(answer.tells(secrets or way.secrets) for answer in got.values())
        if told is way.is_silent:
            found[f"{caller.name}: {way}"] = "tells of the district" if told else "tells nothing of the district"
    return found


def refused_to_holders(people: Mapping[str, Caller], ways: Iterable[Way]) -> dict[str, str]:
    """The same of each way for its own holder."""
    found: dict[str, str] = {}
    every = list(ways)
    for name in sorted({way.holder for way in every}):
        found |= refusals(people[name], [way for way in every if way.holder == name])
    return found
