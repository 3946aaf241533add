import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from cms.thai.names import collation_key, organization_key

# Two of each rule: leading vowels, tone marks, ็ and ์, ฤ, blanks, digits, Latin letters.
IN_ORDER = [
    "10",
    "2",
    "กลุ่ม 1",
    "กลุ่มก",
    "ก่า",
    "ก้า",
    "กาฬสินธุ์",
    "เกา",
    "เก่า",
    "ไก่",
    "ไกล",
    "ขอนแก่น",
    "เชียงราย",
    "เชียงใหม่",
    "นครพนม",
    "น่าน",
    "แพร่",
    "ฤดู",
    "เลย ใต้",
    "สระแก้ว",
    "A4",
    "apple",
]


@pytest.mark.parametrize(
    "name",
    [
        "สหกรณ์การเกษตรบ้านนา จำกัด",
        "สหกรณ์การเกษตรบ้านนาจำกัด",
        "สหกรณ์ การเกษตร บ้านนา  จก.",
        "การเกษตรบ้านนา",
        "สห\u200bกรณ์การเกษตรบ้าน-นา จำกัด.",
    ],
)
def test_all_ways_to_write_one_cooperative_have_one_key(name: str) -> None:
    assert organization_key(name) == "การเกษตรบ้านนา"


def test_a_federation_is_not_its_member() -> None:
    keys = {
        organization_key(name)
        for name in (
            "ชุมนุมสหกรณ์การเกษตรบ้านนา จำกัด",
            "สหกรณ์การเกษตรบ้านนา จำกัด",
            "กลุ่มเกษตรกรบ้านนา",
            "ร้านสหกรณ์บ้านนา จำกัด",
        )
    }
    assert len(keys) == 4


def test_digits_and_latin_letters_are_compared_without_their_form() -> None:
    assert organization_key("สหกรณ์ ABC หมู่ ๙ จำกัด") == organization_key("abcหมู่9")


def test_a_name_that_ends_like_the_abbreviation_keeps_its_end() -> None:
    assert organization_key("กลุ่มอาชีพกระจก") == "กลุ่มอาชีพกระจก"


@pytest.mark.parametrize("name", ["สหกรณ์", "จำกัด"])
def test_a_name_of_nothing_else_keeps_its_word(name: str) -> None:
    assert organization_key(name) == name


def test_names_stand_in_the_order_of_the_dictionary() -> None:
    assert sorted(set(IN_ORDER), key=collation_key) == IN_ORDER


@given(st.lists(st.text(alphabet="กขคนเแไาะำิ่้็์ 1a", max_size=8), max_size=6))
def test_the_key_does_not_depend_on_the_order_of_the_input(names: list[str]) -> None:
    assert sorted(map(collation_key, names)) == sorted(map(collation_key, reversed(names)))


@pytest.mark.django_db
def test_both_databases_give_the_thai_order_under_one_name() -> None:
    places = ", ".join(["(%s)"] * len(IN_ORDER))
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT column1 FROM (VALUES {places}) AS names ORDER BY column1 COLLATE "th-x-icu"',
            sorted(IN_ORDER),
        )
        found = [name for (name,) in cursor.fetchall()]
    assert found == IN_ORDER


@pytest.mark.django_db
def test_texts_that_only_sort_alike_are_still_two() -> None:
    with connection.cursor() as cursor:
        cursor.execute('SELECT %s = %s COLLATE "th-x-icu"', ["กขค", "กข ค"])
        assert not cursor.fetchone()[0]
