"""A proposal is agreed to or overtaken; shared by the pages and by the worker that agrees to many.

Each proposal is a transaction of its own: the room, the trainers and the request are taken together or not at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.db import transaction
from django.utils.translation import gettext as _

from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.workshops.choices import PROPOSAL_TRANSITIONS, ProposalState, RequestState
from learning.workshops.conversation import MovedOn
from learning.workshops.flows import requests, scheduling
from learning.workshops.models import Proposal, Resource, ResourceSlot, SchedulePlan, Workshop, WorkshopRequest
from learning.workshops.queries.plans import decided_by_center
from learning.workshops.queries.scope import desk_of
from learning.workshops.timetable import parts_of

LONGEST = 600


class Overtaken(Refused):
    """Something was booked in between, or the request has moved on: the proposal is STALE now, and says why."""

    def __init__(self, proposal: Proposal, cause: Refused) -> None:
        super().__init__(cause.sentence)
        self.proposal = proposal


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of many; `left` were written to since and wait for somebody to read it."""

    agreed: int = 0
    overtaken: int = 0
    left: int = 0


def agree(proposal: Proposal, *, seen: int | None = None, by: User) -> Workshop:
    """PROPOSED → AGREED: the request is accepted and scheduled, or the workshop moved, in one transaction.

    `seen`: the last line of any conversation that the page showed. Raises Overtaken (409) when it cannot be had any
    more, MovedOn (409) when somebody wrote to the request since, Refused (403, 409 when it was decided before).
    """
    try:
        return _agree(proposal, seen=seen, by=by)
    except MovedOn:
        raise
    except Refused as refused:
        if refused.status == HTTPStatus.FORBIDDEN or isinstance(refused, Decided):
            raise
        raise Overtaken(_stale(proposal, refused, by=by), refused) from refused


class Decided(Refused):
    """Somebody has decided on this proposal before."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            _("This proposal was decided already: it is “%(state)s”.") % {"state": proposal.get_state_display()}
        )


@transaction.atomic
def _agree(proposal: Proposal, *, seen: int | None, by: User) -> Workshop:
    proposal = lock(proposal, by=by)
    trainers = list(proposal.trainers.all())
    if proposal.request:
        workshop = _schedule(proposal, proposal.request, trainers, seen=seen, by=by)
    else:
        assert proposal.workshop is not None  # the constraint of the table
        workshop = _move(proposal, proposal.workshop, trainers, by=by)
    move(proposal, ProposalState.AGREED, transitions=PROPOSAL_TRANSITIONS, stamp="decided_at", decided_by=by)
    return workshop


def lock(proposal: Proposal, *, by: User) -> Proposal:
    """The row as it is now. Raises Refused (403), Decided (409)."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("request", "workshop", "room__venue", "plan")
    now = rows.get(pk=proposal.pk)
    if now.subject.center_id not in desk_of(by).centers:
        raise Refused(_("Only the center that holds the workshop agrees to a proposal."), status=HTTPStatus.FORBIDDEN)
    if now.state != ProposalState.PROPOSED:
        raise Decided(now)
    return now


def _schedule(
    proposal: Proposal, request: WorkshopRequest, trainers: Sequence[Resource], *, seen: int | None, by: User
) -> Workshop:
    days, halves = times_of(proposal)
    if request.state == RequestState.SUBMITTED:
        last = request.events.order_by("-pk").values_list("pk", flat=True).first() or 0
        requests.accept_request(request, seen=last if seen is None else seen, by=by)
        seen = None  # what was written since is our own line
    expected = sum(line.count for line in request.people.all())
    capacity = {} if expected else {"capacity": proposal.room.capacity}
    return scheduling.schedule_request(
        request, parts=parts_of(days, halves), room=proposal.room, trainers=trainers, seen=seen, by=by, **capacity
    )


def _move(proposal: Proposal, workshop: Workshop, trainers: Sequence[Resource], *, by: User) -> Workshop:
    """Only what is different: people hear of other days or another room, not of another trainer."""
    days, _halves = times_of(proposal)
    now = ResourceSlot.objects.filter(active=True, session__workshop=workshop)
    used = set(now.values_list("resource", flat=True))
    room = None if proposal.room_id in used else proposal.room
    team = None if _trainers(now) == {one.pk for one in trainers} else trainers
    if days == sorted(set(workshop.sessions.values_list("day", flat=True))):
        return scheduling.change_places(workshop, room=room, trainers=team, by=by)
    return scheduling.move_workshop(workshop, to=days, room=room, trainers=team, by=by)


def _trainers(slots: Iterable[ResourceSlot]) -> set[int]:
    return {slot.resource_id for slot in slots.select_related("resource") if slot.resource.is_trainer}  # type: ignore[attr-defined]


@transaction.atomic
def _stale(proposal: Proposal, cause: Refused, *, by: User) -> Proposal:
    """PROPOSED → STALE, with the reason."""
    proposal = lock(proposal, by=by)
    move(
        proposal,
        ProposalState.STALE,
        transitions=PROPOSAL_TRANSITIONS,
        stamp="decided_at",
        decided_by=by,
        refusal=cause.sentence[:LONGEST],
    )
    return proposal


def agree_to_each(proposals: Iterable[Proposal], *, seen: int, by: User) -> Tally:
    """One after the other, in the order of their days; what cannot be had is overtaken, the rest goes on."""
    agreed = overtaken = left = 0
    for proposal in proposals:
        try:
            agree(proposal, seen=seen, by=by)
            agreed += 1
        except Overtaken:
            overtaken += 1
        except (MovedOn, Decided):
            left += 1
    return Tally(agreed, overtaken, left)


def times_of(proposal: Proposal) -> tuple[list[date], list[str]]:
    """The days of a proposal, and the halves of each."""
    days = sorted({date.fromisoformat(day) for day, _half in proposal.slots})
    return days, sorted({half for _day, half in proposal.slots})


def agree_for_somebody(plan_id: int, *, seen: int) -> Tally:
    """What is left of a plan, for the person who asked the worker; a second worker at it finds nothing to do."""
    plan = SchedulePlan.objects.select_related("agreeing_by").filter(pk=plan_id, agreeing_by__isnull=False).first()
    if plan is None or plan.agreeing_by is None:
        return Tally()
    by = plan.agreeing_by
    waiting = decided_by_center(plan.proposals.all(), desk_of(by).centers)
    tally = agree_to_each(list(waiting), seen=seen, by=by)
    SchedulePlan.objects.filter(pk=plan_id).update(agreeing_at=None, agreeing_by=None)
    return tally
