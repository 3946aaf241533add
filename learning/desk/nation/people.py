"""People, and the positions they hold in organizations."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from learning.desk.nation.names import MEN, WOMEN, family_name
from learning.desk.nation.organizations import Body
from learning.desk.nation.plan import Calendar, Scale
from learning.desk.nation.writing import Row, next_key, write
from learning.organizations.choices import TERM_YEARS, Kind, Position
from learning.organizations.models import Membership
from learning.people.models import Gender, User

# An unusable password, always the same: a drawn one would differ from run to run.
PASSWORD = "!" + "no-password-in-a-made-nation".ljust(40, "-")
PRIME = 74_207_281  # shares no factor with 10^8, so that numbers do not repeat
TERM_DAYS = 365 * TERM_YEARS
NOT_GIVEN_GENDER, NOT_GIVEN_BIRTH = 0.15, 0.20
ACROSS_PROVINCES, ACROSS_DISTRICTS = 0.02, 0.06  # of further positions: 0.3 % and 1 % of all people
TRIES = 20


@dataclass(slots=True)
class Seat:
    """One membership. Days are counted as in `Calendar`; `person` is a number from 0."""

    person: int
    body: int
    position: str
    since: int
    until: int | None = None
    term: int | None = None


@dataclass
class People:
    """`seats` in the order of their keys; `held` gives each person's numbers in it; `births` 0: not given."""

    seats: list[Seat]
    held: list[list[int]]
    genders: list[str]
    births: "array[int]"
    first_key: int


def plan_people(scale: Scale, bodies: list[Body], calendar: Calendar, rng: Random) -> People:
    places = _places(scale, bodies, rng)
    holders = _holders(scale, bodies, [body for body, _ in places], rng)
    seats: list[Seat] = []
    for person, (body, position) in zip(holders, places, strict=True):
        seats += _terms(person, body, position, bodies[body].ended, calendar, rng)
    held: list[list[int]] = [[] for _ in range(scale.people)]
    for number, seat in enumerate(seats):
        held[seat.person].append(number)
    genders, births = [], array("H")
    for own in held:
        young = bodies[seats[own[0]].body].kind == Kind.YOUTH_GROUP
        genders.append(_gender(rng))
        birth = calendar.until.year - (rng.randrange(9, 20) if young else int(rng.triangular(18, 80, 48)))
        births.append(0 if rng.random() < NOT_GIVEN_BIRTH else birth)
    return People(seats, held, genders, births, next_key(User))


def _gender(rng: Random) -> str:
    if rng.random() < NOT_GIVEN_GENDER:
        return ""
    drawn = rng.random()
    return Gender.FEMALE.value if drawn < 0.55 else Gender.MALE.value if drawn < 0.995 else Gender.OTHER.value


def _places(scale: Scale, bodies: list[Body], rng: Random) -> list[tuple[int, str]]:
    """As many positions as there are memberships of today: boards, committees, staff; plain members fill up."""
    seats = [(number, position.value) for number, body in enumerate(bodies) for position in _positions(body, rng)]
    rng.shuffle(seats)
    del seats[scale.memberships :]
    members = rng.choices(range(len(bodies)), [body.weight for body in bodies], k=scale.memberships - len(seats))
    seats += [(number, Position.MEMBER.value) for number in members]
    rng.shuffle(seats)
    return seats


def _positions(body: Body, rng: Random) -> Iterator[Position]:
    if body.is_cooperative:  # 7 to 15 on the board: s. 50 of the Act allows one chair and at most 14 others
        yield from (Position.BOARD_CHAIR, Position.BOARD_VICE_CHAIR, Position.BOARD_SECRETARY, Position.BOARD_TREASURER)
        yield from [Position.BOARD_MEMBER] * rng.randrange(3, 12)
        yield from (Position.MANAGER, Position.ACCOUNTING_STAFF, Position.BUSINESS_AUDITOR)
        yield from [Position.STAFF] * rng.randrange(4)
        return
    yield from (Position.GROUP_LEADER, Position.GROUP_TREASURER)
    most = 8 if body.kind == Kind.FARMERS_GROUP else 5
    yield from [Position.GROUP_BOARD_MEMBER] * rng.randrange(1, most)
    if rng.random() < 0.3:
        yield Position.GROUP_ADVISER


