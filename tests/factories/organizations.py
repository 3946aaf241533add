"""Cooperatives and groups."""

from datetime import date

from learning.organizations.choices import Kind, Position
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.models import Province


def make_organization(
    name: str, *, kind: str = Kind.AGRICULTURAL, province: str = "ชัยนาท", **fields: object
) -> Organization:
    """An active cooperative of Chai Nat unless told otherwise."""
    return Organization.objects.create(name=name, kind=kind, province=Province.objects.get(name=province), **fields)


def make_membership(
    user: User, organization: Organization, *, position: str = Position.MEMBER, **fields: object
) -> Membership:
    """A membership since 1 December 2568."""
    values = {"since": date(2025, 12, 1), **fields}
    return Membership.objects.create(user=user, organization=organization, position=position, **values)
