"""What somebody answers for, and everything that follows from it: one scope for the site."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.thai.words import normalise
from learning.duties.choices import APPOINTS, ASSIGNS, KEEPS_REGISTER, SEES_PEOPLE, Role
from learning.duties.models import Duty
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.people.phones import e164
from learning.places.areas import Area
from learning.places.models import PromotionGroup, ProvincialOffice

NOWHERE = Area()


@dataclass(frozen=True)
class Post:
    """A duty that holds on the day asked, and the area it opens."""

    duty: Duty
    area: Area

    @property
    def sees_people(self) -> bool:
        return self.duty.role in SEES_PEOPLE


@dataclass(frozen=True)
class Areas:
    """Everything a person may see by duty on one day."""

    posts: tuple[Post, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.posts)

    @property
    def totals(self) -> Area:
        """Where numbers may be seen."""
        return self._of(Role)

    @property
    def people(self) -> Area:
        """Where people may be seen by name."""
        return self._of(SEES_PEOPLE)

    @property
    def register(self) -> Area:
        """Where the register may be changed."""
        return self._of(KEEPS_REGISTER)

    @property
    def assigning(self) -> Area:
        """For whom learning may be assigned."""
        return self._of(ASSIGNS)

    @property
    def appointing(self) -> Area:
        """Where duties may be given."""
        return self._of(APPOINTS)

    def _of(self, roles: Iterable[str]) -> Area:
        wanted = {str(role) for role in roles}
        return reduce(or_, (post.area for post in self.posts if post.duty.role in wanted), NOWHERE)


def holding_on(day: date) -> Q:
    """Duties that hold on a day: the last day still counts, the day after does not."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def past_on(day: date) -> Q:
    """Duties that ended before a day."""
    return Q(until__isnull=False, until__lt=day)


def areas_of(user: AbstractBaseUser | AnonymousUser, *, on: date | None = None) -> Areas:
    """The duties of a person on a day (default: today) with their areas; at most two queries.

    A coordinator answers for an organization, the groups attached to it, and those that merged into it.
    """
    if user.pk is None or not user.is_active:
        return Areas()
    rows = (
        Duty.objects.filter(holding_on(on or timezone.localdate()), user=user.pk)
        .select_related("promotion_group__office__province", "office__province", "center", "organization")
        .annotate(
            group_district=F("promotion_group__districts__code"),
            office_district=F("office__districts__code"),
            center_province=F("center__provinces__code"),
        )
        .order_by("-since", "pk")
    )
    duties: dict[int, Duty] = {}
    districts: dict[int, set[str]] = {}
    provinces: dict[int, set[str]] = {}
    for row in rows:
        duties.setdefault(row.pk, row)
        districts.setdefault(row.pk, set()).update(filter(None, (row.group_district, row.office_district)))
        provinces.setdefault(row.pk, set()).update(filter(None, (row.center_province,)))
    organizations = _lineage({duty.organization_id for duty in duties.values() if duty.organization_id})
    return Areas(
        tuple(
            Post(duty, _area(duty, districts[pk], provinces[pk], organizations.get(duty.organization_id or 0, set())))
            for pk, duty in duties.items()
        )
    )


def _area(duty: Duty, districts: set[str], provinces: set[str], organizations: set[int]) -> Area:
    match duty.role:
        case Role.HEAD_OFFICE:
            return Area(is_country=True)
        case Role.CENTER_STAFF:
            return Area.of(provinces=provinces)
        case Role.PROMOTION_OFFICER:
            return Area.of(districts=districts)
        case Role.COORDINATOR:
            return Area.of(organizations=organizations)
        case _:
            office = duty.office
            assert office is not None  # the constraint of the table
            return Area.of(districts=districts) if districts else Area.of(provinces=[office.province_id])


def _lineage(roots: set[int]) -> dict[int, set[int]]:
    """For each organization: itself, the groups attached to it, and those that merged into it."""
    lineage = {root: {root} for root in roots}
    if roots:
        rows = Organization.objects.filter(Q(parent__in=roots) | Q(successor__in=roots)).order_by()
        for pk, parent, successor in rows.values_list("pk", "parent_id", "successor_id"):
            for root in (parent, successor):
                if root in lineage:
                    lineage[root].add(pk)
    return lineage