def _holders(scale: Scale, bodies: list[Body], places: list[int], rng: Random) -> list[int]:
    """Who holds each place: the first of everybody, then the further ones, mostly near the first."""
    homes: list[list[int]] = [[place] for place in places[: scale.people]]
    by_district: dict[str, list[int]] = {}
    by_province: dict[str, list[int]] = {}
    for person, place in enumerate(places[: scale.people]):
        by_district.setdefault(bodies[place].district, []).append(person)
        by_province.setdefault(bodies[place].district[:2], []).append(person)
    everybody = range(scale.people)
    holders = list(everybody)
    for number, place in enumerate(places[scale.people :]):
        has = 1 if number < scale.second else 2
        drawn = rng.random()
        district = bodies[place].district
        pools = [by_district.get(district, ()), by_province.get(district[:2], ()), everybody]
        skipped = 2 if drawn < ACROSS_PROVINCES else 1 if drawn < ACROSS_PROVINCES + ACROSS_DISTRICTS else 0
        person = _somebody(pools[skipped:], homes, place, has, rng)
        homes[person].append(place)
        holders.append(person)
    return holders


def _somebody(pools: list[list[int] | range], homes: list[list[int]], place: int, has: int, rng: Random) -> int:
    """Somebody of the nearest pool who has so many places and not this one."""
    for pool in pools:
        for _ in range(TRIES if pool else 0):
            person = pool[int(rng.random() * len(pool))]
            if len(homes[person]) == has and place not in homes[person]:
                return person
    return next(person for person in pools[-1] if len(homes[person]) == has and place not in homes[person])


def _terms(person: int, body: int, position: str, ended: int | None, calendar: Calendar, rng: Random) -> Iterator[Seat]:
    """The membership, and before a second term on a board the first one. Each holds on a day of the calendar."""
    last = calendar.last - 3 if ended is None else ended - 1
    if position.startswith("board_"):
        since = last - rng.randrange(TERM_DAYS - 1)
        term = 1 if rng.random() < 0.6 else 2
        if term == 2:
            yield Seat(person, body, position, since - TERM_DAYS, since - 1, 1)
        yield Seat(person, body, position, since, since + TERM_DAYS - 1 if ended is None else ended, term)
        return
    since = last - int(rng.random() * 3000)
    until = ended
    if ended is None and rng.random() < 0.08:
        until = rng.randrange(max(since, 0) + 1, calendar.last - 1)
    yield Seat(person, body, position, since, until)


# --- rows ----------------------------------------------------------------------------------------
def write_people(people: People, calendar: Calendar, rng: Random) -> None:
    joined = calendar.moment(-5)
    taken = set(User.objects.filter(phone__isnull=False).values_list("phone", flat=True))
    shift = rng.randrange(10**8)
    numbers = (f"+66{'89'[n & 1]}{(n * PRIME + shift) % 10**8:08d}" for n in range(len(people.held) + len(taken)))
    free = (number for number in numbers if number not in taken)

    def rows() -> Iterator[Row]:
        for number, (gender, birth, phone) in enumerate(zip(people.genders, people.births, free, strict=False)):
            is_woman = gender == Gender.FEMALE or (gender != Gender.MALE and rng.random() < 0.5)
            given = rng.choice(WOMEN if is_woman else MEN)
            title = ("นาง" if rng.random() < 0.6 else "นางสาว") if is_woman else "นาย"
            name = f"person-{number + 1}"
            yield people.first_key + number, name, title, given, family_name(rng), phone, gender, birth or None, joined

    names = "id username title first_name last_name phone gender birth_year date_joined"
    write_users(f"{names} password", ((*row, PASSWORD) for row in rows()))


def write_users(names: str, rows: Iterator[Row]) -> None:
    """People with everything Django wants of an account; whether it is active comes from its default."""
    write(User, names, rows)


def write_memberships(people: People, bodies: list[Body], calendar: Calendar) -> None:
    entered = calendar.moment(-4)
    write(
        Membership,
        "id user_id organization_id position since until term_number created_at",
        (
            (
                key,
                people.first_key + seat.person,
                bodies[seat.body].pk,
                seat.position,
                calendar.iso(seat.since),
                None if seat.until is None else calendar.iso(seat.until),
                seat.term,
                entered,
            )
            for key, seat in enumerate(people.seats, next_key(Membership))
        ),
    )
