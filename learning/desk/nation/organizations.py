"""The register: cooperatives, farmers' groups and the groups attached, their names and their history."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from learning.desk.nation.names import Register, organization_name, place_name
from learning.desk.nation.plan import COOPERATIVES, INFORMAL_GROUPS, Calendar, Scale, share, spread
from learning.desk.nation.writing import Row, next_key, write
from learning.organizations.choices import Happening, Kind, OrganizationState
from learning.organizations.models import Organization, OrganizationChange
from learning.places.models import District

ATTACHED = 0.9
RENAMED, MERGED = 0.01, 0.005
YEAR_ENDS = ((3, 31), (12, 31), (6, 30), (9, 30), (1, 31))


@dataclass(slots=True)
class Body:
    """One organization; days are counted as in `Calendar`."""

    pk: int
    kind: str
    district: str
    place: str
    name: str
    key: str
    weight: float
    parent: int | None = None
    ended: int | None = None
    successor: int | None = None
    history: list[Row] = field(default_factory=list)

    @property
    def is_cooperative(self) -> bool:
        return self.kind in COOPERATIVES


def plan_organizations(scale: Scale, calendar: Calendar, rng: Random) -> list[Body]:
    """The cooperatives first, then farmers' groups, then informal groups; the order is that of their keys."""
    register = Register(set(Organization.objects.values_list("district_id", "kind", "search_key")), rng)
    districts = list(District.objects.order_by("code").values_list("code", flat=True))
    weights = [rng.lognormvariate(0, 0.8) for _ in districts]
    empty = set(districts)
    bodies: list[Body] = []
    first = next_key(Organization)

    def add(kind: str, district: str, place: str, parent: int | None = None) -> Body:
        name, key = register.name(kind, district, place)
        weight = rng.lognormvariate(0, 0.7)
        bodies.append(Body(first + len(bodies), kind, district, place, name, key, weight, parent))
        return bodies[-1]

    for kind, number in share(scale.cooperatives, COOPERATIVES).items():
        for district in spread(number, districts, weights, empty, rng):
            add(kind, district, place_name(rng))
    cooperatives = list(bodies)
    for district in spread(scale.farmers_groups, districts, weights, empty, rng):
        add(Kind.FARMERS_GROUP, district, place_name(rng))
    parents = [body for body in cooperatives if body.kind != Kind.FEDERATION]
    for kind, number in share(scale.informal_groups, INFORMAL_GROUPS).items():
        attached = round(number * ATTACHED)
        for parent in rng.choices(parents, [body.weight for body in parents], k=attached):
            add(kind, parent.district, parent.place, parent.pk)
        for district in spread(number - attached, districts, weights, empty, rng):
            add(kind, district, place_name(rng))
    _merge(cooperatives, {body.parent for body in bodies}, calendar, rng)
    _rename(bodies, calendar, rng)
    return bodies


def _merge(cooperatives: list[Body], parents: set[int | None], calendar: Calendar, rng: Random) -> None:
    """Some cooperatives without groups end in one of their kind, in the same district or province if there is one."""
    alone = [body for body in cooperatives if body.pk not in parents]
    rng.shuffle(alone)
    taken_in: set[int | None] = set()
    wanted = max(1, round(MERGED * len(cooperatives)))
    for body in alone:
        standing = [one for one in cooperatives if one.kind == body.kind and one.ended is None and one is not body]
        if not standing or body.pk in taken_in:
            continue
        near = [one for one in standing if one.district == body.district]
        near = near or [one for one in standing if one.district[:2] == body.district[:2]] or standing
        successor = rng.choice(near)
        taken_in.add(successor.pk)
        body.ended, body.successor = rng.randrange(calendar.last // 3, calendar.last - 1), successor.pk
        body.history.append((body.ended, Happening.MERGED_INTO.value, successor.pk, "", "[]"))
        successor.history.append((body.ended, Happening.RECEIVED.value, body.pk, "", "[]"))
        wanted -= 1
        if not wanted:
            break


def _rename(bodies: list[Body], calendar: Calendar, rng: Random) -> None:
    """What they were called before; the names of today stay, so that they stay unique."""
    standing = [body for body in bodies if body.ended is None]
    for body in rng.sample(standing, max(1, round(RENAMED * len(bodies)))):
        before = organization_name(body.kind, place_name(rng), rng)
        body.history.append((rng.randrange(calendar.last), Happening.CHANGED.value, None, before, '["name"]'))


def write_organizations(bodies: list[Body], calendar: Calendar, rng: Random) -> None:
    entered = calendar.moment(-10)
    write(
        Organization,
        "id kind name search_key registration_number juristic_number province_id district_id parent_id"
        " year_end_month year_end_day state ended_on successor_id created_at",
        ((*row, entered) for row in _rows(bodies, calendar, rng)),
    )
    changes = sorted((day, body.pk, rest) for body in bodies for day, *rest in body.history)
    write(
        OrganizationChange,
        "id organization_id on happening other_id name_before fields recorded_at",
        (
            (pk, organization, calendar.iso(day), *rest, calendar.moment(day * 24 * 60 + 600))
            for pk, (day, organization, rest) in enumerate(changes, next_key(OrganizationChange))
        ),
    )


def _rows(bodies: list[Body], calendar: Calendar, rng: Random) -> Iterator[Row]:
    for number, body in enumerate(bodies, 1):
        registered = body.is_cooperative or body.kind == Kind.FARMERS_GROUP
        ends = rng.choice(YEAR_ENDS) if registered else (None, None)
        yield (
            body.pk,
            body.kind,
            body.name,
            body.key,
            f"{number:05d}/{rng.randrange(2510, 2566)}" if registered else "",
            # Thirteen digits of no real series.
            f"0000{number:09d}" if registered else "",
            body.district[:2],
            body.district,
            body.parent,
            *ends,
            OrganizationState.ACTIVE.value if body.ended is None else OrganizationState.MERGED.value,
            None if body.ended is None else calendar.iso(body.ended),
            body.successor,
        )
