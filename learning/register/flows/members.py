"""People and their positions as an office or a coordinator enters them."""

from dataclasses import asdict
from datetime import date
from http import HTTPStatus

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.duties.queries import areas_of
from learning.kernel.refusals import Refused
from learning.organizations import flows
from learning.organizations.choices import Position
from learning.organizations.models import Membership, Organization
from learning.people.flows import change_details, enter_person
from learning.people.models import User
from learning.register.namesakes import Typed, namesakes
from learning.register.reach import may_meet, may_seat, memberships_kept_by, memberships_seated_by, require_correctable


@transaction.atomic
def seat_person(
    organization: Organization,
    person: User,
    *,
    position: Position,
    since: date,
    until: date | None = None,
    term_number: int | None = None,
    typed: Typed | None = None,
    by: User,
) -> Membership:
    """Enter somebody of the register in a position.

    The person is one whom `by` meets by name, or one who has the phone or address, and the name, that were `typed`.
    """
    _require_seating(by, organization)
    if not may_meet(by, person) and not _is_meant(person, typed, by):
        raise Refused(
            _("This person is not in your area. Search for them by phone number and name."), status=HTTPStatus.FORBIDDEN
        )
    return flows.seat_member(
        organization, person, position=position, since=since, until=until, term_number=term_number, by=by
    )


@transaction.atomic
def seat_new_person(
    organization: Organization,
    typed: Typed,
    *,
    position: Position,
    since: date,
    until: date | None = None,
    term_number: int | None = None,
    is_another: bool = False,
    by: User,
) -> Membership:
    """Enter a new person in a position. Refused while somebody is alike, unless `is_another` says it is not the one."""
    _require_seating(by, organization)
    if not is_another and namesakes(typed, areas_of(by).people):
        raise Refused(_("Somebody in the register looks the same. Choose whether it is the same person."))
    person = enter_person(**asdict(typed), by=by)
    return flows.seat_member(
        organization, person, position=position, since=since, until=until, term_number=term_number, by=by
    )


@transaction.atomic
def end_membership(membership: Membership, *, on: date, by: User) -> Membership:
    """The last day of a position of an organization one answers for."""
    if not memberships_seated_by(by).filter(pk=membership.pk).exists():
        raise Refused(_("You may end only positions of organizations you answer for."), status=HTTPStatus.FORBIDDEN)
    return flows.end_membership(membership, on=on, by=by)


@transaction.atomic
def correct_membership(
    membership: Membership,
    *,
    position: Position,
    since: date,
    until: date | None,
    term_number: int | None = None,
    by: User,
) -> Membership:
    """Put right what was entered wrongly, in the register one keeps."""
    if not memberships_kept_by(by).filter(pk=membership.pk).exists():
        raise Refused(_("Only the office that keeps the register corrects this. Ask it."), status=HTTPStatus.FORBIDDEN)
    return flows.correct_membership(
        membership, position=position, since=since, until=until, term_number=term_number, by=by
    )


def _require_seating(by: User, organization: Organization) -> None:
    if not may_seat(by, organization):
        raise Refused(
            _("You may enter people only in organizations you answer for today."), status=HTTPStatus.FORBIDDEN
        )


def _is_meant(person: User, typed: Typed | None, by: User) -> bool:
    return typed is not None and person in [one.person for one in namesakes(typed, areas_of(by).people)]


@transaction.atomic
def correct_person(
    person: User,
    *,
    title: str,
    first_name: str,
    last_name: str,
    phone: str | None,
    name_en: str,
    gender: str,
    birth_year: int | None,
    by: User,
) -> User:
    """Put name and phone right of somebody who has never signed in and holds no rights.

    Otherwise whoever writes another phone number there could sign in as that person.
    """
    require_correctable(by, person)
    change_details(
        person,
        title=title,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
        name_en=name_en,
        gender=gender,
        birth_year=birth_year,
        by=by,
    )
    log(person, "people.correct", user=by)
    return person
