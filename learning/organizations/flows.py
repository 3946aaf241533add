"""Joining and leaving an organization."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.organizations.models import Membership, Organization
from learning.people.models import User


@transaction.atomic
def join_organization(organization: Organization, *, position: Position, since: date, by: User) -> Membership:
    """Record that a person holds a position. Saying it twice changes nothing."""
    if not organization.is_active:
        raise Refused(_("This organization is no longer active. Choose another."))
    membership, _created = Membership.objects.get_or_create(
        user=by, organization=organization, position=position, until=None, defaults={"since": since}
    )
    return membership


@transaction.atomic
def leave_organization(membership: Membership, *, by: User) -> Membership:
    """End a membership today. Enrollments keep the organization they were made with."""
    if membership.until is None:
        membership.until = max(timezone.localdate(), membership.since)
        membership.save(update_fields=["until"])
    return membership
