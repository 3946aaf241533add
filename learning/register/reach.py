"""How far somebody reaches in the register: which organizations, places, positions and people are theirs to enter."""

from http import HTTPStatus

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.duties.choices import Role
from learning.duties.queries import Areas, areas_of, memberships_in, organizations_in, people_in
from learning.duties.rights import holds_rights
from learning.kernel.refusals import Refused
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import holding_on
from learning.people.models import User
from learning.places.areas import Area
from learning.places.models import District, Province

Viewer = AbstractBaseUser | AnonymousUser


def seating_area(areas: Areas) -> Area:
    """Where positions may be entered and ended: the register of officers, and a coordinator's own organization."""
    area = areas.register
    for post in areas.posts:
        if post.duty.role == Role.COORDINATOR:
            area |= post.area
    return area


def organizations_seated_by(user: Viewer) -> QuerySet[Organization]:
    """Organizations whose positions a person may enter and end."""
    return organizations_in(seating_area(areas_of(user)))


def memberships_seated_by(user: Viewer) -> QuerySet[Membership]:
    """Positions a person may end."""
    return memberships_in(seating_area(areas_of(user))).select_related("user", "organization")


def memberships_kept_by(user: Viewer) -> QuerySet[Membership]:
    """Positions a person may put right: only who keeps the register."""
    return memberships_in(areas_of(user).register).select_related("user", "organization")


def may_keep(user: Viewer, organization: Organization) -> bool:
    """Whether somebody may change what the register says of an organization, as it stands in the database."""
    return organizations_in(areas_of(user).register).filter(pk=organization.pk).exists()


def may_keep_place(user: Viewer, province: Province, district: District | None) -> bool:
    """Whether somebody may enter an organization there; without a district only who keeps the whole province."""
    return areas_of(user).register.has_place(province.pk, district.pk if district else None)


def may_seat(user: Viewer, organization: Organization) -> bool:
    return organizations_seated_by(user).filter(pk=organization.pk).exists()


def may_meet(user: Viewer, person: User) -> bool:
    """Whether somebody sees this person by name."""
    return people_in(areas_of(user).people).filter(pk=person.pk).exists()


def stands_in(area: Area, organization: Organization) -> bool:
    """The same as `organizations_in`, of a row at hand; asks the database nothing."""
    return area.has_place(organization.province_id, organization.district_id) or bool(
        area.organizations & {organization.pk, organization.parent_id}
    )


def require_register(areas: Areas) -> Area:
    """The area whose register is kept. Raises Refused (403) for who sees it only."""
    if areas.register:
        return areas.register
    raise Refused(
        _("Only the provincial cooperative office changes the register. Ask the office of the province."),
        status=HTTPStatus.FORBIDDEN,
        way_on="/office/organizations/",
        way_on_label=_("Register"),
    )


def require_people(areas: Areas) -> Area:
    """The area where people are met by name. Raises Refused (403) for who plans by totals."""
    if areas.people:
        return areas.people
    raise Refused(
        _("Names are shown only to offices and coordinators who answer for these people. You see the totals."),
        status=HTTPStatus.FORBIDDEN,
        way_on="/office/organizations/",
        way_on_label=_("Register"),
    )


def has_account(person: User) -> bool:
    """Whether somebody signs in by themselves, or has once."""
    return person.has_usable_password() or person.last_login is not None


def may_correct_person(user: Viewer, person: User) -> bool:
    """Who keeps the register where somebody holds a position today, while that somebody has never signed in.

    Nobody with rights: whoever writes their phone number could sign in as them.
    """
    if has_account(person):
        return False
    held = memberships_in(areas_of(user).register).filter(holding_on(timezone.localdate()), user=person)
    return held.exists() and not holds_rights(person)


def require_correctable(user: Viewer, person: User) -> None:
    """Raises Refused (403) with the reason when `may_correct_person` says no."""
    if may_correct_person(user, person):
        return
    if has_account(person):
        sentence = _("This person signs in by themselves, so only they can change their name and phone number.")
    elif holds_rights(person):
        sentence = _(
            "This person holds or has held a duty on this site, so only its administrators change their details."
        )
    else:
        sentence = _("Only the office that keeps the register corrects this. Ask it.")
    raise Refused(sentence, status=HTTPStatus.FORBIDDEN)
