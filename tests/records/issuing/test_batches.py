"""A batch issues line by line, each in a transaction of its own; what a killed worker leaves is gone on with."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from certification.choices import CertificateState
from certification.making import Made
from certification.models import Certificate, CertificateCounter, CertificateDesign
from learning.duties.models import Duty
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.notices.models import Notice
from learning.places.models import ProvincialOffice, TransferCenter
from learning.records import lines
from learning.records.batching import (
    batches_visible_to,
    files_in_trouble,
    job_of,
    progress_of,
    uncertified_enrollments,
)
from learning.records.choices import BatchState, ItemState
from learning.records.flows.ending import revoke
from learning.records.flows.issuing import open_course_batch, open_workshop_batch, sweep_batches
from learning.records.lines import work_on_batch
from learning.records.models import BatchItem, IssueBatch
from learning.records.queries import reach_of
from learning.workshops.models import Seat, Workshop
from tests.cast import Cast
from tests.records.issuing.conftest import EVENING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
Hold = Callable[[int], Workshop]


@pytest.fixture(autouse=True)
def quick_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(b"%PDF"))


def states(batch: IssueBatch) -> list[str]:
    return list(batch.items.order_by("position").values_list("state", flat=True))


def numbers() -> list[int]:
    return sorted(Certificate.objects.values_list("running_number", flat=True))


def test_everybody_who_attended_gets_one_and_the_page_can_be_left(
    hold: Hold, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    workshop = hold(5)
    with django_capture_on_commit_callbacks(execute=True):
        batch = open_workshop_batch(workshop, by=cast.wipa)
        assert (batch.state, states(batch)) == (BatchState.WAITING, [ItemState.WAITING] * 5)
    batch.refresh_from_db()
    assert (batch.state, states(batch), numbers()) == (BatchState.DONE, [ItemState.ISSUED] * 5, [1, 2, 3, 4, 5])
    progress = progress_of(batch)
    assert (progress.total, progress.issued, progress.filed, progress.percent) == (5, 5, 5, 100)
    assert Seat.objects.filter(certificate__isnull=False, completed_at__isnull=False).count() == 5
    assert Notice.objects.get(key=f"batch-{batch.pk}-done").user == cast.wipa


def test_pressed_twice_it_is_one_batch_and_afterwards_nobody_is_left(hold: Hold, cast: Cast) -> None:
    workshop = hold(2)
    batch = open_workshop_batch(workshop, by=cast.wipa)
    assert open_workshop_batch(workshop, by=cast.wipa) == batch
    work_on_batch(batch.pk)
    with pytest.raises(Refused) as refused:
        open_workshop_batch(workshop, by=cast.wipa)
    assert refused.value.status == 409
    assert (IssueBatch.objects.count(), numbers()) == (1, [1, 2])


def test_who_lacks_something_is_told_what_and_takes_no_number(hold: Hold, cast: Cast) -> None:
    workshop = hold(3)
    batch = open_workshop_batch(workshop, by=cast.wipa)
    lacking = batch.items.get(position=1).seat
    Seat.objects.filter(pk=lacking.pk).update(attended_percent=50)
    work_on_batch(batch.pk)
    assert states(batch) == [ItemState.ISSUED, ItemState.REFUSED, ItemState.ISSUED]
    assert "80%" in batch.items.get(position=1).refusal
    assert (numbers(), CertificateCounter.objects.get().last) == ([1, 2], 2)


def test_one_line_that_fails_stands_in_nobodys_way_and_burns_no_number(
    hold: Hold, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = open_workshop_batch(hold(4), by=cast.wipa)
    odd, complete = batch.items.get(position=1).seat_id, lines.complete_seat

    def fail_after_issuing(seat: Seat, *, by: Any) -> bool:
        done = complete(seat, by=by)
        if seat.pk == odd:
            raise RuntimeError("A fault of the program.")
        return done

    monkeypatch.setattr(lines, "complete_seat", fail_after_issuing)
    work_on_batch(batch.pk)
    assert states(batch) == [ItemState.ISSUED, ItemState.REFUSED, ItemState.ISSUED, ItemState.ISSUED]
    assert (numbers(), Seat.objects.get(pk=odd).completed_at) == ([1, 2, 3], None)


def test_a_database_that_is_away_refuses_nobody(hold: Hold, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = open_workshop_batch(hold(2), by=cast.wipa)

    def away(seat: Seat, *, by: Any) -> bool:
        raise OperationalError("The server closed the connection.")

    monkeypatch.setattr(lines, "complete_seat", away)
    with pytest.raises(OperationalError):
        work_on_batch(batch.pk)
    assert states(batch) == [ItemState.WAITING] * 2


def test_a_worker_that_is_killed_loses_nothing_and_the_sweep_goes_on(
    hold: Hold, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    batch = open_workshop_batch(hold(5), by=cast.wipa)
    third, complete = batch.items.get(position=2).seat_id, lines.complete_seat

    def killed(seat: Seat, *, by: Any) -> bool:
        done = complete(seat, by=by)
        if seat.pk == third:
            raise Killed
        return done

    monkeypatch.setattr(lines, "complete_seat", killed)
    with pytest.raises(Killed):
        work_on_batch(batch.pk)
    monkeypatch.setattr(lines, "complete_seat", complete)
    batch.refresh_from_db()
    assert (batch.state, states(batch).count(ItemState.ISSUED), numbers()) == (BatchState.RUNNING, 2, [1, 2])
    with time_machine.travel(EVENING + timedelta(seconds=59), tick=False):
        assert sweep_batches() == 0
    with time_machine.travel(EVENING + timedelta(seconds=61), tick=False):
        assert sweep_batches() == 1
    batch.refresh_from_db()
    assert (batch.state, states(batch), numbers()) == (BatchState.DONE, [ItemState.ISSUED] * 5, [1, 2, 3, 4, 5])
    with time_machine.travel(EVENING + timedelta(hours=1), tick=False):
        assert sweep_batches() == 0


def test_a_long_batch_lets_the_queue_in_between(hold: Hold, cast: Cast) -> None:
    batch = open_workshop_batch(hold(5), by=cast.wipa)
    assert work_on_batch(batch.pk, at_most=2) == 2
    batch.refresh_from_db()
    assert (batch.state, states(batch).count(ItemState.WAITING)) == (BatchState.RUNNING, 3)
    assert work_on_batch(batch.pk) == 3
    assert work_on_batch(batch.pk) == 0


def test_others_than_the_center_issue_nothing(hold: Hold, cast: Cast) -> None:
    workshop = hold(1)
    for person in (cast.somchai, cast.malee, cast.krit):
        with pytest.raises(Refused) as refused:
            open_workshop_batch(workshop, by=person)
        assert refused.value.status == 403
    assert not IssueBatch.objects.exists()


def test_a_workshop_without_a_design_has_nothing_to_issue(hold: Hold, cast: Cast) -> None:
    workshop = hold(1)
    Workshop.objects.update(certificate_design=None)
    with pytest.raises(Refused):
        open_workshop_batch(workshop, by=cast.wipa)


def test_who_completed_before_the_course_had_a_design_gets_one_in_a_batch(
    cast: Cast, completed: Enrollment, design: CertificateDesign
) -> None:
    assert completed.certificate is None
    assert list(uncertified_enrollments(reach_of(cast.somchai))) == []
    course = completed.course
    course.certificate_design = design
    course.save()
    assert list(uncertified_enrollments(reach_of(cast.somchai))) == [completed]
    assert list(uncertified_enrollments(reach_of(cast.krit))) == []
    with time_machine.travel(EVENING + timedelta(days=30), tick=False):
        batch = open_course_batch(course, by=cast.somchai)
        work_on_batch(batch.pk)
    completed.refresh_from_db()
    certificate = completed.certificate
    assert certificate is not None
    assert certificate.completed_on == timezone.localdate(completed.completed_at)
    assert certificate.issued_on == certificate.completed_on + timedelta(days=30)
    assert (certificate.occasion, certificate.hours) == (f"enrollment:{completed.pk}", completed.hours)
    assert BatchItem.objects.get(batch=batch).certificate == certificate
    with pytest.raises(Refused):
        open_course_batch(course, by=cast.somchai)


def test_an_outsider_issues_nothing_for_a_course(cast: Cast, completed: Enrollment, design: CertificateDesign) -> None:
    completed.course.certificate_design = design
    completed.course.save()
    for person in (cast.krit, cast.malee):
        with pytest.raises(Refused):
            open_course_batch(completed.course, by=person)


@pytest.fixture
def design(cast: Cast) -> CertificateDesign:
    return CertificateDesign.objects.get(slug="standard")


@pytest.fixture
def completed(cast: Cast) -> Enrollment:
    """Malee has completed a course that gave no certificate."""
    from learning.enrollments.flows import complete_enrollment
    from tests.factories.catalog import make_course
    from tests.factories.learning import enroll_malee

    course = make_course()
    course.certificate_design = None
    course.save()
    return complete_enrollment(enroll_malee(cast, course), by=cast.malee)


def test_a_certificate_that_ended_before_its_file_came_keeps_no_batch_from_its_end(hold: Hold, cast: Cast) -> None:
    batch = open_workshop_batch(hold(3), by=cast.wipa)
    work_on_batch(batch.pk)
    issued = [line.certificate for line in batch.items.order_by("position")]
    assert None not in issued
    revoke(issued[0], reason="ออกให้ผิดคน", by=cast.wipa)  # type: ignore[arg-type]
    Certificate.objects.filter(state=CertificateState.VALID).update(rendered_at=timezone.now(), sha256="0" * 64)
    batch.refresh_from_db()
    job = job_of(batch, progress_of(batch), has_trouble=files_in_trouble(batch).exists())
    assert (job["state"], job["percent"], job["poll_url"]) == ("done", 100, "")


def test_who_left_for_another_center_sees_the_batch_no_more(hold: Hold, cast: Cast) -> None:
    batch = open_workshop_batch(hold(1), by=cast.wipa)
    assert list(batches_visible_to(cast.wipa)) == [batch]
    other = TransferCenter.objects.exclude(pk=batch.workshop.center_id).first()  # type: ignore[union-attr]
    Duty.objects.filter(user=cast.wipa).update(center=other)
    assert list(batches_visible_to(cast.wipa)) == []


def test_who_left_for_another_province_sees_the_batch_no_more(
    cast: Cast, completed: Enrollment, design: CertificateDesign
) -> None:
    completed.course.certificate_design = design
    completed.course.save()
    batch = open_course_batch(completed.course, by=cast.somchai)
    assert list(batches_visible_to(cast.somchai)) == [batch]
    Duty.objects.filter(user=cast.somchai).update(office=ProvincialOffice.objects.exclude(province="18").first())
    assert list(batches_visible_to(cast.somchai)) == []
