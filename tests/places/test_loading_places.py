"""The official places: how many there are, their codes, and that loading them again changes nothing."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from learning.places.flows import load_places
from learning.places.models import District, Province, ProvincialOffice, TransferCenter

pytestmark = pytest.mark.django_db

NOTHING = {"provinces": 0, "districts": 0, "offices": 0, "centers": 0}


@pytest.fixture(autouse=True)
def loaded() -> dict[str, int]:
    return load_places()


def test_every_place_is_written_once(loaded: dict[str, int]) -> None:
    rows = [model.objects.count() for model in (Province, District, ProvincialOffice, TransferCenter)]
    assert loaded == {"provinces": 77, "districts": 928, "offices": 78, "centers": 20}
    assert rows == [77, 928, 78, 20]


def test_loading_twice_writes_nothing() -> None:
    assert load_places() == NOTHING


def test_a_code_begins_with_the_code_of_its_province() -> None:
    for model in (District, ProvincialOffice):
        strangers = [row.code for row in model.objects.all() if row.code[:2] != row.province_id or len(row.code) != 4]
        assert strangers == []
    assert {len(code) for code in Province.objects.values_list("code", flat=True)} == {2}
    assert list(TransferCenter.objects.values_list("number", flat=True)) == list(range(1, 21))


def test_known_places_stand_under_their_official_codes() -> None:
    assert Province.objects.get(code="10").name == "กรุงเทพมหานคร"
    assert Province.objects.get(code="18").name == "ชัยนาท"
    sapphaya = District.objects.get(province="18", name="สรรพยา")
    assert (sapphaya.code, sapphaya.full_name, sapphaya.province.full_name) == ("1804", "อำเภอสรรพยา", "จังหวัดชัยนาท")


def test_bangkok_has_fifty_khet_and_two_offices_and_is_never_called_a_changwat() -> None:
    bangkok = Province.objects.get(code="10")
    assert bangkok.full_name == "กรุงเทพมหานคร"
    assert bangkok.districts.count() == 50
    assert {district.full_name[:3] for district in bangkok.districts.all()} == {"เขต"}
    per_province = Counter(ProvincialOffice.objects.values_list("province_id", flat=True))
    assert per_province["10"] == 2
    assert {count for code, count in per_province.items() if code != "10"} == {1}
    assert len(per_province) == 77


def test_a_changed_name_is_mended_and_only_that_row_written() -> None:
    Province.objects.filter(code="18").update(name="ไชยนาท")
    TransferCenter.objects.filter(number=3).update(short_name="ศูนย์ที่สาม")
    assert load_places() == {**NOTHING, "provinces": 1, "centers": 1}
    assert Province.objects.get(code="18").name == "ชัยนาท"
    assert load_places() == NOTHING


def test_a_lost_row_comes_back() -> None:
    District.objects.filter(code="1804").delete()
    assert load_places() == {**NOTHING, "districts": 1}
    assert District.objects.get(code="1804").name == "สรรพยา"


def test_the_provinces_an_administrator_gave_a_center_are_left_alone() -> None:
    center = TransferCenter.objects.get(number=1)
    center.provinces.set(["18", "60"])
    TransferCenter.objects.filter(number=1).update(name="ชื่อเก่า")
    load_places()
    center.refresh_from_db()
    assert center.name != "ชื่อเก่า"
    assert sorted(center.provinces.values_list("code", flat=True)) == ["18", "60"]


def test_the_command_says_how_many_rows_it_wrote() -> None:
    said = StringIO()
    call_command("load_places", stdout=said)
    assert said.getvalue().splitlines() == [
        "provinces: 0 written",
        "districts: 0 written",
        "offices: 0 written",
        "centers: 0 written",
    ]
