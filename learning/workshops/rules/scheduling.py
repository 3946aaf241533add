"""Who may open the pages on which a center arranges its workshops and resources."""

from http import HTTPStatus

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext as _

from learning.duties.rules import duties_of_today
from learning.kernel.refusals import Refused
from learning.workshops.queries.scope import Desk, desk_of

OFFICE = "/office/workshops/"


def running_desk(user: AbstractBaseUser | AnonymousUser) -> Desk:
    """The desk of the staff of a center. Raises Refused (403) for everybody else."""
    desk = desk_of(user, areas=duties_of_today(user))  # type: ignore[arg-type]
    if desk.centers:
        return desk
    raise Refused(
        _("Only the staff of a transfer center plan workshops and keep rooms and trainers. Ask a center for one."),
        status=HTTPStatus.FORBIDDEN,
        way_on=OFFICE,
        way_on_label=_("Workshops"),
    )


def looking_desk(user: AbstractBaseUser | AnonymousUser) -> Desk:
    """The desk of the staff of a center, or of head office, which looks on. Raises Refused (403)."""
    desk = desk_of(user, areas=duties_of_today(user))  # type: ignore[arg-type]
    return desk if desk.is_head_office else running_desk(user)
