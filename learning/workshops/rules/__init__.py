"""Who may do what with a request, a workshop and a seat. `queries.scope` is the gate of pages; these are for flows."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from learning.organizations.models import Organization
from learning.workshops.models import Seat, Workshop, WorkshopRequest
from learning.workshops.queries.scope import Desk, desk_of


def may_ask(user: AbstractBaseUser | AnonymousUser, office_id: str, *, desk: Desk | None = None) -> bool:
    """Officers ask in the name of their own office."""
    return office_id in (desk or desk_of(user)).offices


def may_decide(user: AbstractBaseUser | AnonymousUser, request: WorkshopRequest, *, desk: Desk | None = None) -> bool:
    """The staff of the center that is asked."""
    return request.center_id in (desk or desk_of(user)).centers


def may_run(user: AbstractBaseUser | AnonymousUser, workshop: Workshop, *, desk: Desk | None = None) -> bool:
    """Schedule, change, cancel, close, report: the staff of its center."""
    return workshop.center_id in (desk or desk_of(user)).centers


def may_check_in(user: AbstractBaseUser | AnonymousUser, workshop: Workshop, *, desk: Desk | None = None) -> bool:
    """Stand at the door: the center, and the office that asked."""
    desk = desk or desk_of(user)
    return workshop.center_id in desk.centers or (workshop.office_id is not None and workshop.office_id in desk.offices)


def may_register(
    user: AbstractBaseUser | AnonymousUser, workshop: Workshop, organization: Organization, *, desk: Desk | None = None
) -> bool:
    """Enter others: the center, the office that asked, and who meets the people of the organization by name."""
    desk = desk or desk_of(user)
    area = desk.people
    return (
        may_check_in(user, workshop, desk=desk)
        or area.has_place(organization.province_id, organization.district_id)
        or organization.pk in area.organizations
        or organization.parent_id in area.organizations
    )


def may_confirm(user: AbstractBaseUser | AnonymousUser, seat: Seat, *, desk: Desk | None = None) -> bool:
    """Confirm or decline a seat that was asked for."""
    return may_register(user, seat.workshop, seat.organization, desk=desk)
