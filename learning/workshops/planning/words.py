"""What a plan says to people: why, what was before, how good it is."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.workshops.choices import DayLength
from learning.workshops.looking import in_words
from learning.workshops.models import Proposal, Resource, SchedulePlan, Workshop
from learning.workshops.planning.standing import BY_HAND
from learning.workshops.planning.wishes import HELD, OVER
from learning.workshops.proposing.problem import Reason
from learning.workshops.proposing.words import sentence

OWN: dict[str, "str | Promise"] = {
    HELD: gettext_lazy("This is what is held for the request."),
    OVER: gettext_lazy("All the wished days are past. Ask the office for new ones."),
    BY_HAND: gettext_lazy(
        "Its half-days are not alike, or it has begun, so it cannot be moved as a whole. Find a replacement by hand."
    ),
}
# What is different from before comes first; the rest is said when somebody wants to know why.
CHANGES = frozenset({"date_moved", "room_moved", "new_trainer"})


def sentences(why: Iterable[tuple[str, Mapping[str, int]]], names: Mapping[int, str]) -> list[str]:
    """Reasons as they are kept, in whole sentences of the active language."""
    return [str(OWN[code]) if code in OWN else sentence(Reason(code, values), names) for code, values in why]


def split_of_changes(
    why: Iterable[tuple[str, Mapping[str, int]]],
) -> tuple[list[tuple[str, Mapping[str, int]]], list[tuple[str, Mapping[str, int]]]]:
    """What changes, and why it is so."""
    lines = list(why)
    return [line for line in lines if line[0] in CHANGES], [line for line in lines if line[0] not in CHANGES]


def when(days: list[date], halves: list[str]) -> str:
    """Days, and which half of them unless they are whole."""
    words = in_words(days)
    return words if len(halves) > 1 else _("%(days)s (%(half)s)") % {"days": words, "half": DayLength(halves[0]).label}


def place_now(workshop: Workshop) -> str:
    """Where a workshop stands before it is moved; its sessions are prefetched with what they use."""
    sessions = list(workshop.sessions.all())
    names: dict[int, Resource] = {}
    for session in sessions:
        names |= {slot.resource_id: slot.resource for slot in session.taken}  # type: ignore[attr-defined]
    used = ", ".join(one.name for one in sorted(names.values(), key=lambda one: (one.kind, one.name)))
    days = in_words(sorted({session.day for session in sessions}))
    return _("%(days)s: %(names)s") % {"days": days, "names": used} if used else days


def gap_words(plan: SchedulePlan) -> str:
    """How far from the best possible plan it may be; empty without an exact search."""
    if plan.bound is None or plan.cost is None:
        return ""
    if plan.cost <= plan.bound:
        return _("No better plan is possible.")
    percent = max(0.1, (plan.cost - plan.bound) * 100 / plan.cost)
    return _("At most %(percent)s percent better would be possible.") % {"percent": f"{percent:.1f}"}


def took_words(plan: SchedulePlan) -> str:
    seconds = (plan.took_ms or 0) / 1000
    if seconds < 1:
        return _("in less than a second")
    return ngettext("in %(count)d second", "in %(count)d seconds", round(seconds)) % {"count": round(seconds)}


def subject_words(proposal: Proposal) -> str:
    """For how many people, and who asked."""
    if proposal.workshop:
        count = proposal.workshop.capacity
        return ngettext("%(count)d seat", "%(count)d seats", count) % {"count": count}
    assert proposal.request is not None
    count = sum(line.count for line in proposal.request.people.all())
    people = ngettext("%(count)d person", "%(count)d people", count) % {"count": count} if count else ""
    return " · ".join(filter(None, [people, str(proposal.request.office)]))
