"""Plans: asked for, mended, agreed to one by one or all, declined. Nothing is booked before somebody agrees."""

from collections.abc import Sequence
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.after_commit import queue_after_commit
from cms.thai.dates import fiscal_year_be
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops import agreeing, tasks
from learning.workshops.agreeing import Tally
from learning.workshops.choices import PROPOSAL_TRANSITIONS, PlanState, ProposalState
from learning.workshops.models import Proposal, Resource, SchedulePlan, Workshop
from learning.workshops.planning import making
from learning.workshops.planning.wishes import days_of_year, years_to_plan
from learning.workshops.queries.plans import decided_by_center
from learning.workshops.queries.scope import desk_of

UNPROCESSABLE = HTTPStatus(422)
LONGEST_SEARCH = 120  # seconds
AT_ONCE = 10  # more proposals than this are agreed to by the worker


@transaction.atomic
def ask_for_plan(*, fiscal_year: int, center: TransferCenter | None, seconds: int = 0, by: User) -> SchedulePlan:
    """A plan over the open requests of a fiscal year in BE; the worker takes it up after commit.

    `center` None: all centers. `seconds` of exact search, 0 for the quick plan alone. The same question asked again
    while it is being worked out gives the same plan. Raises Refused (403, 422).
    """
    _require_desk(center, by=by)
    if fiscal_year not in years_to_plan():
        raise Refused(_("Plan this fiscal year or the next one."), status=UNPROCESSABLE)
    if not 0 <= seconds <= LONGEST_SEARCH or (seconds and not making.has_solver()):
        raise Refused(_("Choose one of the ways to search that are offered."), status=UNPROCESSABLE)
    facts: dict[str, object] = {"fiscal_year": fiscal_year, "center": center, "seconds": seconds, "lost": []}
    return _asked(facts, by=by)


@transaction.atomic
def ask_for_repair(
    *,
    lost: Sequence[Resource],
    since: date,
    until: date | None = None,
    center: TransferCenter | None,
    mends: SchedulePlan | None = None,
    by: User,
) -> SchedulePlan:
    """A plan for what loses these rooms and trainers between two days; everything else stays where it is.

    `until` None: to the end of the fiscal year of `since`. `mends`: its open proposals are mended too. Raises
    Refused (403, 422).
    """
    _require_desk(center, by=by)
    if until is not None and until < since:
        raise Refused(_("The last day lies before the first. Look at the days again."), status=UNPROCESSABLE)
    year = mends.fiscal_year if mends else fiscal_year_be(max(since, timezone.localdate() + timedelta(days=1)))
    last = until or days_of_year(year)[1]
    if last <= timezone.localdate() or not lost:
        raise Refused(_("Nothing is left to be mended before that day."), status=UNPROCESSABLE)
    facts: dict[str, object] = {
        "fiscal_year": year,
        "center": center,
        "seconds": 0,
        "lost": sorted(one.pk for one in lost),
        "lost_since": since,
        "lost_until": until,
        "repairs": mends,
    }
    return _asked(facts, by=by)


def _asked(facts: dict[str, Any], *, by: User) -> SchedulePlan:
    working = [PlanState.WAITING, PlanState.RUNNING]
    for plan in SchedulePlan.objects.filter(state__in=working, asked_by=by):
        if all(getattr(plan, name) == value for name, value in facts.items()):
            return plan
    plan = SchedulePlan.objects.create(asked_by=by, **facts)
    log(plan, "workshops.ask_plan", user=by, data={"fiscal_year": plan.fiscal_year, "lost": plan.lost})
    queue_after_commit(tasks.make_plan, plan.pk)
    return plan


def _require_desk(center: TransferCenter | None, *, by: User) -> None:
    desk = desk_of(by)
    if not (desk.is_head_office or (center is not None and center.pk in desk.centers)):
        raise Refused(
            _("A center plans its own workshops, and head office those of all centers."), status=HTTPStatus.FORBIDDEN
        )


# --- proposals -------------------------------------------------------------------------------------------------
def agree_to_proposal(proposal: Proposal, *, seen: int | None = None, by: User) -> Workshop:
    """Accept and schedule its request, or move its workshop, as it is proposed; all of it or nothing.

    Raises Overtaken (409) when it cannot be had any more, and the proposal is STALE then; MovedOn (409) when
    somebody wrote to the request after line `seen`; Refused (403, 409 when it was decided before).
    """
    workshop = agreeing.agree(proposal, seen=seen, by=by)
    log(proposal.plan, "workshops.agree_proposal", user=by, data={"workshop": workshop.pk})
    return workshop


@transaction.atomic
def decline_proposal(proposal: Proposal, *, by: User) -> Proposal:
    """PROPOSED → DECLINED: nothing is booked, and the request stays open. Raises Refused (403, 409)."""
    now = agreeing.lock(proposal, by=by)
    move(now, ProposalState.DECLINED, transitions=PROPOSAL_TRANSITIONS, stamp="decided_at", decided_by=by)
    log(now.plan, "workshops.decline_proposal", user=by, data={"proposal": now.pk})
    return now


def agree_to_all(plan: SchedulePlan, *, seen: int, by: User) -> Tally | None:
    """Agree to every open proposal of the own center, each in a transaction of its own.

    Gives the count; None when there are so many that the worker does it. Raises Refused (403, 409 while the worker
    is at it for somebody already).
    """
    centers = desk_of(by).centers
    if not centers:
        raise Refused(_("Only the center that holds the workshop agrees to a proposal."), status=HTTPStatus.FORBIDDEN)
    waiting = decided_by_center(plan.proposals.all(), centers)
    count = waiting.count()
    log(plan, "workshops.agree_all", user=by, data={"count": count})
    if count <= AT_ONCE:
        return agreeing.agree_to_each(waiting, seen=seen, by=by)
    with transaction.atomic():
        claimed = SchedulePlan.objects.filter(pk=plan.pk, state=PlanState.READY, agreeing_at__isnull=True).update(
            agreeing_at=timezone.now(), agreeing_by=by
        )
        if not claimed:
            raise Refused(
                _("Somebody has just agreed to all of them; it is being done. Look at the plan in a minute."),
                way_on=reverse("workshops:plan", args=[plan.pk]),
                way_on_label=_("The plan"),
            )
        queue_after_commit(tasks.agree_to_plan, plan.pk, seen)
    return None


# --- by the clock ------------------------------------------------------------------------------------------------
def sweep_plans() -> int:
    """Plans of a worker that is gone become FAILED; those that the queue lost are asked for again. Gives how many."""
    left = list(making.plans_left_waiting().values_list("pk", flat=True))
    for pk in left:
        tasks.make_plan.delay(pk)
    return making.fail_abandoned() + len(left)
