"""Whose certificates an office meets, and the files that were made of them: every page fetches from here."""

import hashlib
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from certification.models import Certificate
from learning.duties.choices import Role
from learning.duties.queries import Areas, areas_of
from learning.places.areas import Area
from learning.places.models import District, Province
from learning.records.models import Bundle, PaperRegister
from learning.workshops.models import Workshop
from learning.workshops.queries.scope import workshops_visible_to


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody meets of the register today: people of areas by name, and what their centers have issued.

    `changing` is the part of the area in which certificates may be revoked and replaced.
    """

    is_administrator: bool
    people: Area
    changing: Area
    centers: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.is_administrator or self.people or self.centers)

    @property
    def fingerprint(self) -> str:
        """The same for the same reach: a file made for one is not opened with another."""
        people = self.people
        parts = (self.is_administrator, people.is_country, people.provinces, people.districts, people.organizations)
        said = repr([sorted(map(str, one)) if isinstance(one, frozenset) else one for one in (*parts, self.centers)])
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def area(self) -> Area:
        """Where people are met by name; for an administrator the whole country."""
        return Area(is_country=True) if self.is_administrator else self.people

    @property
    def may_record(self) -> bool:
        """Papers of before are recorded by who keeps the register of a place."""
        return bool(self.is_administrator or self.changing)


def reach_of(user: AbstractBaseUser | AnonymousUser, *, areas: Areas | None = None) -> Reach:
    """At most two queries; none when the areas of today are known."""
    areas = areas_of(user) if areas is None else areas
    centers = {
        post.duty.center_id for post in areas.posts if post.duty.role == Role.CENTER_STAFF and post.duty.center_id
    }
    is_administrator = bool(getattr(user, "is_superuser", False) and user.is_active)
    return Reach(is_administrator, areas.people, areas.register, frozenset(centers))


def certificates_in(area: Area, centers: frozenset[int] = frozenset()) -> Q:
    """Certificates that count for an area or a center, by place and organization of the day they were earned."""
    inside = area.where(
        province="province_code", district="district_code", organizations=["organization_key", "parent_key"]
    )
    return inside | Q(center_number__in=centers) if centers and not area.is_country else inside


def certificates_visible_to(
    user: AbstractBaseUser | AnonymousUser, *, reach: Reach | None = None
) -> QuerySet[Certificate]:
    """The register as an officer, a coordinator or the staff of a center sees it; an administrator sees all."""
    reach = reach_of(user) if reach is None else reach
    if reach.is_administrator:
        return Certificate.objects.all()
    return Certificate.objects.filter(certificates_in(reach.people, reach.centers))


def certificates_changed_by(
    user: AbstractBaseUser | AnonymousUser, *, reach: Reach | None = None
) -> QuerySet[Certificate]:
    """Those that somebody may revoke and replace."""
    reach = reach_of(user) if reach is None else reach
    if reach.is_administrator:
        return Certificate.objects.all()
    return Certificate.objects.filter(certificates_in(reach.changing, reach.centers))


def provinces_in(area: Area) -> QuerySet[Province]:
    """Provinces of an area, those of its districts too."""
    if area.is_country:
        return Province.objects.all()
    return Province.objects.filter(pk__in=area.provinces | {code[:2] for code in area.districts})


def provinces_recorded_by(reach: Reach) -> QuerySet[Province]:
    """Provinces for which somebody may record certificates on paper."""
    return Province.objects.all() if reach.is_administrator else provinces_in(reach.changing)


def districts_in(area: Area) -> QuerySet[District]:
    """Districts of an area."""
    return District.objects.filter(area.where(province="province", district="pk"))


def workshops_shown_to(user: AbstractBaseUser, *, reach: Reach) -> QuerySet[Workshop]:
    """Workshops whose certificates may be looked up by the workshop."""
    return Workshop.objects.all() if reach.is_administrator else workshops_visible_to(user)


def bundles_of(user: AbstractBaseUser) -> QuerySet[Bundle]:
    """Bundles one has asked for oneself."""
    return Bundle.objects.filter(asked_by=user.pk)


def paper_registers_of(user: AbstractBaseUser, *, reach: Reach) -> QuerySet[PaperRegister]:
    """Lists of paper certificates one has uploaded oneself, of provinces for which one may still record."""
    own = PaperRegister.objects.filter(asked_by=user.pk).select_related("province")
    return own if reach.is_administrator else own.filter(province__in=provinces_recorded_by(reach))
