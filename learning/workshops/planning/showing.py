"""A plan as its page shows it: lines of proposals, what is left over, tiles, how far the work is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.workshops import free
from learning.workshops.agreeing import times_of
from learning.workshops.choices import PlanState, ProposalState, RequestState
from learning.workshops.looking import in_words
from learning.workshops.models import Proposal, ResourceSlot, SchedulePlan
from learning.workshops.planning.words import (
    place_now,
    sentences,
    split_of_changes,
    subject_words,
    when,
)
from learning.workshops.queries.plans import Left
from learning.workshops.queries.requests import holds_of
from learning.workshops.queries.scope import Desk

ALTERNATIVES = 3
OVERHEAD = 12  # seconds beside the search itself: reading, the quick plan, the model
MARKS = {
    ProposalState.PROPOSED: "",
    ProposalState.AGREED: "done",
    ProposalState.DECLINED: "",
    ProposalState.STALE: "over",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal in words; `before` is where a workshop stands now."""

    proposal: Proposal
    title: str
    url: str
    about: str
    days: str
    room: str
    trainers: str
    changes: list[str]
    why: list[str]
    before: str
    mark: str
    may_decide: bool

    @property
    def is_open(self) -> bool:
        return self.proposal.state == ProposalState.PROPOSED

    @property
    def is_stale(self) -> bool:
        return self.proposal.state == ProposalState.STALE


def lines_of(proposals: Iterable[Proposal], desk: Desk) -> list[Line]:
    """Proposals of `proposals_to_show`, with their center for head office; no further query."""
    return [_line(one, desk) for one in proposals]


def _line(one: Proposal, desk: Desk) -> Line:
    trainers = list(one.trainers.all())
    names = {trainer.pk: trainer.name for trainer in trainers}
    changes, why = split_of_changes(one.why)
    workshop = one.workshop
    name = "workshops:manage" if workshop else "workshops:request"
    return Line(
        proposal=one,
        title=str(one.subject),
        url=reverse(name, args=[one.subject.pk]),
        about=" · ".join([subject_words(one), *([one.subject.center.short_name] if desk.is_head_office else [])]),
        days=when(*times_of(one)),
        room=f"{one.room.name} · {one.room.venue}" if one.room.venue else one.room.name,
        trainers=", ".join(names.values()),
        changes=sentences(changes, names),
        why=sentences(why, names),
        before=place_now(workshop) if workshop and one.state == ProposalState.PROPOSED else "",
        mark=MARKS[ProposalState(one.state)],
        may_decide=one.subject.center_id in desk.centers,
    )


def left_lines(left: Iterable[Left]) -> list[dict[str, Any]]:
    """Title, address and reasons of what found no place."""
    return [
        {
            "title": str(one.subject),
            "url": reverse("workshops:manage" if one.is_workshop else "workshops:request", args=[one.subject.pk]),
            "center": one.subject.center,
            "why": sentences(one.why, {}),
        }
        for one in left
    ]


def plan_title(plan: SchedulePlan) -> str:
    """What the plan is about."""
    if plan.lost:
        return _("What drops out, fiscal year %(year)d") % {"year": plan.fiscal_year}
    return _("Plan of the fiscal year %(year)d") % {"year": plan.fiscal_year}


def tiles_of(plan: SchedulePlan, counts: Mapping[str, int], left: int) -> list[dict[str, Any]]:
    """Counts of the own center, and the points of the whole plan."""
    found = [
        {"label": _("Proposed"), "number": f"{counts[ProposalState.PROPOSED]:,}", "is_main": True},
        {"label": _("Agreed"), "number": f"{counts[ProposalState.AGREED]:,}"},
        {"label": _("Overtaken or not taken"), "number": f"{_past(counts):,}"},
        {"label": _("Without a place"), "number": f"{left:,}", "kind": "ask" if left else ""},
    ]
    if not plan.lost and plan.cost is not None:
        note = _("Fewer points mean less travel and fewer empty seats.")
        found.append({"label": _("Points of the whole plan"), "number": f"{plan.cost:,}", "note": note})
    return found


def _past(counts: Mapping[str, int]) -> int:
    return counts[ProposalState.STALE] + counts[ProposalState.DECLINED]


def job_of(plan: SchedulePlan, counts: Counter[str] | None = None) -> dict[str, Any]:
    """The work on a plan, or on agreeing to it, for components/job.html."""
    poll = reverse("workshops:plan_progress", args=[plan.pk])
    job: dict[str, Any] = {"title": plan_title(plan), "percent": None, "poll_url": poll}
    if plan.agreeing_at and counts is not None:
        total = counts.total()
        waiting = counts[ProposalState.PROPOSED]
        text = _("%(done)d of %(count)d proposals are decided.") % {"done": total - waiting, "count": total}
        percent = round((total - waiting) * 100 / total) if total else None
        return job | {"state": "running", "title": _("Agreeing to all proposals"), "text": text, "percent": percent}
    match plan.state:
        case PlanState.WAITING:
            return job | {"state": "waiting", "text": _("The plan waits for its turn.")}
        case PlanState.RUNNING:
            return job | {"state": "running", "text": _words_of_search(plan), "percent": _percent(plan)}
        case PlanState.FAILED:
            again = reverse("workshops:plans")
            way = {"next_url": again, "next_label": _("Ask for a plan again"), "poll_url": ""}
            return job | {"state": "failed", "text": plan.refusal} | way
        case _:
            return job | {"state": "done", "text": plan.get_state_display(), "poll_url": ""}


def _words_of_search(plan: SchedulePlan) -> str:
    if not plan.seconds:
        return _("Days, rooms and trainers are being compared.")
    return _("Better plans are being searched for; this takes about %(count)d seconds.") % {
        "count": plan.seconds + OVERHEAD
    }


def _percent(plan: SchedulePlan) -> int | None:
    """By the clock, since a search does not say how far it is."""
    if not plan.seconds or plan.started_at is None:
        return None
    gone = (timezone.now() - plan.started_at).total_seconds()
    return min(95, round(gone * 100 / (plan.seconds + OVERHEAD)))


def nearest_free(proposal: Proposal) -> list[dict[str, str]]:
    """Three places that are free near the day of a proposal that was overtaken, each with the page that books it."""
    request, workshop = proposal.request, proposal.workshop
    if request and request.state in (RequestState.ACCEPTED, RequestState.SUBMITTED):
        found = free.alternatives(request, proposal.first_on, count=ALTERNATIVES, ignoring=holds_of(request))
        is_accepted = request.state == RequestState.ACCEPTED
        address = reverse("workshops:schedule" if is_accepted else "workshops:request", args=[request.pk])
        address += "?day=" if is_accepted else "?near="
    elif workshop and workshop.is_coming:
        sessions = list(workshop.sessions.all())
        wish = free.wish_for(
            workshop.center,
            topic=workshop.topic,
            people=workshop.capacity,
            slots=[(session.day, session.half) for session in sessions],
            trainers=len({slot.resource_id for one in sessions for slot in one.taken if slot.resource.is_trainer}),  # type: ignore[attr-defined]
        )
        own = ResourceSlot.objects.filter(session__in=[session.pk for session in sessions])
        found = free.alternatives(wish, proposal.first_on, count=ALTERNATIVES, ignoring=own) if wish else []
        address = reverse("workshops:move", args=[workshop.pk]) + "?day="
    else:
        return []
    return [
        {
            "when": in_words(one.days),
            "where": ", ".join([one.room.name, *(trainer.name for trainer in one.trainers)]),
            "why": " ".join(one.why),
            "url": f"{address}{one.days[0]:%Y-%m-%d}",
        }
        for one in found
    ]
