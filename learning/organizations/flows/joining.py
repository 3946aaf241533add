"""Joining and leaving an organization by oneself."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.organizations.flows.records import boards_changed
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import holding_on
from learning.people.models import User


@transaction.atomic
def join_organization(organization: Organization, *, position: Position, since: date, by: User) -> Membership:
    """Record that a person holds a position. Saying it twice changes nothing, nor does a term that ends later."""
    if not organization.is_active:
        raise Refused(_("This organization is no longer active. Choose another."))
    today = timezone.localdate()
    held = Membership.objects.select_for_update().filter(user=by, organization=organization, position=position)
    current = held.filter(holding_on(today)).exclude(until=today).first()
    if current:
        return current
    membership = held.filter(until=None).first() or held.filter(since=since).first()
    if membership is None:
        membership, _created = Membership.objects.get_or_create(
            user=by, organization=organization, position=position, until=None, defaults={"since": since}
        )
    elif membership.until:  # ended by mistake: a position is taken up once on a day
        membership.until = None
        membership.save(update_fields=["until"])
    boards_changed([organization.pk])
    return membership


@transaction.atomic
def leave_organization(membership: Membership, *, by: User) -> Membership:
    """End a membership today. Enrollments keep the organization they were made with."""
    today = timezone.localdate()
    if membership.until is None or membership.until > today:
        membership.until = max(today, membership.since)
        membership.save(update_fields=["until"])
        boards_changed([membership.organization_id])
    return membership
