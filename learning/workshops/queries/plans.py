"""Plans and their proposals, as those who may decide on them see them."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from learning.workshops.choices import COMING, ProposalState, ResourceKind
from learning.workshops.models import (
    Proposal,
    RequestEvent,
    Resource,
    ResourceSlot,
    SchedulePlan,
    Session,
    Workshop,
    WorkshopRequest,
)
from learning.workshops.queries.scope import Desk, desk_of


def plans_visible_to(user: AbstractBaseUser, *, desk: Desk | None = None) -> QuerySet[SchedulePlan]:
    """A center's own plans, and what of those over all centers is about it; head office sees all."""
    desk = desk or desk_of(user)
    if desk.is_head_office:
        return SchedulePlan.objects.all()
    about = Q(proposals__request__center__in=desk.centers) | Q(proposals__workshop__center__in=desk.centers)
    over_all = SchedulePlan.objects.filter(about, center__isnull=True).order_by().values("pk")
    return SchedulePlan.objects.filter(Q(center__in=desk.centers) | Q(pk__in=over_all))


def proposals_visible_to(user: AbstractBaseUser, *, desk: Desk | None = None) -> QuerySet[Proposal]:
    """Those for the workshops of one's own center; head office sees all."""
    desk = desk or desk_of(user)
    if desk.is_head_office:
        return Proposal.objects.all()
    return Proposal.objects.filter(Q(request__center__in=desk.centers) | Q(workshop__center__in=desk.centers))


def decided_by_center(proposals: QuerySet[Proposal], centers: Collection[int]) -> QuerySet[Proposal]:
    """What the staff of these centers may agree to now, in the order of the days."""
    own = Q(request__center__in=centers) | Q(workshop__center__in=centers)
    return proposals.filter(own, state=ProposalState.PROPOSED).order_by("first_on", "pk")


def proposals_to_show(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With everything that a line of the list says; six queries for any number of them."""
    sessions = Session.objects.order_by("day", "starts").prefetch_related(
        Prefetch("slots", ResourceSlot.objects.filter(active=True).select_related("resource"), to_attr="taken")
    )
    return (
        proposals.select_related("request__office", "request__center", "workshop__center", "room__venue")
        .prefetch_related("trainers", "request__people", Prefetch("workshop__sessions", sessions))
        .order_by("first_on", "pk")
    )


def counts_of(proposals: QuerySet[Proposal]) -> Counter[str]:
    """How many of each state."""
    return Counter(proposals.order_by().values_list("state", flat=True))


def last_line() -> int:
    """The newest line of all conversations: who decides has read up to here."""
    return RequestEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Left:
    """A request or a workshop for which the plan found nothing, and why as it is kept."""

    subject: WorkshopRequest | Workshop
    why: list[tuple[str, dict[str, int]]]

    @property
    def is_workshop(self) -> bool:
        return isinstance(self.subject, Workshop)


def left_over(plan: SchedulePlan, desk: Desk) -> list[Left]:
    """What found no place, of the own center; at most two queries."""
    requests = _of_desk(WorkshopRequest.objects.select_related("office", "center"), desk, _numbers(plan, "request"))
    workshops = _of_desk(Workshop.objects.select_related("center"), desk, _numbers(plan, "workshop"))
    found = []
    for line in plan.unplaced:
        subject = requests.get(line["request"]) if "request" in line else workshops.get(line["workshop"])
        if subject:
            found.append(Left(subject, line["why"]))
    return found


def _numbers(plan: SchedulePlan, name: str) -> list[int]:
    return [line[name] for line in plan.unplaced if name in line]


def _of_desk(rows: QuerySet, desk: Desk, numbers: Iterable[int]) -> dict[int, Any]:
    numbers = list(numbers)
    if not numbers:
        return {}
    return (rows if desk.is_head_office else rows.filter(center__in=desk.centers)).in_bulk(numbers)


def may_drop_out(desk: Desk) -> QuerySet[Resource]:
    """Rooms and trainers that a plan can do without; those out of use only while something still needs them."""
    needed = ResourceSlot.objects.filter(
        active=True, day__gt=timezone.localdate(), session__workshop__state__in=COMING
    ).order_by()
    rows = Resource.objects.filter(kind__in=[ResourceKind.ROOM, ResourceKind.TRAINER]).filter(
        Q(is_active=True) | Q(pk__in=needed.values("resource"))
    )
    if not desk.is_head_office:
        rows = rows.filter(center__in=desk.centers)
    return rows.select_related("center", "venue").order_by("center", "kind", "name", "pk")
