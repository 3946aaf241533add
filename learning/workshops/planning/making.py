"""A plan is worked out by the worker: the row is claimed, read from, searched and written once.

A plan that a killed worker left behind becomes FAILED by the clock; one that the queue lost is asked for again.
"""

import logging
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from importlib.util import find_spec

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learning.kernel.states import IllegalMove, move
from learning.workshops.choices import PLAN_TRANSITIONS, PlanState, ProposalState, SlotPurpose
from learning.workshops.free import problem_of
from learning.workshops.models import Proposal, ResourceSlot, SchedulePlan
from learning.workshops.planning.standing import BY_HAND, Hit, all_day, workshops_hit
from learning.workshops.planning.wishes import (
    OPEN,
    OVER,
    days_of_year,
    held_place,
    is_over,
    open_requests,
    wish_of_request,
)
from learning.workshops.proposing.exact import SolverMissing, optimise
from learning.workshops.proposing.greedy import greedy
from learning.workshops.proposing.problem import Placement, Plan, Problem, Reason, Unplaced
from learning.workshops.proposing.repair import repair

logger = logging.getLogger(__name__)
# A worker is ended after ten minutes (CELERY_TASK_TIME_LIMIT); what runs longer has no worker any more.
ABANDONED = timedelta(minutes=15)
WORKERS = 2  # threads of the solver
DAY = timedelta(days=1)
OF_WINDOWS = frozenset({"any_day", "window", "window_number", "outside_windows"})  # codes of `proposing.reasons`


def has_solver() -> bool:
    """Whether OR-Tools is installed; it is not imported here."""
    return find_spec("ortools") is not None


def make_plan(plan_id: int) -> bool:
    """WAITING → RUNNING → READY or FAILED; a second worker at the same plan does nothing. Gives whether it is ready."""
    plan = SchedulePlan.objects.filter(pk=plan_id, state=PlanState.WAITING).first()
    if plan is None or not _moved(plan, PlanState.RUNNING, stamp="started_at"):
        return False
    began = time.perf_counter()
    with translation.override(settings.LANGUAGE_CODE):  # what is kept is in the language of the site
        try:
            found = _repaired(plan) if plan.lost else _planned(plan)
        except Exception:
            logger.exception("Plan %s could not be worked out.", plan_id)
            sentence = _("Something went wrong on our side, and the plan was not worked out. Ask for it again.")
            _moved(plan, PlanState.FAILED, refusal=sentence)
            return False
    try:
        _write(plan, found, took_ms=round((time.perf_counter() - began) * 1000))
    except IllegalMove:
        logger.warning("Plan %s was given up while it was being worked out.", plan_id)
        return False
    return True


def fail_abandoned() -> int:
    """Plans and agreements whose worker is gone; nothing that was agreed is lost. Gives how many."""
    before = timezone.now() - ABANDONED
    count = 0
    with translation.override(settings.LANGUAGE_CODE):
        words = _("The work was interrupted before it was done, and nothing was proposed. Ask for the plan again.")
    for plan in SchedulePlan.objects.filter(state=PlanState.RUNNING, started_at__lt=before):
        count += _moved(plan, PlanState.FAILED, refusal=words)
    return count + SchedulePlan.objects.filter(agreeing_at__lt=before).update(agreeing_at=None, agreeing_by=None)


def plans_left_waiting() -> QuerySet[SchedulePlan]:
    """Plans that the queue must have lost: nobody took them up in a quarter of an hour."""
    return SchedulePlan.objects.filter(state=PlanState.WAITING, created_at__lt=timezone.now() - ABANDONED)


def _moved(plan: SchedulePlan, to: PlanState, *, stamp: str = "", **facts: object) -> bool:
    """False when another worker was first."""
    try:
        with transaction.atomic():
            move(plan, to, transitions=PLAN_TRANSITIONS, stamp=stamp, **facts)
    except IllegalMove:
        return False
    return True


# --- open requests -----------------------------------------------------------------------------------------
def _planned(plan: SchedulePlan) -> Plan:
    """Every open request of the year: what is held stays where it is held, the rest is searched for."""
    first, until = days_of_year(plan.fiscal_year)
    tomorrow = timezone.localdate() + DAY
    since = max(first, tomorrow)
    centers = _centers(plan)
    requests = open_requests(first, until, centers)
    wishes = {request.pk: wish_of_request(request) for request in requests}
    over = {pk for pk, wish in wishes.items() if is_over(wish, tomorrow)}
    problem = problem_of(list(wishes.values()), since=since, until=until, centers=centers)
    held = {request.pk: place for request in requests if (place := held_place(problem, request))}
    sought = [wish for wish in wishes.values() if wish.id not in held and wish.id not in over]
    found, note = _search(replace(problem, wishes=tuple(sought)), plan.seconds)
    plan.refusal = note
    left = [*found.unplaced, *(Unplaced(pk, (Reason(OVER),)) for pk in over - held.keys())]
    cost = found.cost + sum(place.cost for place in held.values())
    bound = None if found.bound is None else found.bound + cost - found.cost
    return Plan((*found.placements, *held.values()), tuple(left), cost, bound)


def _search(problem: Problem, seconds: int) -> tuple[Plan, str]:
    """The greedy plan, or the best that the solver finds in so many seconds; with a note when there is no solver."""
    found = greedy(problem)
    if not seconds or not problem.wishes:
        return found, ""
    try:
        return optimise(problem, hint=found, seconds=seconds, workers=WORKERS), ""
    except SolverMissing:
        return found, _("The exact search is not installed on this server, so this is the quick plan.")


