"""The seats of a workshop as an office works with them: who is in, who waits, who could still be added."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.thai.names import COLLATION
from learning.duties.queries import organizations_in
from learning.organizations.choices import OrganizationState
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import holding_on, organizations_named
from learning.people.models import User
from learning.people.phones import local
from learning.workshops.choices import LIVE_SEATS, TAKEN_SEATS, SeatState
from learning.workshops.fitting import Audience
from learning.workshops.models import Allotment, Seat, Workshop
from learning.workshops.queries.scope import Desk
from learning.workshops.queries.seats import lessons_left_of_many, states_of
from learning.workshops.shares import quota


@dataclass(slots=True)
class Bench:
    """The people of one organization who are in, and what it has."""

    organization: Organization
    seats: list[Seat] = field(default_factory=list)
    share: Allotment | None = None


@dataclass(slots=True)
class Waiting:
    """Somebody in line: the place over everybody, how many come together, and what else holds them back."""

    seat: Seat
    number: int
    together: int
    is_over_quota: bool


@dataclass(slots=True)
class Roll:
    """What somebody may see of the seats of a workshop."""

    benches: list[Bench] = field(default_factory=list)
    line: list[Waiting] = field(default_factory=list)
    requested: list[Seat] = field(default_factory=list)
    shares: list[Allotment] = field(default_factory=list)
    kept: int = 0

    @property
    def seen(self) -> int:
        """People who are in and whom one meets by name."""
        return sum(len(bench.seats) for bench in self.benches)


def roll_of(workshop: Workshop, visible: QuerySet[Seat]) -> Roll:
    """Three queries, however many people there are."""
    roll = Roll()
    shares = {
        share.organization_id: share
        for share in Allotment.objects.filter(workshop=workshop.pk).select_related("organization")
    }
    roll.kept = sum(share.reserved for share in shares.values())
    roll.shares = [share for share in shares.values() if share.reserved or share.most is not None]
    seats = list(
        visible.filter(workshop=workshop.pk, state__in=LIVE_SEATS)
        .select_related("user", "organization")
        .order_by(
            Collate("organization__search_key", COLLATION),
            "organization",
            Collate("user__first_name", COLLATION),
            Collate("user__last_name", COLLATION),
            "pk",
        )
    )
    benches: dict[int, Bench] = {}
    for seat in seats:
        seat.workshop = workshop
        seat.phone = local(seat.user.phone or "")  # type: ignore[attr-defined]
        if seat.state in TAKEN_SEATS:
            bench = benches.setdefault(seat.organization_id, Bench(seat.organization))
            bench.seats.append(seat)
            bench.share = shares.get(seat.organization_id)
    roll.benches = list(benches.values())
    roll.requested = sorted((one for one in seats if one.state == SeatState.REQUESTED), key=lambda one: one.pk)
    roll.line = _line(workshop, [one for one in seats if one.state == SeatState.WAITING], shares)
    return roll


def _line(workshop: Workshop, waiting: Iterable[Seat], shares: dict[int, Allotment]) -> list[Waiting]:
    """In order; places count those one does not see too."""
    everybody = Seat.objects.filter(workshop=workshop.pk, state=SeatState.WAITING).order_by("queue_number", "pk")
    rows = list(everybody.values_list("pk", "party"))
    numbers = {pk: number for number, (pk, _party) in enumerate(rows, start=1)}
    sizes: dict[int, int] = {}
    for _pk, party in rows:
        sizes[party] = sizes.get(party, 0) + 1
    found = []
    for seat in sorted(waiting, key=lambda one: numbers[one.pk]):
        together = sizes[seat.party_id] if seat.party_id else 1
        share = shares.get(seat.organization_id)
        most = quota(workshop, share)
        is_over = most is not None and (share.taken if share else 0) + together > most
        found.append(Waiting(seat, numbers[seat.pk], together, is_over))
    return found


def shares_of_note(workshop: Workshop) -> list[Allotment]:
    """Organizations with a quota of their own or with kept seats; one query."""
    shares = Allotment.objects.filter(workshop=workshop.pk).select_related("organization")
    return [share for share in shares if share.reserved or share.most is not None]


# --- adding people -----------------------------------------------------------------------------------
def organizations_to_add(workshop: Workshop, desk: Desk, *, text: str = "") -> QuerySet[Organization]:
    """Active organizations whose people one meets by name and for which the workshop is."""
    found = organizations_named(text) if text.strip() else Organization.objects.filter(state=OrganizationState.ACTIVE)
    return _asked(workshop, found).filter(pk__in=organizations_in(desk.people).order_by().values("pk"))


def organizations_to_allot(workshop: Workshop, *, text: str) -> QuerySet[Organization]:
    """Any active organization for which the workshop is, by name: seats are kept before people are known."""
    return _asked(workshop, organizations_named(text)) if text.strip() else Organization.objects.none()


def _asked(workshop: Workshop, organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    audience = Audience(workshop)
    fits = Q(kind__in=audience.kinds) if audience.kinds else Q()
    if audience.provinces:
        fits &= Q(province__in=list(audience.provinces))
    return organizations.filter(fits).select_related("province", "district")


def people_to_add(workshop: Workshop, organization: Organization, *, chosen: Collection[int]) -> list[dict[str, Any]]:
    """The people of an organization today, by name, as `choice_list` shows them; who cannot be chosen says why."""
    held = (
        Membership.objects.filter(holding_on(timezone.localdate()), organization=organization, user__is_active=True)
        .select_related("user", "organization")
        .order_by(Collate("user__first_name", COLLATION), Collate("user__last_name", COLLATION), "user", "since", "pk")
    )
    people: dict[User, list[Membership]] = {}
    for membership in held:
        people.setdefault(membership.user, []).append(membership)
    audience = Audience(workshop)
    seats = states_of(workshop, [person.pk for person in people])
    course = workshop.course if workshop.needs_lessons else None
    lessons = lessons_left_of_many(list(people), course) if course else {}
    return [
        {
            "id": person.pk,
            "name": str(person),
            "position": " · ".join(one.get_position_display() for one in memberships),
            "is_chosen": person.pk in chosen,
            **_why_not(seats.get(person.pk), memberships, audience, len(lessons.get(person, ()))),
        }
        for person, memberships in people.items()
    ]


def _why_not(seat: Seat | None, memberships: list[Membership], audience: Audience, left: int) -> dict[str, Any]:
    """What stands beside a name that cannot be chosen."""
    if seat:
        state = "done" if seat.state in TAKEN_SEATS else ""
        return {"is_closed": True, "state": state, "state_label": seat.get_state_display()}
    if not audience.fitting(memberships):
        return {"is_closed": True, "state": "", "state_label": _("Not for this position or organization")}
    if left:
        label = ngettext("%(number)d lesson is missing", "%(number)d lessons are missing", left) % {"number": left}
        return {"is_closed": True, "state": "over", "state_label": label}
    return {"is_closed": False}


def fitting_membership(workshop: Workshop, person: User) -> Membership | None:
    """As whose member somebody would come to a workshop; None when it is for none of theirs of today."""
    held = Membership.objects.filter(holding_on(timezone.localdate()), user=person).select_related(
        "user", "organization"
    )
    fitting = Audience(workshop).fitting(one for one in held if one.organization.is_active)
    return min(fitting, key=lambda one: (one.position == "member", one.since, one.pk), default=None)
