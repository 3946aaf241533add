"""Who may revoke and correct a certificate, what the records show afterwards, and that the holder is told."""

from collections.abc import Callable

import pytest

from certification.choices import CertificateState
from certification.keys import KeyUnavailable
from certification.models import Certificate
from learning.enrollments.flows import complete_enrollment
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.notices.models import Notice
from learning.records.flows.ending import replace, revoke
from learning.workshops.completing import complete_seat
from learning.workshops.models import Seat, Workshop
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import enroll_malee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.fixture
def earned(cast: Cast) -> Enrollment:
    from certification.models import CertificateDesign

    course = make_course()
    course.certificate_design = CertificateDesign.objects.get(slug="standard")
    course.save()
    return complete_enrollment(enroll_malee(cast, course), by=cast.malee)


def test_the_province_revokes_and_the_holder_is_told_why(earned: Enrollment, cast: Cast) -> None:
    certificate = revoke(earned.certificate, reason="สอบแทนกัน", by=cast.somchai)
    earned.refresh_from_db()
    assert (certificate.state, earned.certificate, certificate.ended_by) == (
        CertificateState.REVOKED,
        certificate,
        cast.somchai,
    )
    notice = Notice.objects.get(user=cast.malee, key=f"certificate-{certificate.pk}-revoked")
    assert "สอบแทนกัน" in notice.text
    assert certificate.number in notice.title
    assert notice.url == f"/v/{certificate.code}"


def test_a_correction_stands_on_the_enrollment_from_then_on(earned: Enrollment, cast: Cast) -> None:
    old = earned.certificate
    new = replace(old, reason="สะกดชื่อผิด", by=cast.somchai, holder_name="นางมาลัย ใจดี")
    earned.refresh_from_db()
    old.refresh_from_db()
    assert (earned.certificate, old.state, old.replaced_by) == (new, CertificateState.REPLACED, new)
    notice = Notice.objects.get(user=cast.malee, key=f"certificate-{old.pk}-replaced")
    assert notice.url == f"/v/{new.code}"


def test_the_center_corrects_what_it_has_issued(hold: Callable[[int], Workshop], cast: Cast) -> None:
    hold(1)
    seat = Seat.objects.get()
    complete_seat(seat, by=seat.user)
    seat.refresh_from_db()
    old = seat.certificate
    new = replace(old, reason="ชั่วโมงผิด", by=cast.wipa, hours=old.hours + 6)
    seat.refresh_from_db()
    assert (seat.certificate, new.hours - old.hours) == (new, 6)


@pytest.mark.parametrize("name", ["malee", "krit", "wipa"])
@pytest.mark.parametrize("verb", [revoke, replace])
def test_nobody_else_changes_it(earned: Enrollment, cast: Cast, name: str, verb: Callable[..., Certificate]) -> None:
    with pytest.raises(Refused) as refused:
        verb(earned.certificate, reason="อยากแก้", by=getattr(cast, name))
    assert refused.value.status == 403
    assert Certificate.objects.get().state == CertificateState.VALID


@pytest.mark.parametrize("verb", [revoke, replace])
def test_a_reason_is_asked_for_and_the_second_time_is_refused(
    earned: Enrollment, cast: Cast, verb: Callable[..., Certificate]
) -> None:
    with pytest.raises(Refused) as refused:
        verb(earned.certificate, reason=" ", by=cast.somchai)
    assert refused.value.status == 422
    verb(earned.certificate, reason="ครั้งแรก", by=cast.somchai)
    with pytest.raises(Refused) as refused:
        verb(earned.certificate, reason="ครั้งที่สอง", by=cast.somchai)
    assert refused.value.status == 409


@pytest.mark.parametrize("verb", [revoke, replace])
def test_without_a_key_nothing_changes_and_a_sentence_says_so(
    earned: Enrollment, cast: Cast, verb: Callable[..., Certificate], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(status_list: object) -> None:
        raise KeyUnavailable("The token is away.")

    monkeypatch.setattr("certification.flows.ending.sign_anew", fail)
    with pytest.raises(Refused) as refused:
        verb(earned.certificate, reason="สอบแทนกัน", by=cast.somchai)
    assert refused.value.status == 503
    assert list(Certificate.objects.values_list("state", flat=True)) == [CertificateState.VALID]
    assert not Notice.objects.filter(key__startswith="certificate-").exists()
