"""An organization is found by the part of its name that people type, and by its province."""

from typing import Any

import pytest
from django.test import Client

from learning.organizations.models import Organization
from learning.organizations.queries import organizations_named
from tests.cast import Cast
from tests.factories.organizations import make_organization

COOPERATIVE = "สหกรณ์การเกษตรทุ่งรวงทอง จำกัด"
FIND = "/account/organizations/find/"


def names(text: str, **where: str) -> list[str]:
    return [organization.name for organization in organizations_named(text, **where)]


@pytest.mark.parametrize(
    "typed",
    [
        "สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
        "สหกรณ์การเกษตรทุ่งรวงทอง จํากัด",  # ำ in two parts
        "สหกรณ์ การเกษตร ทุ่งรวงทอง จำกัด",
        "สหกรณ์การเกษตรทุ่งรวงทอง",
        "การเกษตรทุ่งรวงทอง",
        "การเกษตร ทุ่งรวงทอง",
        "ทุ่งรวงทอง การเกษตร",
        "การเกษตรทุ่งรวงทอง จก.",
        "  การเกษตร\u200bทุ่งรวงทอง ",
    ],
)
def test_the_words_for_cooperative_and_limited_do_not_count(cast: Cast, typed: str) -> None:
    assert names(typed) == [COOPERATIVE]


def test_part_of_a_name_finds_everything_that_holds_it_in_thai_order(cast: Cast) -> None:
    assert names("ทุ่งรวงทอง") == [
        "กลุ่มเยาวชนสหกรณ์โรงเรียนทุ่งรวงทองวิทยา",
        "กลุ่มสตรีสหกรณ์ทุ่งรวงทอง",
        COOPERATIVE,
    ]


def test_every_word_must_be_there(cast: Cast) -> None:
    assert names("ทุ่งรวงทอง ออมทรัพย์") == []


def test_the_province_narrows_the_search_and_is_enough_by_itself(cast: Cast) -> None:
    make_organization("สหกรณ์การเกษตรแม่ริม จำกัด", province="เชียงใหม่")
    assert names("การเกษตร", province="18") == [COOPERATIVE]
    assert names("การเกษตร", province="50") == ["สหกรณ์การเกษตรแม่ริม จำกัด"]
    assert len(names("", province="18")) == 3


def test_an_inactive_organization_is_not_offered(cast: Cast) -> None:
    Organization.objects.filter(name=COOPERATIVE).update(state="dissolved", ended_on="2026-01-31")
    assert names("การเกษตรทุ่งรวงทอง") == []


def test_a_name_with_thai_digits_is_found_by_arabic_ones(cast: Cast) -> None:
    make_organization("สหกรณ์นิคมทุ่งทอง ๑ จำกัด", kind="settlement")
    assert names("นิคมทุ่งทอง 1") == ["สหกรณ์นิคมทุ่งทอง ๑ จำกัด"]


def test_before_a_search_nothing_is_listed(malee: Client) -> None:
    page = malee.get(FIND)
    assert (page.status_code, page.context["searched"], page.context["organizations"]) == (200, False, [])
    assert len(page.context["provinces"]) == 77


def test_a_search_that_finds_nothing_says_so_and_keeps_what_was_typed(malee: Client) -> None:
    page = malee.get(FIND, {"q": "ไม่มีชื่อนี้", "province": "18"})
    assert (page.context["searched"], page.context["organizations"]) == (True, [])
    assert 'data-found="0"' in page.content.decode()
    assert 'value="ไม่มีชื่อนี้"' in page.content.decode()


@pytest.mark.parametrize("query", [{"q": "\x00"}, {"q": "ทุ่ง\x00รวง"}, {"province": "\x00"}, {"province": "zz"}])
def test_nonsense_finds_nothing_and_breaks_nothing(malee: Client, query: dict[str, str]) -> None:
    assert malee.get(FIND, query).status_code == 200


@pytest.mark.parametrize(("count", "shown", "more"), [(1, 1, False), (30, 30, False), (31, 30, True)])
def test_the_list_costs_the_same_with_one_row_and_with_thirty(
    malee: Client, django_assert_num_queries: Any, count: int, shown: int, more: bool
) -> None:
    for number in range(count):
        make_organization(f"สหกรณ์ประมงทดสอบ {number:03} จำกัด", kind="fishery")
    with django_assert_num_queries(4):  # session, person, provinces, organizations
        page = malee.get(FIND, {"q": "ประมงทดสอบ"})
    assert (len(page.context["organizations"]), page.context["there_are_more"]) == (shown, more)
    assert f'data-found="{shown}"' in page.content.decode()
