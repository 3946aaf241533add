"""Tests before and after a workshop: sittings of the quiz, opened for a seat."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.sittings.flows import open_free_sitting
from learning.sittings.models import Sitting
from learning.workshops.choices import SeatState
from learning.workshops.models import Seat
from learning.workshops.queries.learning import is_time_for_after, is_time_for_pre_test, occasion

# The test before is sat once: it shows what people bring along. The one after may be tried again.
PRE_ATTEMPTS, POST_ATTEMPTS = 1, 3


@transaction.atomic
def open_test(seat: Seat, which: str, *, by: User) -> Sitting:
    """Begin or go on with a test; `which` is pre or post. `seat.workshop` must be loaded.

    Raises Refused when the workshop has no such test, outside its days, and for who has no confirmed seat.
    """
    workshop = seat.workshop
    back: dict[str, Any] = {
        "way_on": reverse("workshops:ticket", args=[seat.pk]),
        "way_on_label": _("Back to my workshop"),
    }
    quiz = workshop.pre_test if which == "pre" else workshop.post_test
    if quiz is None:
        raise Refused(_("This workshop has no such test."), status=HTTPStatus.NOT_FOUND, **back)
    if seat.user_id != by.pk or seat.state not in {SeatState.CONFIRMED, SeatState.ATTENDED}:
        raise Refused(_("This test is for those who have a seat."), status=HTTPStatus.FORBIDDEN, **back)
    if which == "pre" and not is_time_for_pre_test(workshop):
        raise Refused(_("The pre-test closed with the first day of the workshop."), **back)
    if which == "post" and not is_time_for_after(workshop):
        raise Refused(_("The post-test opens on the last day of the workshop and closes a month later."), **back)
    return open_free_sitting(
        quiz,
        occasion=occasion(workshop.pk, which),
        title=workshop.title,
        back_url=back["way_on"],
        attempts=PRE_ATTEMPTS if which == "pre" else POST_ATTEMPTS,
        shows_answers=which == "post",
        by=by,
    )
