"""Whose workshops, requests and seats a person meets: every page fetches from here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from learning.duties.choices import Role
from learning.duties.queries import Areas, areas_of
from learning.places.areas import Area
from learning.places.models import ProvincialOffice, TransferCenter
from learning.workshops.choices import RequestState, WorkshopState
from learning.workshops.models import Resource, Seat, Workshop, WorkshopRequest

OFFICE_ROLES = frozenset({Role.PROMOTION_OFFICER, Role.MANAGEMENT_OFFICER, Role.PROVINCIAL_HEAD})


@dataclass(frozen=True, slots=True)
class Desk:
    """For which offices and centers a person works today, and whose people they meet by name."""

    offices: frozenset[str]
    centers: frozenset[int]
    is_head_office: bool
    people: Area

    def __bool__(self) -> bool:
        return bool(self.offices or self.centers or self.is_head_office or self.people)


def desk_of(user: AbstractBaseUser | AnonymousUser, *, areas: Areas | None = None) -> Desk:
    """At most two queries; none when the areas of today are known."""
    areas = areas_of(user) if areas is None else areas
    offices: set[str] = set()
    centers: set[int] = set()
    is_head_office = False
    for post in areas.posts:
        duty = post.duty
        if duty.role == Role.PROMOTION_OFFICER and duty.promotion_group:
            offices.add(duty.promotion_group.office_id)
        elif duty.role in OFFICE_ROLES and duty.office_id:
            offices.add(duty.office_id)
        elif duty.role == Role.CENTER_STAFF and duty.center_id:
            centers.add(duty.center_id)
        elif duty.role == Role.HEAD_OFFICE:
            is_head_office = True
    return Desk(frozenset(offices), frozenset(centers), is_head_office, areas.people)


def requests_visible_to(
    user: AbstractBaseUser | AnonymousUser, *, desk: Desk | None = None
) -> QuerySet[WorkshopRequest]:
    """The office that asks and the center that is asked; head office sees all but drafts.

    A draft is its office's own until it is sent, also when it is withdrawn instead.
    """
    desk = desk or desk_of(user)
    sent = ~Q(state=RequestState.DRAFT) & ~Q(state=RequestState.WITHDRAWN, submitted_at__isnull=True)
    seen = Q(office__in=desk.offices) | Q(sent, center__in=desk.centers)
    if desk.is_head_office:
        seen |= sent
    return WorkshopRequest.objects.filter(seen)


def workshops_visible_to(user: AbstractBaseUser | AnonymousUser, *, desk: Desk | None = None) -> QuerySet[Workshop]:
    """Workshops on the pages of officers.

    Those of one's center, those that one's office asked for, and those that people whom one meets by name may
    join or have joined. Head office sees all.
    """
    desk = desk or desk_of(user)
    if desk.is_head_office:
        return Workshop.objects.all()
    seen = Q(center__in=desk.centers) | Q(office__in=desk.offices)
    if desk.people:
        provinces = _provinces(desk.people)
        reaches = Q(provinces__isnull=True) if not provinces else Q(provinces__isnull=True) | Q(provinces__in=provinces)
        listed = Q(state=WorkshopState.OPEN) & reaches
        mine = Seat.objects.filter(seats_in(desk.people)).order_by().values("workshop")
        seen |= listed | Q(pk__in=mine)
    found = Workshop.objects.filter(seen).order_by().values("pk")
    return Workshop.objects.filter(pk__in=found)


def _provinces(area: Area) -> set[str]:
    return set(area.provinces) | {code[:2] for code in area.districts}


def workshops_run_by(user: AbstractBaseUser | AnonymousUser, *, desk: Desk | None = None) -> QuerySet[Workshop]:
    """Workshops of one's own center: scheduling, checking in, reporting."""
    desk = desk or desk_of(user)
    return Workshop.objects.filter(center__in=desk.centers)


def workshops_attended_to_by(user: AbstractBaseUser | AnonymousUser, *, desk: Desk | None = None) -> QuerySet[Workshop]:
    """Where one may stand at the door: those of one's center, and those that one's own office asked for."""
    desk = desk or desk_of(user)
    return Workshop.objects.filter(Q(center__in=desk.centers) | Q(office__in=desk.offices))


def seats_in(area: Area) -> Q:
    """Seats that count for an area, by organization and place of the moment of registering."""
    return area.where(province="province", district="district", organizations=["organization", "parent"])


def seats_visible_to(user: AbstractBaseUser | AnonymousUser, *, desk: Desk | None = None) -> QuerySet[Seat]:
    """Seats by name: the center meets those who come to its workshops (and only them), the office that asked and
    the officers and coordinators of an area their own people."""
    desk = desk or desk_of(user)
    return Seat.objects.filter(
        Q(workshop__center__in=desk.centers) | Q(workshop__office__in=desk.offices) | seats_in(desk.people)
    )


def resources_visible_to(user: AbstractBaseUser | AnonymousUser, *, desk: Desk | None = None) -> QuerySet[Resource]:
    """Rooms and trainers are a center's own; head office looks on."""
    desk = desk or desk_of(user)
    if desk.is_head_office:
        return Resource.objects.all()
    return Resource.objects.filter(center__in=desk.centers)


def centers_to_ask(offices: Iterable[str]) -> QuerySet[TransferCenter]:
    """Centers that serve the provinces of these offices; all of them when none is known to."""
    provinces = ProvincialOffice.objects.filter(pk__in=list(offices)).values("province")
    near = TransferCenter.objects.filter(provinces__in=provinces).distinct()
    return near if near.exists() else TransferCenter.objects.all()


def own_seats(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Seat]:
    """A learner's own."""
    return Seat.objects.filter(user=user.pk) if user.pk else Seat.objects.none()


def listed_workshops() -> QuerySet[Workshop]:
    """What anybody may find: open for registration, and those that are closed but still to come."""
    return Workshop.objects.filter(is_listed=True, state__in=[WorkshopState.OPEN, WorkshopState.CLOSED])
