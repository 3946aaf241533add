"""Who may open the pages of requests, and what may be done with one in its state."""

from http import HTTPStatus

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from learning.duties.rules import duties_of_today
from learning.kernel.refusals import Refused
from learning.workshops.choices import RequestState
from learning.workshops.queries.scope import Desk, desk_of

# What may be done in which state; the moves themselves stand in REQUEST_TRANSITIONS.
EDITABLE = frozenset({RequestState.DRAFT, RequestState.RETURNED})
WITHDRAWABLE = frozenset(
    {RequestState.DRAFT, RequestState.SUBMITTED, RequestState.RETURNED, RequestState.ACCEPTED},
)
OPEN_TO_WORDS = frozenset(
    {RequestState.SUBMITTED, RequestState.RETURNED, RequestState.ACCEPTED, RequestState.SCHEDULED},
)


def requesting_desk(user: AbstractBaseUser) -> Desk:
    """The desk of somebody who has to do with requests. Raises Refused (403) for everybody else."""
    desk = desk_of(user, areas=duties_of_today(user))
    if desk.offices or desk.centers or desk.is_head_office:
        return desk
    raise Refused(
        _("Workshops are arranged by provincial cooperative offices and transfer centers. Ask your office for one."),
        status=HTTPStatus.FORBIDDEN,
        way_on="/office/my-areas/",
        way_on_label=_("What I may see, and why"),
    )


def asking_desk(user: AbstractBaseUser) -> Desk:
    """The desk of an officer who may ask in the name of an office. Raises Refused (403) for everybody else."""
    desk = requesting_desk(user)
    if desk.offices:
        return desk
    raise Refused(
        _("Only provincial cooperative offices ask for workshops. Your center answers their requests."),
        status=HTTPStatus.FORBIDDEN,
        way_on="/office/workshops/requests/",
        way_on_label=_("Requests for workshops"),
    )
