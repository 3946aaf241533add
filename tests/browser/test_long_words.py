"""Long names and titles fit a phone of 320 px: no page scrolls sideways (`Visitor.look` measures it)."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from certification.models import Certificate
from courses.catalog.models import CoursePage
from learning.organizations.models import Organization
from learning.sittings.flows import open_sitting
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.catalog import make_course, make_lesson
from tests.factories.learning import enroll_malee, lessons_of, read_everything, sit_test

# Letters that no browser may break between, unless it is told to.
NAME = "Saraphirungruangkitphaisanwongtrakulthongjaideemeesuksawatdee"[:60]
TITLE = ("การควบคุมภายในและการป้องกันทุจริตในสหกรณ์ขนาดเล็กสำหรับคณะกรรมการดำเนินการผู้จัดการและผู้ตรวจสอบกิจการ" * 2)[:120]
ORGANIZATION = "สหกรณ์การเกษตรเพื่อการตลาดลูกค้าธนาคารเพื่อการเกษตรและสหกรณ์การเกษตรจังหวัดประจวบคีรีขันธ์ทุ่งรวงทอง จำกัด"


@pytest.fixture
def long_course(cast: Cast) -> CoursePage:
    """A course and a person whose every word is long."""
    assert (len(NAME), len(TITLE)) == (60, 120)
    cast.malee.first_name = NAME
    cast.malee.last_name = NAME
    cast.malee.save()
    Organization.objects.filter(pk=cast.board_seat.organization_id).update(name=ORGANIZATION)
    course = make_course("long", title=TITLE, lessons=0)
    wide = f"<p>{NAME * 3}</p><p><code>{NAME * 2}</code></p>"
    make_lesson(course, "wide", title=TITLE, body=[("text", wide)])
    return CoursePage.objects.get(pk=course.pk)


def test_no_page_scrolls_sideways_whatever_the_words(
    visit: Callable[..., Visitor], cast: Cast, long_course: CoursePage, course: CoursePage
) -> None:
    enrollment = enroll_malee(cast, long_course)
    test = next(lesson for lesson in lessons_of(long_course) if lesson.quiz_id)
    reader = visit("phone", by=cast.malee)
    reader.go("/enroll/control/")
    reader.go("/courses/long/")
    reader.go("/courses/long/wide/")
    reader.go("/tests/long/final-test/")
    sitting = open_sitting(enrollment, test, by=cast.malee)
    reader.go(reverse("sittings:sit", args=[sitting.pk]))
    reader.go("/my/")
    sit_test(enrollment, by=cast.malee, right=True)
    reader.go(reverse("sittings:result", args=[sitting.pk]))
    read_everything(enrollment, by=cast.malee)
    [certificate] = Certificate.objects.all()
    assert (NAME in certificate.holder_name, certificate.course_title) == (True, TITLE)
    for path in (
        "/my/",
        f"/v/{certificate.code}",
        "/account/organizations/",
        f"/account/organizations/{cast.board_seat.organization_id}/join/",
        "/account/details/",
        f"/courses/?q={NAME}",
        "/",
    ):
        reader.go(path)


@pytest.mark.parametrize(
    "path", ["/account/password/reset/", "/v/", "/v/AAAABBBBCCCC", "/about/", "/help/", "/privacy/", "/nothing-here/"]
)
def test_the_quiet_pages_are_sound_too(visit: Callable[..., Visitor], cast: Cast, path: str) -> None:
    visit("phone").go(path)
