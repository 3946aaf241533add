"""Slips by which people whom the office entered set a password for the first time."""

from collections.abc import Collection
from datetime import timedelta
from http import HTTPStatus

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.thai.dates import format_be
from learning.duties.queries import areas_of, organizations_in
from learning.kernel.codes import new_code
from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from learning.people.models import User
from learning.register.inviting import invitable, never_signed_in
from learning.register.models import Invitation

LENGTH = 12
DAYS = 30


@transaction.atomic
def make_invitations(organization: Organization, *, people: Collection[int], by: User) -> list[Invitation]:
    """A new code for each of `people` (ids) of the organization who never signed in; older slips of theirs end."""
    if not organizations_in(areas_of(by).people).filter(pk=organization.pk).exists():
        raise Refused(
            _("You may invite people only of organizations you answer for today."), status=HTTPStatus.FORBIDDEN
        )
    today = timezone.localdate()
    invited = list(invitable(organization).filter(pk__in=people))
    if not invited:
        raise Refused(_("Choose at least one person who has never signed in."), status=HTTPStatus(422))
    older = Invitation.objects.filter(user__in=invited, used_at__isnull=True, until__gte=today)
    older.update(until=today - timedelta(days=1))
    made = Invitation.objects.bulk_create(
        Invitation(user=person, code=new_code(LENGTH), until=today + timedelta(days=DAYS), created_by=by)
        for person in invited
    )
    log(organization, "register.invite", user=by, data={"people": [person.pk for person in invited]})
    return made


def check_invitation(invitation: Invitation) -> None:
    """Raises Refused with the reason when a slip does not open the door today."""
    sign_in = {"way_on": reverse("account_login"), "way_on_label": _("Sign in")}
    if invitation.used_at or not never_signed_in().filter(pk=invitation.user_id).exists():
        raise Refused(
            _("This slip has been used. Sign in with the password that was chosen with it."),
            status=HTTPStatus.GONE,
            **sign_in,
        )
    if invitation.until < timezone.localdate():
        raise Refused(
            _("This slip was good until %(day)s. Ask your cooperative or officer for a new one.")
            % {"day": format_be(invitation.until)},
            status=HTTPStatus.GONE,
        )


@transaction.atomic
def accept_invitation(code: str, *, password: str, phone: str | None = None) -> User:
    """The person on the slip chooses a password, already validated, and is signed in by the caller."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("user").filter(code=code).first()
    if invitation is None:
        raise Refused(_("There is no such code. Type it again from the slip."), status=HTTPStatus.NOT_FOUND)
    check_invitation(invitation)
    person = invitation.user
    person.set_password(password)
    if phone and not person.phone:
        if User.objects.filter(phone=phone).exists():
            raise Refused(_("Another account uses this phone number."))
        person.phone, person.phone_verified = phone, False
    person.save(update_fields=["password", "phone", "phone_verified"])
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    log(person, "register.accept_invitation", user=person)
    return person
