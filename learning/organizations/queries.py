"""Reads of organizations and memberships."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.thai.digits import to_arabic
from cms.thai.names import organization_key
from cms.thai.words import normalise
from learning.organizations.choices import Happening, OrganizationState
from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.people.models import User

# As words of their own; joined to a name they are the business of `organization_key`.
NOT_COUNTED = frozenset({"สหกรณ์", "จำกัด", "จก.", "จก"})


def holding_on(day: date, prefix: str = "") -> Q:
    """Memberships that hold on a day, its first and last included; `prefix` leads to them from another row."""
    return Q(**{f"{prefix}since__lte": day}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": day})
    )


def current_memberships(user: User, *, on: date | None = None) -> QuerySet[Membership]:
    """The memberships that hold on a day (default: today)."""
    day = on or timezone.localdate()
    return Membership.objects.filter(holding_on(day), user=user).select_related(
        "organization__province", "organization__district"
    )


def own_memberships(user: User) -> QuerySet[Membership]:
    """Every membership of a person, past ones too."""
    return Membership.objects.filter(user=user).select_related("organization__province", "organization__district")


def organizations_named(text: str, *, province: str = "") -> QuerySet[Organization]:
    """Active organizations whose name holds every word of the text; สหกรณ์ and จำกัด do not count."""
    found = Organization.objects.filter(state=OrganizationState.ACTIVE).select_related("province", "district", "parent")
    for word in normalise(text).split():
        if word not in NOT_COUNTED and (key := organization_key(word)):
            found = found.filter(search_key__contains=key)
    return found.filter(province=province) if province else found


def organizations_holding(text: str) -> Q:
    """Organizations, ended ones too, whose name holds every word of the text, or whose number is the text."""
    condition = Q()
    for word in normalise(text).split():
        if word not in NOT_COUNTED and (key := organization_key(word)):
            condition &= Q(search_key__contains=key)
    number = to_arabic(normalise(text))
    return condition | Q(registration_number=number) | Q(juristic_number=number) if number else condition


def organizations_of_that_name(organization: Organization) -> QuerySet[Organization]:
    """Active ones of the same kind that bear the name in the same district, as the constraints compare them."""
    place = Q(district=organization.district_id) if organization.district_id else Q(district__isnull=True)
    return Organization.objects.filter(
        place,
        province=organization.province_id,
        kind=organization.kind,
        search_key=organization_key(organization.name),
        state=OrganizationState.ACTIVE,
    )


def members_on(organization: Organization, day: date) -> QuerySet[User]:
    """The people with a position in an organization on a day, each once."""
    held = Membership.objects.filter(holding_on(day), organization=organization, user=OuterRef("pk"))
    return User.objects.filter(Exists(held))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register said of an organization on a day; `exists` is False before it began and after it ended."""

    kind: str
    name: str
    registration_number: str
    province_id: str
    district_id: str | None
    parent_id: int | None
    exists: bool


# A fact, and the column of a line of history that keeps what it was before.
_KEPT = {
    "kind": ("kind", "kind_before"),
    "name": ("name", "name_before"),
    "registration_number": ("registration_number", "number_before"),
    "province": ("province_id", "province_before_id"),
    "district": ("district_id", "district_before_id"),
    "parent": ("parent_id", "parent_before_id"),
}
_BEGINS = frozenset({Happening.REGISTERED, Happening.SPLIT_FROM})


def facts_as_of(day: date) -> dict[int, Facts]:
    """The organizations that were otherwise at the end of a past day than they are now, as they were; two queries.

    Read backwards from today: of the changes after the day, the first one tells what held until then. Who is not
    in the answer was what it is today. An organization without a day of beginning has always been.
    """
    first: dict[int, dict[str, Any]] = {}
    not_begun: set[int] = set()
    for line in OrganizationChange.objects.filter(on__gt=day).order_by("on", "pk"):
        values = first.setdefault(line.organization_id, {})
        for name in line.fields:
            if name in _KEPT:
                attribute, column = _KEPT[name]
                values.setdefault(attribute, getattr(line, column))
        if line.happening in _BEGINS:
            not_begun.add(line.organization_id)
    found: dict[int, Facts] = {}
    rows = Organization.objects.filter(Q(pk__in=first) | Q(ended_on__gt=day)).order_by()
    for row in rows:
        values = first.get(row.pk, {})
        exists = row.pk not in not_begun and (row.ended_on is None or row.ended_on > day)
        now = Facts(
            row.kind,
            row.name,
            row.registration_number,
            row.province_id,
            row.district_id,
            row.parent_id,
            row.is_active,
        )
        then = replace(now, exists=exists, **values)
        if then != now:
            found[row.pk] = then
    return found


def history_of(organization: Organization) -> QuerySet[OrganizationChange]:
    """What happened to an organization, the latest first."""
    return organization.changes.select_related("other", "province_before", "district_before", "parent_before", "by")
