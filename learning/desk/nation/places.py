"""Promotion groups, the districts of Bangkok's offices and the provinces of the centers: invented, to be edited."""

from random import Random

from learning.desk.nation.writing import next_key, write
from learning.places.models import District, PromotionGroup, Province, ProvincialOffice, TransferCenter

FEWEST_GROUPS, MOST_GROUPS = 2, 5
DISTRICTS_OF_A_GROUP = 3.4
FEWEST_PROVINCES, MOST_PROVINCES = 3, 6


def write_places(rng: Random) -> dict[str, int]:
    """Only what nobody has entered yet; gives the promotion group of each district."""
    _share_bangkok()
    if not TransferCenter.provinces.through.objects.exists():
        _give_provinces_to_centers(rng)
    _make_groups()
    rows = PromotionGroup.districts.through.objects.order_by("pk").values_list("district_id", "promotiongroup_id")
    return dict(rows)


def _districts_of_offices() -> dict[str, list[str]]:
    """Every office with its districts in the order of their codes."""
    own: dict[str, list[str]] = {}
    rows = ProvincialOffice.districts.through.objects.order_by("district_id")
    for office, district in rows.values_list("provincialoffice_id", "district_id"):
        own.setdefault(office, []).append(district)
    of_provinces: dict[str, list[str]] = {}
    for code in District.objects.order_by("code").values_list("code", flat=True):
        of_provinces.setdefault(code[:2], []).append(code)
    offices = ProvincialOffice.objects.order_by("code").values_list("code", "province_id")
    return {office: own.get(office) or of_provinces[province] for office, province in offices}


def _share_bangkok() -> None:
    """Offices that share a province and have no districts of their own get as many each."""
    through = ProvincialOffice.districts.through
    offices: dict[str, list[str]] = {}
    for code, province in ProvincialOffice.objects.order_by("code").values_list("code", "province_id"):
        offices.setdefault(province, []).append(code)
    key, rows = next_key(through), []
    for province, codes in offices.items():
        if len(codes) < 2 or through.objects.filter(provincialoffice__in=codes).exists():
            continue
        districts = list(District.objects.filter(province=province).order_by("code").values_list("code", flat=True))
        for place, district in enumerate(districts):
            rows.append((key + len(rows), codes[place * len(codes) // len(districts)], district))
    write(through, "id provincialoffice_id district_id", rows)


def _give_provinces_to_centers(rng: Random) -> None:
    """Neighbors by code, three to six for each center; every province is served by one."""
    through = TransferCenter.provinces.through
    centers = list(TransferCenter.objects.order_by("host_province", "number").values_list("number", flat=True))
    provinces = list(Province.objects.order_by("code").values_list("code", flat=True))
    sizes = [FEWEST_PROVINCES] * len(centers)
    while sum(sizes) < len(provinces):
        center = rng.randrange(len(centers))
        sizes[center] += sizes[center] < MOST_PROVINCES
    served = [center for center, size in zip(centers, sizes, strict=True) for _ in range(size)]
    pairs = enumerate(zip(served, provinces, strict=True), next_key(through))
    write(through, "id transfercenter_id province_id", [(key, *pair) for key, pair in pairs])


def _make_groups() -> None:
    """Groups for the offices that have none, each with neighboring districts."""
    through = PromotionGroup.districts.through
    known = set(PromotionGroup.objects.values_list("office_id", flat=True))
    key, first = next_key(PromotionGroup), next_key(through)
    groups, members = [], []
    for office, districts in _districts_of_offices().items():
        if office in known:
            continue
        wanted = round(len(districts) / DISTRICTS_OF_A_GROUP)
        count = min(max(wanted, FEWEST_GROUPS), MOST_GROUPS, len(districts))
        for place, district in enumerate(districts):
            members.append((first + len(members), key + len(groups) + place * count // len(districts), district))
        groups += [(key + len(groups) + number, office, number + 1) for number in range(count)]
    write(PromotionGroup, "id office_id number", groups)
    write(through, "id promotiongroup_id district_id", members)
