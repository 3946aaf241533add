"""The desk costs the same number of queries with one enrollment, with thirty and with three hundred."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.catalog.memory import forget
from learning.enrollments.models import Enrollment
from tests.cast import Cast
from tests.factories.many import make_many_courses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["active", "completed"])
@pytest.mark.parametrize("count", [1, 30, 300])
def test_the_desk_costs_fifteen_queries(
    malee: Client, cast: Cast, django_assert_num_queries: Any, count: int, state: str
) -> None:
    courses = make_many_courses(count + 3)
    seat = cast.board_seat
    Enrollment.objects.bulk_create(
        Enrollment(
            user=cast.malee,
            course=course,
            organization=seat.organization,
            position=seat.position,
            province=seat.organization.province,
            state=state,
            completed_at=timezone.now() if state == "completed" else None,
        )
        for course in courses[:count]
    )
    forget()
    # session · person · enrollments · what is done · the lists of their lessons · memberships · certificates
    # · the next workshop · private pages · suggested courses · their audiences · their covers in a small size
    with django_assert_num_queries(15):
        page = malee.get("/my/")
    assert (len(page.context["active"]), len(page.context["completed"])) == (
        (count, 0) if state == "active" else (0, count)
    )
    assert len(page.context["suggested"]) == 3
