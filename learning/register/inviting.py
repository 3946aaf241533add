"""Who can be invited to sign in for the first time, and what invitations are out."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from cms.thai.names import COLLATION
from learning.duties.rights import with_rights
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import holding_on
from learning.people.models import User
from learning.register.models import Invitation


def never_signed_in() -> QuerySet[User]:
    """People entered by an office who have no password yet.

    Nobody with rights beyond their own pages: whoever prints the slip could sign in with it.
    """
    return User.objects.filter(
        Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX),
        ~with_rights(),
        is_active=True,
        last_login__isnull=True,
    )


def invitable(organization: Organization) -> QuerySet[User]:
    """Of the people of an organization today those who have never signed in, by name."""
    seats = Membership.objects.filter(holding_on(timezone.localdate()), organization=organization, user=OuterRef("pk"))
    people = never_signed_in().filter(Exists(seats))
    return people.order_by(Collate("first_name", COLLATION), Collate("last_name", COLLATION), "pk")


def open_invitations(organization: Organization) -> QuerySet[Invitation]:
    """Slips that still open the door for people of an organization, by name."""
    return (
        Invitation.objects.filter(
            user__in=invitable(organization).order_by(), used_at__isnull=True, until__gte=timezone.localdate()
        )
        .select_related("user")
        .order_by(Collate("user__first_name", COLLATION), Collate("user__last_name", COLLATION), "pk")
    )


def invitation_with(code: str) -> Invitation | None:
    """The invitation with a code as it is kept, open or not."""
    return Invitation.objects.filter(code=code).select_related("user").first()
