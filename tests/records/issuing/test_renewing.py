"""Who learns a course again when its certificate is about to expire earns one that renews it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from certification.flows import revoke
from certification.models import CertificateDesign
from courses.catalog.models import CoursePage
from learning.enrollments.choices import EnrollmentState
from learning.enrollments.flows import complete_enrollment, enroll
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.records.issuing.conftest import EVENING

pytestmark = pytest.mark.django_db
LAST_DAYS = EVENING + timedelta(days=365 - 60)


@pytest.fixture
def course(cast: Cast) -> CoursePage:
    design = CertificateDesign.objects.get(slug="standard")
    design.valid_months = 12
    design.save()
    course = make_course()
    course.certificate_design = design
    course.save()
    with time_machine.travel(EVENING, tick=False):
        complete_enrollment(enroll(course, membership=cast.board_seat, by=cast.malee), by=cast.malee)
    return course


def test_before_the_last_sixty_days_it_is_the_same_enrollment(course: CoursePage, cast: Cast) -> None:
    with time_machine.travel(LAST_DAYS - timedelta(days=1), tick=False):
        assert enroll(course, membership=cast.board_seat, by=cast.malee).state == EnrollmentState.COMPLETED
    assert cast.malee.enrollments.count() == 1


def test_in_the_last_sixty_days_it_is_learnt_again_and_renewed(course: CoursePage, cast: Cast, client: Client) -> None:
    first = cast.malee.enrollments.get()
    with time_machine.travel(LAST_DAYS, tick=False):
        client.force_login(cast.malee)
        assert client.get(reverse("enrollments:enroll", args=[course.slug])).status_code == 200
        again = enroll(course, membership=cast.board_seat, by=cast.malee)
        assert (again.state, again.pk != first.pk) == (EnrollmentState.ACTIVE, True)
        assert enroll(course, membership=cast.board_seat, by=cast.malee) == again
        complete_enrollment(again, by=cast.malee)
    first.refresh_from_db()
    assert first.renewed_at is not None
    assert (again.certificate.renews, again.certificate != first.certificate) == (first.certificate, True)


def test_who_was_revoked_may_earn_another_which_renews_nothing(course: CoursePage, cast: Cast) -> None:
    first = cast.malee.enrollments.get()
    with time_machine.travel(EVENING + timedelta(days=2), tick=False):
        revoke(first.certificate, reason="สอบแทนกัน", by=cast.somchai)
        again = enroll(course, membership=cast.board_seat, by=cast.malee)
        complete_enrollment(again, by=cast.malee)
    assert (again.pk != first.pk, again.certificate.renews) == (True, None)
