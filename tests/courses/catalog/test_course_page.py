"""The page of a course is the same for everybody; what is personal comes from elsewhere."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from courses.catalog.models import CoursePage
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import enroll_malee

pytestmark = pytest.mark.django_db


def main(client: Client, address: str = "/courses/control/") -> str:
    page = client.get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_what_stands_between_header_and_footer_is_the_same_bytes_for_everybody(cast: Cast, course: CoursePage) -> None:
    enroll_malee(cast, course)
    pages = {}
    for person in (None, cast.malee, cast.krit, cast.wipa):
        client = Client()
        if person:
            client.force_login(person)
            assert person.first_name in client.get("/courses/control/").content.decode()
        pages[person and person.username] = main(client)
    assert len(set(pages.values())) == 1
    said = pages[None]
    personal = [cast.malee.first_name, cast.malee.last_name, "ทุ่งรวงทอง", "csrfmiddlewaretoken", cast.malee.username]
    assert [word for word in personal if word in said] == []


def test_the_personal_part_is_fetched_from_an_address_of_its_own(
    client: Client, cast: Cast, course: CoursePage
) -> None:
    soup = BeautifulSoup(main(client), "html.parser")
    address = soup.select_one("[data-fragment]")["data-fragment"]
    enroll_malee(cast, course)
    client.force_login(cast.malee)
    response = client.get(address)
    assert response.status_code == 200
    assert "/my/courses/control/continue/" in response.content.decode()
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_the_page_tells_what_the_course_is(client: Client, course: CoursePage) -> None:
    law = make_course("law", lessons=1, quiz=None, title="กฎหมายสหกรณ์")
    course.outcomes = [("outcome", "ตรวจนับเงินสดได้"), ("outcome", "แบ่งหน้าที่ได้")]
    course.sources = [("source", "พ.ร.บ. สหกรณ์ พ.ศ. 2542 มาตรา 65")]
    course.law_version, course.title_en = "ฉบับที่ 3 พ.ศ. 2562", "Internal control"
    course.prerequisites = [course.prerequisites.model(requires=law)]
    course.save_revision().publish()
    soup = BeautifulSoup(main(client), "html.parser")
    assert soup.h1.get_text() == course.title
    assert [item.get_text() for item in soup.select(".ticks li")] == ["ตรวจนับเงินสดได้", "แบ่งหน้าที่ได้"]
    assert [link["href"] for link in soup.select(".lesson-list a")] == [
        f"/courses/control/{slug}/" for slug in ("lesson-1", "lesson-2", "final-test")
    ]
    text = soup.get_text(" ", strip=True)
    said = [course.summary, "Internal control", "กฎหมายสหกรณ์", "ฉบับที่ 3 พ.ศ. 2562", "มาตรา 65"]
    assert [word for word in said if word not in text] == []
    assert soup.select_one("a[href='/courses/law/']") is not None


def test_a_course_without_lessons_says_so_instead_of_a_list(client: Client, academy: object) -> None:
    make_course("empty", lessons=0, quiz=None)
    response = client.get("/courses/empty/")
    assert response.status_code == 200
    assert BeautifulSoup(response.content, "html.parser").select(".lesson-list") == []


def test_no_answer_of_a_test_stands_in_the_page(client: Client, course: CoursePage) -> None:
    page = main(client)
    assert re.findall("คำถามที่|คำอธิบาย", page) == []


def test_a_lesson_asks_whoever_is_not_enrolled_to_enroll(client: Client, cast: Cast, course: CoursePage) -> None:
    for person in (None, cast.malee, cast.krit):
        if person:
            client.force_login(person)
        response = client.get("/courses/control/lesson-1/")
        assert response.status_code in (302, 403)
        assert "นับเงินสดทุกสิ้นวัน" not in response.content.decode()
