"""Who is meant by an assignment: positions × kinds × places, or × single organizations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from learning.enrollments.models import Assignment
from learning.organizations.choices import OrganizationState
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import holding_on
from learning.places.areas import Area


@dataclass(frozen=True)
class Audience:
    """Positions × kinds × area, or × single organizations; an empty list of positions or kinds means all."""

    area: Area = field(default_factory=Area)
    positions: Sequence[str] = ()
    kinds: Sequence[str] = ()
    organizations: Sequence[Organization] = ()
    includes_groups: bool = True


def memberships_of(audience: Audience, *, day: date) -> QuerySet[Membership]:
    """The memberships that bring people into an audience on a day; nobody who cannot sign in any more."""
    found = Membership.objects.filter(
        holding_on(day), organization__state=OrganizationState.ACTIVE, user__is_active=True
    )
    if audience.positions:
        found = found.filter(position__in=[str(position) for position in audience.positions])
    if audience.kinds:
        found = found.filter(organization__kind__in=[str(kind) for kind in audience.kinds])
    if audience.organizations:
        wanted = [organization.pk for organization in audience.organizations]
        chosen = Q(organization__in=wanted)
        if audience.includes_groups:
            chosen |= Q(organization__parent__in=wanted)
        return found.filter(chosen)
    return found.filter(audience.area.where(province="organization__province", district="organization__district"))


def audience_of(assignment: Assignment) -> Audience:
    """The audience that an assignment was opened for."""
    return Audience(
        area=Area(
            is_country=assignment.is_country,
            provinces=frozenset(place.pk for place in assignment.provinces.all()),
            districts=frozenset(place.pk for place in assignment.districts.all()),
        ),
        positions=assignment.positions,
        kinds=assignment.kinds,
        organizations=list(assignment.organizations.all()),
        includes_groups=assignment.includes_groups,
    )
