"""The staircase of docs/architecture.md: the last quiz earns the certificate, which an outsider checks."""

import hashlib
from typing import Any

import pytest
from django.test import Client

from certification.models import Certificate
from courses.catalog.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.sittings import right_values

pytestmark = pytest.mark.django_db


def test_a_board_member_learns_passes_and_holds_a_certificate_that_anyone_can_check(
    client: Client, cast: Cast, course: CoursePage, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(cast.malee)

    enrolled = client.post("/enroll/control/", {"membership": cast.board_seat.pk})
    assert enrolled["Location"] == "/my/courses/control/continue/"
    assert client.get(enrolled["Location"])["Location"] == "/courses/control/lesson-1/"

    for number in (1, 2):
        address = f"/courses/control/lesson-{number}/"
        assert client.get(address).status_code == 200
        client.post(f"{address}done/")
    assert client.get("/my/courses/control/continue/")["Location"] == "/courses/control/final-test/"

    test_address = client.post("/tests/control/final-test/")["Location"]
    sitting = Sitting.objects.get()
    for response in sitting.responses.select_related("question"):
        saved = client.post(
            f"{test_address}answers/{response.position}/",
            {"answer": right_values(response), "revision": 0},
            headers={"accept": "application/json"},
        )
        assert saved.json() == {"saved": True, "revision": 1}
    with django_capture_on_commit_callbacks(execute=True):
        handed_in = client.post(f"{test_address}submit/")
    assert handed_in["Location"] == f"/sittings/{sitting.pk}/result/"
    assert client.get(handed_in["Location"]).status_code == 200

    enrollment = Enrollment.objects.get()
    certificate = Certificate.objects.get()
    assert (enrollment.state, enrollment.certificate) == ("completed", certificate)
    assert certificate.holder_name == "นางมาลี ใจดี"
    assert certificate.holder_role == "กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด"
    assert certificate.running_number == 1

    downloaded = client.get(f"/certificates/{certificate.code}/file/")
    content = b"".join(downloaded.streaming_content)
    assert downloaded["Content-Type"] == "application/pdf"
    assert hashlib.sha256(content).hexdigest() == certificate.sha256

    outsider = Client()
    page = outsider.get(f"/v/{certificate.code}")
    assert page.status_code == 200
    for printed in (certificate.holder_name, certificate.course_title, certificate.number, certificate.issuer):
        assert printed in page.content.decode()
    client.force_login(cast.krit)
    assert client.get(f"/certificates/{certificate.code}/file/").status_code == 404
