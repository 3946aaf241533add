"""Home and standard pages: what the editor wrote, and the ways on."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.models import HomePage, StandardPage
from courses.catalog.models import CourseIndexPage
from tests.factories.catalog import make_course

pytestmark = pytest.mark.django_db


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_home_page_says_what_this_is_and_where_to_go(client: Client, pages: CourseIndexPage) -> None:
    home = HomePage.objects.get()
    shown = soup(client, "/")
    assert " ".join(shown.h1.get_text(" ").split()) == home.headline
    assert home.introduction in shown.get_text()
    assert shown.html["lang"] == "th"
    links = {link["href"] for link in shown.select("main a")}
    assert {"/courses/", "/v/"} - links == set()
    assert len(shown.select(".highlight")) == len(home.highlights) == 3


def test_the_home_page_shows_published_courses_and_none_before_there_is_one(
    client: Client, pages: CourseIndexPage
) -> None:
    assert soup(client, "/").select(".course-card") == []
    for slug in ("one", "two"):
        make_course(slug, lessons=1, quiz=None)
    assert [link["href"] for link in soup(client, "/").select(".course-card h3 a")] == [
        "/courses/one/",
        "/courses/two/",
    ]


@pytest.mark.parametrize("slug", ["about", "help", "privacy"])
def test_a_standard_page_shows_its_text(client: Client, pages: CourseIndexPage, slug: str) -> None:
    page = StandardPage.objects.get(slug=slug)
    shown = soup(client, f"/{slug}/")
    assert " ".join(shown.h1.get_text(" ").split()) == page.title
    assert page.introduction in shown.get_text()
    assert len(shown.select(".prose-th > *")) > 0
    assert [heading.name for heading in shown.find_all(["h1"])] == ["h1"]


def test_every_link_of_header_and_footer_leads_somewhere(client: Client, pages: CourseIndexPage) -> None:
    shown = soup(client, "/")
    addresses = {link["href"] for link in shown.select("header a, footer a") if link["href"].startswith("/")}
    assert len(addresses) >= 6
    statuses = {address: client.get(address).status_code for address in addresses}
    assert {address: status for address, status in statuses.items() if status != 200} == {}


def test_a_page_is_unpublished_with_404(client: Client, pages: CourseIndexPage) -> None:
    StandardPage.objects.get(slug="about").unpublish()
    assert client.get("/about/").status_code == 404


def test_the_way_into_the_admin_is_shown_to_nobody_without_a_right(client: Client, pages: CourseIndexPage) -> None:
    from learning.people.models import User

    assert "/admin/" not in client.get("/").content.decode()
    client.force_login(User.objects.create_user("malee", first_name="มาลี", last_name="ใจดี"))
    assert "/admin/" not in client.get("/").content.decode()
    client.force_login(User.objects.create_superuser("root"))
    assert "/admin/" in client.get("/").content.decode()