def _centers(plan: SchedulePlan) -> list[int] | None:
    return None if plan.center_id is None else [plan.center_id]


# --- what dropped out ----------------------------------------------------------------------------------------
def _repaired(plan: SchedulePlan) -> Plan:
    """Workshops that lose something between two days, and the open proposals of the plan that is mended.

    Everything else is as fixed as it stands in the bookings.
    """
    tomorrow = timezone.localdate() + DAY
    since = max(plan.lost_since or tomorrow, tomorrow)
    _first, end = days_of_year(plan.fiscal_year)
    until = plan.lost_until or end
    centers = _centers(plan)
    hit = workshops_hit(plan.lost, since, until, centers)
    proposals = _open_proposals(plan)
    wishes = [one.wish for one in hit.standing] + [wish_of_request(one.request) for one in proposals if one.request]
    problem = problem_of(
        wishes,
        since=tomorrow,
        until=max(end, until),
        centers=None if centers is None else {*centers, *hit.centers},
        ignoring=_own_slots(hit, proposals),
    )
    problem = _as_lost(problem, plan.lost, since, until, centers=centers, used=hit.resources)
    before = [one.now for one in hit.standing] + [_placement(one) for one in proposals]
    frozen = {one.wish.id for one in hit.standing if one.is_announced}
    found = repair(problem, Plan(tuple(before), (), 0), frozen=frozen)
    unasked = {one.wish.id for one in hit.standing if not one.is_asked}
    placements = tuple(_without_windows(one) if one.wish in unasked else one for one in found.placements)
    by_hand = [Unplaced(-workshop.pk, (Reason(BY_HAND),)) for workshop in hit.by_hand]
    return replace(found, placements=placements, unplaced=(*found.unplaced, *by_hand))


def _without_windows(one: Placement) -> Placement:
    """Nobody asked for the days near which we looked."""
    return replace(one, why=tuple(reason for reason in one.why if reason.code not in OF_WINDOWS))


def _open_proposals(plan: SchedulePlan) -> list[Proposal]:
    rows = Proposal.objects.filter(plan=plan.repairs_id, state=ProposalState.PROPOSED, request__state__in=OPEN)
    rows = rows.select_related("request__province").prefetch_related("request__people", "request__windows", "trainers")
    return [one for one in rows if one.slots] if plan.repairs_id else []


def _own_slots(hit: Hit, proposals: Collection[Proposal]) -> QuerySet[ResourceSlot]:
    """What the workshops have now, and what is held for the requests: both are free for themselves."""
    workshops = [one.workshop.pk for one in hit.standing]
    requests = [one.request_id for one in proposals]
    active = ResourceSlot.objects.filter(active=True)
    return active.filter(session__workshop__in=workshops) | active.filter(
        purpose=SlotPurpose.HOLD, request__in=requests
    )


def _as_lost(
    problem: Problem,
    lost: Iterable[int],
    since: date,
    until: date,
    *,
    centers: Collection[int] | None,
    used: Collection[int],
) -> Problem:
    """The lost are busy on these days; of other centers only what is used already is looked at."""
    busy = {one: set(slots) for one, slots in problem.busy.items()}
    for one, slots in all_day(list(lost), since, until).items():
        busy[one] = busy.get(one, set()) | slots
    if centers is None:
        return replace(problem, busy=busy)
    rooms = tuple(one for one in problem.rooms if one.center in centers or one.id in used)
    trainers = tuple(one for one in problem.trainers if one.center in centers or one.id in used)
    return replace(problem, busy=busy, rooms=rooms, trainers=trainers)


def _placement(proposal: Proposal) -> Placement:
    slots = tuple((date.fromisoformat(day), half) for day, half in proposal.slots)
    trainers = tuple(sorted(one.pk for one in proposal.trainers.all()))
    why = tuple(Reason(code, values) for code, values in proposal.why)
    assert proposal.request_id is not None
    return Placement(proposal.request_id, proposal.room_id, trainers, slots, proposal.cost, why)


# --- what is kept -----------------------------------------------------------------------------------------------
@transaction.atomic
def _write(plan: SchedulePlan, found: Plan, *, took_ms: int) -> None:
    """RUNNING → READY with its proposals. Raises IllegalMove when the plan was given up meanwhile."""
    move(
        plan,
        PlanState.READY,
        transitions=PLAN_TRANSITIONS,
        stamp="made_at",
        cost=found.cost,
        bound=found.bound,
        took_ms=took_ms,
        unplaced=[{**_whose(one.wish), "why": written(one.why)} for one in found.unplaced],
        refusal=plan.refusal,
    )
    rows = Proposal.objects.bulk_create(
        Proposal(
            plan=plan,
            request_id=_whose(one.wish).get("request"),
            workshop_id=_whose(one.wish).get("workshop"),
            room_id=one.room,
            slots=[[day.isoformat(), half] for day, half in one.slots],
            first_on=one.slots[0][0],
            cost=one.cost,
            why=written(one.why),
        )
        for one in found.placements
    )
    Team = Proposal.trainers.through
    Team.objects.bulk_create(
        Team(proposal_id=row.pk, resource_id=trainer)
        for row, one in zip(rows, found.placements, strict=True)
        for trainer in one.trainers
    )


def _whose(wish: int) -> dict[str, int]:
    """A wish below zero is that of a workshop."""
    return {"request": wish} if wish > 0 else {"workshop": -wish}


def written(why: Iterable[Reason]) -> list[tuple[str, Mapping[str, int]]]:
    """Reasons as they are kept."""
    return [(reason.code, dict(reason.values)) for reason in why]
