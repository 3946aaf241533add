"""Area: a set of places and organizations somebody answers for. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Area:
    """The whole country, or provinces, districts and single organizations by their keys."""

    is_country: bool = False
    provinces: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    organizations: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, *, provinces: Iterable[str] = (), districts: Iterable[str] = (), organizations: Iterable[int] = ()
    ) -> Self:
        return cls(False, frozenset(provinces), frozenset(districts), frozenset(organizations))

    def __bool__(self) -> bool:
        return bool(self.is_country or self.provinces or self.districts or self.organizations)

    def __or__(self, other: "Area") -> "Area":
        return Area(
            self.is_country or other.is_country,
            self.provinces | other.provinces,
            self.districts | other.districts,
            self.organizations | other.organizations,
        )

    def has_province(self, code: str) -> bool:
        return self.is_country or code in self.provinces

    def has_district(self, code: str | None) -> bool:
        return bool(code) and (self.is_country or code in self.districts or str(code)[:2] in self.provinces)

    def has_place(self, province: str, district: str | None) -> bool:
        """Whether something that stands in a province, and in a district when that is known, is inside."""
        return self.has_province(province) or self.has_district(district)

    def where(self, *, province: str, district: str, organizations: Iterable[str] = ()) -> Q:
        """A condition that keeps the rows inside: the names of their columns are given, as in a filter.

        An empty area keeps nothing: the condition is then false, never absent.
        """
        if self.is_country:
            return Q()
        inside: Any = Q(pk__in=[])
        if self.provinces:
            inside |= Q(**{f"{province}__in": self.provinces})
        if self.districts:
            inside |= Q(**{f"{district}__in": self.districts})
        if self.organizations:
            for column in organizations:
                inside |= Q(**{f"{column}__in": self.organizations})
        return inside