# --- what follows --------------------------------------------------------------------------------
def organizations_in(area: Area) -> QuerySet[Organization]:
    """Organizations that stand in an area today."""
    return Organization.objects.filter(
        area.where(province="province", district="district", organizations=["pk", "parent"])
    )


def memberships_in(area: Area) -> QuerySet[Membership]:
    """Memberships, past ones too, of organizations in an area."""
    return Membership.objects.filter(
        area.where(
            province="organization__province",
            district="organization__district",
            organizations=["organization", "organization__parent"],
        )
    )


def people_in(area: Area) -> QuerySet[User]:
    """People with a membership, past or present, in an area."""
    if not area:
        return User.objects.none()
    return User.objects.filter(Exists(memberships_in(area).filter(user=OuterRef("pk"))))


def count_people_in(area: Area) -> int:
    """How many `people_in` gives: one index is read for it, and no person."""
    return memberships_in(area).values("user").distinct().count() if area else 0


def organizations_visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Organization]:
    """The register as an officer or coordinator sees it."""
    return organizations_in(areas_of(user).totals)


def organizations_kept_by(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Organization]:
    """The part of the register a person may change."""
    return organizations_in(areas_of(user).register)


def memberships_visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Membership]:
    return memberships_in(areas_of(user).people)


def people_visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[User]:
    """People an officer or coordinator meets by name."""
    return people_in(areas_of(user).people)


def own_duties(user: AbstractBaseUser) -> QuerySet[Duty]:
    """Every duty of a person, past and coming ones too."""
    return Duty.objects.filter(user=user.pk).select_related(
        "promotion_group__office", "office__province", "center", "organization"
    )


def visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Duty]:
    """Duties held in the area where a person gives them; one's own are in `own_duties`."""
    area = areas_of(user).appointing
    if not area:
        return Duty.objects.none()
    inside = (
        Q(role=Role.PROMOTION_OFFICER, promotion_group__districts__in=area.districts)
        | Q(role=Role.PROMOTION_OFFICER, promotion_group__office__districts__in=area.districts)
        | Q(role=Role.PROMOTION_OFFICER, promotion_group__office__province__in=area.provinces)
        | Q(role__in=[Role.MANAGEMENT_OFFICER, Role.PROVINCIAL_HEAD], office__province__in=area.provinces)
        | Q(role__in=[Role.MANAGEMENT_OFFICER, Role.PROVINCIAL_HEAD], office__districts__in=area.districts)
        | Q(
            area.where(
                province="organization__province",
                district="organization__district",
                organizations=["organization"],
            ),
            role=Role.COORDINATOR,
        )
    )
    return (
        Duty.objects.filter(pk__in=Duty.objects.filter(inside).order_by().values("pk"))
        .select_related("user", "promotion_group__office", "office", "center", "organization")
        .order_by("role", "-since")
    )


def last_duty(user: AbstractBaseUser, *, before: date) -> Duty | None:
    """The duty that ended last before a day: for telling its holder why a page is closed."""
    return own_duties(user).filter(until__lt=before).order_by("-until").first()


def person_called(login: str) -> User | None:
    """The person with exactly this phone number, e-mail address or username; there is no list to look through."""
    written = normalise(login.replace("\x00", ""))[:254]
    if not written:
        return None
    found = User.objects.filter(is_active=True).filter(
        Q(phone=e164(written)) | Q(email__iexact=written) | Q(username__iexact=written)
    )
    return found.first() if found.count() == 1 else None


def posts_to_give(area: Area) -> tuple[QuerySet[PromotionGroup], QuerySet[ProvincialOffice]]:
    """Promotion groups and offices of an area, at which its head gives duties."""
    offices = ProvincialOffice.objects.filter(
        Q(province__in=area.provinces) | Q(districts__in=area.districts)
    ).distinct()
    return PromotionGroup.objects.filter(office__in=offices).select_related("office"), offices
