"""In which areas an enrollment or a board counts: codes such as n, c14, p18, f1001, g7, d1805, o123."""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from learning.places.models import PromotionGroup, ProvincialOffice, TransferCenter

COUNTRY = "n"


@dataclass(frozen=True)
class Places:
    """Which centers, offices and promotion groups a province or district belongs to today."""

    centers: dict[str, tuple[str, ...]]  # by province
    inner: dict[str, tuple[str, ...]]  # promotion groups and offices with districts of their own, by district
    members: dict[str, str]  # a hash of the members of each center, office and group

    def areas(self, province: str, district: str | None) -> tuple[str, ...]:
        """Every area above the organization itself."""
        above = (COUNTRY, f"p{province}", *self.centers.get(province, ()))
        return (*above, f"d{district}", *self.inner.get(district, ())) if district else above


def places_of_today() -> Places:
    """Three queries, whatever the size of the country."""
    centers, inner, members = defaultdict(list), defaultdict(list), defaultdict(list)
    for center, province in TransferCenter.provinces.through.objects.values_list("transfercenter_id", "province_id"):
        centers[province].append(f"c{center}")
        members[f"c{center}"].append(province)
    for group, district in PromotionGroup.districts.through.objects.values_list("promotiongroup_id", "district_id"):
        inner[district].append(f"g{group}")
        members[f"g{group}"].append(district)
    for office, district in ProvincialOffice.districts.through.objects.values_list(
        "provincialoffice_id", "district_id"
    ):
        inner[district].append(f"f{office}")
        members[f"f{office}"].append(district)
    return Places(
        {province: tuple(sorted(codes)) for province, codes in centers.items()},
        {district: tuple(sorted(codes)) for district, codes in inner.items()},
        {code: hash_of(names) for code, names in members.items()},
    )


def hash_of(members: list[str]) -> str:
    return sha256(" ".join(sorted(members)).encode()).hexdigest()
