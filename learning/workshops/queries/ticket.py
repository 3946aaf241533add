"""What somebody with a seat does before and after a workshop, and what is still missing."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from learning.workshops.choices import SeatState
from learning.workshops.models import Seat
from learning.workshops.queries.learning import (
    is_time_for_after,
    is_time_for_follow_up,
    is_time_for_pre_test,
    lacking_of,
    lacking_words,
    passed_people,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; a test is opened by a POST."""

    name: str
    label: str
    url: str
    opens_by_post: bool = False


def steps_of(seat: Seat) -> list[Step]:
    """What can be done today; no query. The seat has its workshop."""
    workshop, steps = seat.workshop, []
    if seat.state not in {SeatState.CONFIRMED, SeatState.ATTENDED}:
        return []
    if workshop.pre_test_id and is_time_for_pre_test(workshop):
        steps.append(Step("pre-test", _("Pre-test"), reverse("workshops:pre_test", args=[workshop.pk]), True))
    if is_time_for_after(workshop):
        if workshop.post_test_id:
            steps.append(Step("post-test", _("Post-test"), reverse("workshops:post_test", args=[workshop.pk]), True))
        if not seat.has_evaluated:
            steps.append(Step("evaluation", _("Evaluation"), reverse("workshops:evaluate", args=[workshop.pk])))
    if seat.state == SeatState.ATTENDED and not seat.has_followed_up and is_time_for_follow_up(workshop):
        steps.append(Step("follow-up", _("Three months later"), reverse("workshops:follow_up", args=[workshop.pk])))
    return steps


def missing_of(seat: Seat) -> list[str]:
    """What somebody who attended still lacks, in words; one query, none when it is completed."""
    if seat.state != SeatState.ATTENDED or seat.completed_at:
        return []
    has_passed = seat.user_id in passed_people(seat.workshop)
    return [lacking_words(what, seat.workshop) for what in lacking_of(seat, has_passed=has_passed)]
