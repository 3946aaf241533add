"""After a wrong revocation: who may issue anew, what enrollment, seat and wallet show, and that the holder is told."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from certification.choices import CertificateState
from certification.keys import KeyUnavailable
from certification.models import Certificate
from learning.enrollments.flows import complete_enrollment
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.notices.models import Notice
from learning.people.models import User
from learning.records.flows.ending import issue_anew, revoke
from learning.records.learned import learned_by
from learning.workshops.completing import complete_seat
from learning.workshops.models import Seat, Workshop
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import enroll_malee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
REASON = "เพิกถอนผิดฉบับ"


@pytest.fixture
def taken_back(cast: Cast) -> Enrollment:
    """Malee's course, whose certificate somchai has revoked."""
    from certification.models import CertificateDesign

    course = make_course(hours=Decimal(3))
    course.certificate_design = CertificateDesign.objects.get(slug="standard")
    course.save()
    earned = complete_enrollment(enroll_malee(cast, course), by=cast.malee)
    revoke(earned.certificate, reason="สอบแทนกัน", by=cast.somchai)
    return earned


def test_the_enrollment_shows_the_new_one_and_the_holder_is_told(taken_back: Enrollment, cast: Cast) -> None:
    old = taken_back.certificate
    new = issue_anew(old, reason=REASON, by=cast.somchai)
    taken_back.refresh_from_db()
    assert (taken_back.certificate, new.created_by) == (new, cast.somchai)
    notice = Notice.objects.get(user=cast.malee, key=f"certificate-{old.pk}-anew")
    assert (notice.url, REASON in notice.text, new.number in notice.title) == (f"/v/{new.code}", True, True)


def test_the_training_counts_again_and_once(taken_back: Enrollment, cast: Cast) -> None:
    before = learned_by(cast.malee)
    new = issue_anew(taken_back.certificate, reason=REASON, by=cast.somchai)
    after = learned_by(cast.malee)
    assert [(line.code == new.code, line.counted) for line in before.lines] == [(False, 0)]
    assert [(line.code, line.counted) for line in after.lines] == [(new.code, Decimal(3))]


def test_a_seat_shows_the_new_one_and_its_center_may_issue_it(hold: Callable[[int], Workshop], cast: Cast) -> None:
    hold(1)
    seat = Seat.objects.get()
    complete_seat(seat, by=seat.user)
    seat.refresh_from_db()
    revoke(seat.certificate, reason="ออกผิดคน", by=cast.wipa)
    new = issue_anew(seat.certificate, reason=REASON, by=cast.wipa)
    seat.refresh_from_db()
    assert seat.certificate == new
    hours = {line.code: line.counted for line in learned_by(seat.user).lines}
    assert hours == {new.code: new.hours}


def test_the_wallet_leads_from_the_revoked_one_to_the_new_one(
    taken_back: Enrollment, cast: Cast, client: Client
) -> None:
    old = taken_back.certificate
    client.force_login(cast.malee)
    sentence = _("You have a new one in its place: %(number)s")
    pages = ("/my/certificates/", f"/my/certificates/{old.code}/")
    before = [client.get(page).content.decode() for page in pages]
    new = issue_anew(old, reason=REASON, by=cast.somchai)
    after = [client.get(page).content.decode() for page in pages]
    said = sentence % {"number": new.number}
    assert [said in page for page in (*before, *after)] == [False, False, True, True]
    assert [f'data-standing="{name}"' in after[0] for name in ("revoked", "making")] == [True, True]


@pytest.mark.parametrize("name", ["malee", "krit", "wipa"])
def test_nobody_else_issues_it(taken_back: Enrollment, cast: Cast, name: str) -> None:
    with pytest.raises(Refused) as refused:
        issue_anew(taken_back.certificate, reason=REASON, by=getattr(cast, name))
    assert (refused.value.status, Certificate.objects.count()) == (403, 1)


def test_a_reason_is_asked_for_and_a_second_one_is_refused(taken_back: Enrollment, cast: Cast) -> None:
    old = taken_back.certificate
    for reason, status in ((" ", 422), (REASON, 0), (REASON, 409)):
        if status:
            with pytest.raises(Refused) as refused:
                issue_anew(old, reason=reason, by=cast.somchai)
            assert refused.value.status == status
        else:
            issue_anew(old, reason=reason, by=cast.somchai)
    assert Certificate.objects.count() == 2


def test_without_a_key_nothing_changes_and_a_sentence_says_so(
    taken_back: Enrollment, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = taken_back.certificate

    def fail(status_list: object) -> None:
        raise KeyUnavailable("The token is away.")

    monkeypatch.setattr("certification.flows.ending.sign_anew", fail)
    with pytest.raises(Refused) as refused:
        issue_anew(old, reason=REASON, by=cast.somchai)
    taken_back.refresh_from_db()
    assert (refused.value.status, taken_back.certificate, Certificate.objects.count()) == (503, old, 1)
    assert not Notice.objects.filter(key=f"certificate-{old.pk}-anew").exists()


def test_a_closed_account_gets_its_certificate_and_no_notice(taken_back: Enrollment, cast: Cast) -> None:
    User.objects.filter(pk=cast.malee.pk).update(is_active=False)
    old = taken_back.certificate
    new = issue_anew(old, reason=REASON, by=cast.somchai)
    taken_back.refresh_from_db()
    assert (new.holder, new.state, taken_back.certificate) == (cast.malee, CertificateState.VALID, new)
    assert not Notice.objects.filter(key=f"certificate-{old.pk}-anew").exists()
