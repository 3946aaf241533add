"""The areas a report can be asked for: their codes, names, and which rows stand inside."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.duties.queries import Areas, organizations_in
from learning.organizations.models import Organization
from learning.places.areas import Area
from learning.places.models import District, PromotionGroup, Province, ProvincialOffice, TransferCenter
from learning.reports.counting.places import COUNTRY, hash_of


@dataclass(frozen=True)
class Within:
    """One area as somebody may see it. `members` are the codes of its provinces or districts."""

    code: str
    label: str
    sees_people: bool
    provinces: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    organization: Organization | None = None

    @property
    def level(self) -> str:
        """The letter in front: n, c, p, f, g, d or o."""
        return self.code[0]

    @property
    def is_wide(self) -> bool:
        """The country or a center: told apart by provinces, not by organizations."""
        return self.level in {"n", "c"}

    def where(self, prefix: str = "") -> Q:
        """Keeps enrollments inside; `prefix` leads to them from another row."""
        if self.level == COUNTRY:
            return Q()
        if self.organization:
            return Q(**{f"{prefix}organization": self.organization.pk}) | Q(**{f"{prefix}parent": self.organization.pk})
        if self.districts:
            return Q(**{f"{prefix}district__in": self.districts})
        return Q(**{f"{prefix}province__in": self.provinces})

    @property
    def area(self) -> Area:
        """Where its organizations stand today."""
        if self.level == COUNTRY:
            return Area(is_country=True)
        if self.organization:
            return Area.of(organizations=[self.organization.pk])
        return Area.of(districts=self.districts) if self.districts else Area.of(provinces=self.provinces)

    @property
    def members(self) -> str:
        """Of an area that may be put together anew; empty for the others."""
        return hash_of([*self.provinces, *self.districts]) if self.level in {"c", "g", "f"} else ""


def offered(areas: Areas) -> list[Within]:
    """The areas of somebody's duties, the widest first; each once."""
    found: dict[str, Within] = {}
    order = "ncpfgdo"
    for post in areas.posts:
        one = of_duty(post.duty, post.area, sees_people=post.sees_people)
        if one and (one.code not in found or one.sees_people):
            found[one.code] = one
    return sorted(found.values(), key=lambda one: order.index(one.level))


def of_duty(duty: Duty, area: Area, *, sees_people: bool) -> Within | None:
    """The area of a duty as reports know it; None while no province or district has been given to it."""
    if not area:
        return None
    provinces, districts = tuple(sorted(area.provinces)), tuple(sorted(area.districts))
    match duty.role:
        case Role.HEAD_OFFICE:
            return Within(COUNTRY, _("The whole country"), sees_people)
        case Role.CENTER_STAFF:
            return Within(f"c{duty.center_id}", str(duty.center), sees_people, provinces)
        case Role.PROMOTION_OFFICER:
            return Within(f"g{duty.promotion_group_id}", str(duty.promotion_group), sees_people, (), districts)
        case Role.COORDINATOR:
            organization = duty.organization
            return Within(f"o{duty.organization_id}", str(organization), sees_people, organization=organization)
    office = duty.office
    assert office is not None  # the constraint of the table
    if districts:
        return Within(f"f{office.code}", str(office), sees_people, (), districts)
    return Within(f"p{office.province_id}", office.province.full_name, sees_people, provinces)


def find_within(areas: Areas, code: str) -> Within | None:
    """An area by its code, if it lies inside what the person may see; None otherwise."""
    for one in offered(areas):
        if one.code == code:
            return one
    return find_in(code, areas.totals, areas.people)


def find_in(code: str, totals: Area, people: Area) -> Within | None:
    """An area by its code, inside where numbers may be seen, with names inside where people may be."""
    level, key = code[:1], code[1:]
    match level:
        case "n" if code == COUNTRY and totals.is_country:
            return Within(COUNTRY, _("The whole country"), people.is_country)
        case "p" if totals.has_province(key):
            province = Province.objects.filter(pk=key).first()
            return province and Within(f"p{province.pk}", province.full_name, people.has_province(key), (province.pk,))
        case "d" if totals.has_district(key):
            district = District.objects.select_related("province").filter(pk=key).first()
            return district and Within(
                f"d{district.pk}",
                f"{district.full_name} {district.province.full_name}",
                people.has_district(key),
                districts=(district.pk,),
            )
        case "o" if key.isascii() and key.isdecimal() and len(key) < 19:
            organization = organizations_in(totals).filter(pk=int(key)).first()
            return organization and Within(
                f"o{organization.pk}",
                str(organization),
                organizations_in(people).filter(pk=organization.pk).exists(),
                organization=organization,
            )
        case "c" | "g" | "f":
            return _unit(level, key, totals, people)
    return None


def _unit(level: str, key: str, totals: Area, people: Area) -> Within | None:
    """A center, promotion group or office whose places all lie inside."""
    model: type[TransferCenter] | type[PromotionGroup] | type[ProvincialOffice]
    model, column = {
        "c": (TransferCenter, "provinces"),
        "g": (PromotionGroup, "districts"),
        "f": (ProvincialOffice, "districts"),
    }[level]
    if not key.isascii() or not key.isdecimal() or len(key) > 9:
        return None
    unit = model._default_manager.filter(pk=key if level == "f" else int(key)).first()
    if unit is None:
        return None
    members = tuple(sorted(getattr(unit, column).values_list("pk", flat=True)))
    has = Area.has_province if level == "c" else Area.has_district
    if not members or not all(has(totals, member) for member in members):
        return None
    sees_people = all(has(people, member) for member in members)
    provinces, districts = (members, ()) if level == "c" else ((), members)
    return Within(f"{level}{unit.pk}", str(unit), sees_people, provinces, districts)


def parts_of(within: Within) -> Sequence[tuple[str, str]]:
    """The areas one step below, with their codes: provinces of a center or the country, districts of the others."""
    if within.organization:
        return []
    if within.is_wide:
        provinces = (
            Province.objects.all() if within.level == COUNTRY else Province.objects.filter(pk__in=within.provinces)
        )
        return [(f"p{province.pk}", province.name) for province in provinces]
    if within.level == "p":
        districts = District.objects.filter(province__in=within.provinces)
    else:
        districts = District.objects.filter(pk__in=within.districts)
    return [(f"d{district.pk}", district.name) for district in districts.order_by("position")]


def any_within(code: str) -> Within | None:
    """An area by its code for the worker, which counts for everybody; None when it is not there any more."""
    country = Area(is_country=True)
    return find_in(code, country, country)
