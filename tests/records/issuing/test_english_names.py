"""From the person to the sheet: a completed course, a workshop and a batch carry what its owner wrote, or nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from certification.making import Made
from certification.models import CertificateDesign
from learning.enrollments.flows import complete_enrollment
from learning.people.models import User
from learning.records.flows.issuing import open_workshop_batch
from learning.workshops.completing import complete_seat
from learning.workshops.models import Seat, Workshop
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import enroll_malee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
Hold = Callable[[int], Workshop]


@pytest.fixture
def both(cast: Cast) -> CertificateDesign:
    """The standard design, with English lines."""
    CertificateDesign.objects.filter(slug="standard").update(languages="th-en")
    return CertificateDesign.objects.get(slug="standard")


@pytest.mark.parametrize("name", ["Malee Jaidee", ""])
def test_a_completed_course_carries_it(cast: Cast, both: CertificateDesign, name: str) -> None:
    cast.malee.name_en = name
    cast.malee.save()
    course = make_course()
    course.certificate_design = both
    course.save()
    certificate = complete_enrollment(enroll_malee(cast, course), by=cast.malee).certificate
    assert (certificate.holder_name, certificate.holder_name_en) == ("นางมาลี ใจดี", name)


def test_a_seat_carries_it(hold: Hold, both: CertificateDesign) -> None:
    hold(1)
    User.objects.filter(pk=Seat.objects.get().user_id).update(name_en="Bunmi Thongdi")
    seat = Seat.objects.get()
    complete_seat(seat, by=seat.user)
    seat.refresh_from_db()
    assert seat.certificate.holder_name_en == "Bunmi Thongdi"


def test_in_a_batch_each_carries_their_own(
    hold: Hold,
    cast: Cast,
    both: CertificateDesign,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(b"%PDF"))
    workshop = hold(3)
    people = list(Seat.objects.order_by("pk").values_list("user", flat=True))
    User.objects.filter(pk=people[0]).update(name_en="Bunmi Thongdi")
    User.objects.filter(pk=people[2]).update(name_en="Krit Phakphian")
    with django_capture_on_commit_callbacks(execute=True):
        open_workshop_batch(workshop, by=cast.wipa)
    found = {seat.user_id: seat.certificate.holder_name_en for seat in Seat.objects.select_related("certificate")}
    assert [found[person] for person in people] == ["Bunmi Thongdi", "", "Krit Phakphian"]
