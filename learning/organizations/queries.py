"""Reads of organizations and memberships."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.thai.names import organization_key
from cms.thai.words import normalise
from learning.organizations.choices import OrganizationState
from learning.organizations.models import Membership, Organization
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
