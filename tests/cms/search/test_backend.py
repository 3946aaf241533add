"""The backend on whichever database the run has; the suite runs this file on SQLite and on PostgreSQL."""

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from modelsearch.query import Boost, Not, Phrase, PlainText
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.utils import parse_query_string

pytestmark = pytest.mark.django_db

TITLES = [
    "คู่มือการสอบบัญชีสหกรณ์",
    "ราคาข้าวหอมมะลิ",
    "ข่าวการอบรม",
    "ปลายปีบัญชี",
    "การเลี้ยงปลา",
    "มาตรา ๕๐ คณะกรรมการดำเนินการ",
    "Excel สำหรับเหรัญญิก",
]


@pytest.fixture(autouse=True)
def documents() -> None:
    for title in TITLES:
        Document.objects.create(title=title, file="paper.pdf")


def found(query: object, **options: object) -> list[str]:
    return sorted(document.title for document in get_search_backend().search(query, Document, **options))


def suggested(query: object, **options: object) -> list[str]:
    return sorted(document.title for document in get_search_backend().autocomplete(query, Document, **options))


def test_the_site_searches_with_this_backend() -> None:
    assert type(get_search_backend()).__module__.startswith("cms.search.")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("บัญชี", ["คู่มือการสอบบัญชีสหกรณ์", "ปลายปีบัญชี"]),
        ("สอบบัญชี", ["คู่มือการสอบบัญชีสหกรณ์"]),
        ("ปลา", ["การเลี้ยงปลา"]),
        ("ข้าว", ["ราคาข้าวหอมมะลิ"]),
        ("ข่าว", ["ข่าวการอบรม"]),
        ("กรรมการ", ["มาตรา ๕๐ คณะกรรมการดำเนินการ"]),
        ("50", ["มาตรา ๕๐ คณะกรรมการดำเนินการ"]),
        ("excel เหรัญญิก", ["Excel สำหรับเหรัญญิก"]),
        ("excel ปลา", []),
        ("บญชี", []),
        ("ตรา", []),
    ],
)
def test_search_finds_whole_words(query: str, titles: list[str]) -> None:
    assert found(query) == sorted(titles)


def test_any_of_the_words_is_enough_when_asked_so() -> None:
    assert found("excel ปลา", operator="or") == sorted(["Excel สำหรับเหรัญญิก", "การเลี้ยงปลา"])


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("สหก", ["คู่มือการสอบบัญชีสหกรณ์"]),
        ("สหกรณ", ["คู่มือการสอบบัญชีสหกรณ์"]),
        ("ปลา", ["การเลี้ยงปลา", "ปลายปีบัญชี"]),
        ("คณะกรรม", ["มาตรา ๕๐ คณะกรรมการดำเนินการ"]),
        ("เหรัญ", ["Excel สำหรับเหรัญญิก"]),
        ("Exc", ["Excel สำหรับเหรัญญิก"]),
        ("บัญชี สหก", ["คู่มือการสอบบัญชีสหกรณ์"]),
        ("ลา", []),
        ("xcel", []),
    ],
)
def test_autocomplete_finds_words_that_are_typed_half(query: str, titles: list[str]) -> None:
    assert suggested(query) == sorted(titles)


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '"ปลา',
        "'",
        "*",
        "(",
        ")",
        ":",
        "^",
        "-",
        "%",
        "\\",
        "&|!<->",
        "ๆ",
        "ฯ",
        " ",
        "",
        "\x00",
        "\ud800",
    ],
)
def test_an_odd_query_finds_nothing_or_its_word_and_never_fails(query: str) -> None:
    expected = ["การเลี้ยงปลา"] if "ปลา" in query else []
    assert found(query) == expected
    assert [title for title in suggested(query) if title != "ปลายปีบัญชี"] == expected


@pytest.mark.parametrize("query", ["ซ " * 5000, "ปลา" * 5000, "NOT AND OR", "title:ปลา", "a' OR 1=1 --", "%s %(x)s"])
def test_a_long_or_hostile_query_is_only_a_search(query: str) -> None:
    assert found(query) == []
    assert suggested(query) == []


def test_a_phrase_in_quotes_is_side_by_side() -> None:
    _filters, query = parse_query_string('"สอบบัญชี"')
    assert found(query) == ["คู่มือการสอบบัญชีสหกรณ์"]
    assert found(Phrase("บัญชีสอบ")) == []


def test_a_query_is_turned_round() -> None:
    assert found(Not(PlainText("บัญชี"))) == sorted(set(TITLES) - {"คู่มือการสอบบัญชีสหกรณ์", "ปลายปีบัญชี"})
    assert found(PlainText("บัญชี") & Not(PlainText("ปลาย"))) == ["คู่มือการสอบบัญชีสหกรณ์"]


def test_a_boost_changes_no_result() -> None:
    assert found(Boost(PlainText("ปลา"), 3)) == ["การเลี้ยงปลา"]


def test_the_search_in_one_field_knows_words_too() -> None:
    assert found("สอบบัญชี", fields=["title"]) == ["คู่มือการสอบบัญชีสหกรณ์"]
    assert suggested("สหก", fields=["title"]) == ["คู่มือการสอบบัญชีสหกรณ์"]


def test_a_title_that_says_the_words_more_often_comes_first() -> None:
    best = Document.objects.create(title="ปลา ปลา ปลา เลี้ยง", file="paper.pdf")
    assert next(iter(get_search_backend().search("ปลา เลี้ยง", Document))) == best


def test_a_change_of_the_title_is_searched_at_once() -> None:
    document = Document.objects.get(title="ข่าวการอบรม")
    document.title = "ประกาศรับสมัคร"
    document.save()
    assert (found("ข่าว"), found("สมัคร")) == ([], ["ประกาศรับสมัคร"])


def test_a_deleted_document_is_not_found() -> None:
    Document.objects.get(title="ข่าวการอบรม").delete()
    assert found("ข่าว") == []


def test_pages_are_found_by_a_word_inside_their_title() -> None:
    root = Page.get_first_root_node()
    page = root.add_child(instance=Page(title="หลักสูตรผู้ตรวจสอบกิจการ", slug="auditors"))
    assert list(Page.objects.search("ตรวจสอบ")) == [page]
    assert list(Page.objects.autocomplete("ตรวจสอ")) == [page]


def test_the_admin_and_its_chooser_find_a_page_by_half_a_word(admin_user: AbstractUser, client: Client) -> None:
    root = Page.get_first_root_node()
    root.add_child(instance=Page(title="หลักสูตรผู้ตรวจสอบกิจการ", slug="auditors"))
    root.add_child(instance=Page(title="หลักสูตรเหรัญญิก", slug="treasurers"))
    client.force_login(admin_user)
    for address in (reverse("wagtailadmin_pages:search"), reverse("wagtailadmin_choose_page_search")):
        answer = client.get(address, {"q": "ตรวจสอ"}).content.decode()
        assert "หลักสูตรผู้ตรวจสอบกิจการ" in answer
        assert "หลักสูตรเหรัญญิก" not in answer
