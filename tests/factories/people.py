"""People by the hundred."""

from datetime import date

from learning.organizations.choices import Position
from learning.organizations.models import Membership, Organization
from learning.people.models import User


def make_members(
    organization: Organization, count: int, *, position: str = Position.MEMBER, prefix: str = "member", **fields: object
) -> list[User]:
    """People of one organization since 1 December 2568, whose password nobody knows."""
    people = User.objects.bulk_create(
        User(
            username=f"{prefix}-{organization.pk}-{number:03}",
            first_name=f"บุญมา {number:03}",
            password="!entered by the office",
            **fields,
        )
        for number in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=person, organization=organization, position=position, since=date(2025, 12, 1))
        for person in people
    )
    return people
