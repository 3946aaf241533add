"""The sums of a training record, against an example worked out by hand: each hour once, in its fiscal year."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from certification.flows import issue_anew, replace, revoke
from learning.enrollments.models import Enrollment
from learning.records.learned import Learned, LineKind, Note, learned_by
from tests.cast import Cast
from tests.factories.catalog import make_course, make_lesson
from tests.factories.learned import (
    attended_workshop,
    completed_course,
    issued_certificate,
    moment,
    recorded_paper,
    revoked,
)

pytestmark = pytest.mark.django_db
LAST_OF_2569, FIRST_OF_2570 = date(2026, 9, 30), date(2026, 10, 1)


def blended_course(slug: str = "blended", **facts: Any) -> Any:
    course = make_course(slug, lessons=1, quiz=None, title="บัญชีสหกรณ์", **facts)
    make_lesson(course, "workshop", needs_workshop=True)
    return course


def sums(learned: Learned) -> dict[int, Decimal]:
    return {year.year: year.hours for year in learned.years}


def counted(learned: Learned) -> dict[tuple[str, str], tuple[str, str]]:
    """Of each line: hours counted and why."""
    return {(line.kind, line.title): (f"{line.counted:f}", str(line.note)) for line in learned.lines}


def test_the_example_worked_out_by_hand(cast: Cast) -> None:
    """8 h of a course of which 6 h are its workshop, 6 h alone, 12 h half attended, 3 h and 1.5 h on either side of
    midnight at the end of the fiscal year, 12 h on paper, the same 6 h on paper once more, 4 h revoked.
    """
    seat, person = cast.board_seat, cast.malee
    course = blended_course(hours=Decimal(8))
    held = date(2026, 9, 25)
    attended_workshop(seat, held, hours="6", completed_at=moment(date(2026, 10, 3)), course=course, title="ฝึกลงบัญชี")
    completed_course(course, seat, moment(date(2026, 11, 10)), hours="8")
    alone = date(2026, 10, 5)
    attended_workshop(seat, alone, hours="6", completed_at=moment(alone), title="ตรวจนับเงินสด")
    attended_workshop(seat, date(2026, 10, 20), hours="12", title="วางแผนกลยุทธ์")
    for slug, title, at, hours in (
        ("late", "กฎหมายสหกรณ์", moment(LAST_OF_2569, time(23, 30)), "3"),
        ("early", "อุดมการณ์", moment(FIRST_OF_2570, time(0, 30)), "1.5"),
    ):
        completed_course(make_course(slug, lessons=1, quiz=None, title=title), seat, at, hours=hours)
    recorded_paper(person, "เลขานุการสหกรณ์", date(2024, 7, 15), hours="12")
    recorded_paper(person, "ตรวจนับ เงินสด", alone, hours="6")
    bad = make_course("bad", lessons=1, quiz=None, title="การเงิน")
    certificate = issued_certificate(person, "การเงิน", completed_on=date(2026, 11, 2), **revoked())
    completed_course(bad, seat, moment(date(2026, 11, 2)), hours="4", certificate=certificate)

    learned = learned_by(person)
    assert sums(learned) == {2570: Decimal("9.5"), 2569: Decimal(9), 2567: Decimal(12)}
    assert (learned.hours, learned.counted_lines) == (Decimal("30.5"), 6)
    assert counted(learned) == {
        ("course", "บัญชีสหกรณ์"): ("2.0", "with-workshop"),
        ("workshop", "ฝึกลงบัญชี"): ("6.0", ""),
        ("workshop", "ตรวจนับเงินสด"): ("6.0", ""),
        ("workshop", "วางแผนกลยุทธ์"): ("0", "not-completed"),
        ("course", "กฎหมายสหกรณ์"): ("3.0", ""),
        ("course", "อุดมการณ์"): ("1.5", ""),
        ("paper", "เลขานุการสหกรณ์"): ("12.0", "from-paper"),
        ("paper", "ตรวจนับ เงินสด"): ("0", "counted-above"),
        ("course", "การเงิน"): ("0", "revoked"),
    }


def test_who_has_learned_nothing_has_no_year_and_no_hours(cast: Cast) -> None:
    learned = learned_by(cast.krit)
    assert (learned.years, learned.hours, learned.counted_lines) == ((), Decimal(0), 0)


def test_a_workshop_counts_by_itself_until_its_course_is_completed(cast: Cast) -> None:
    """So that completing the course later takes nothing away from the year of the workshop."""
    course = blended_course()
    attended_workshop(cast.board_seat, LAST_OF_2569, hours="6", completed_at=moment(LAST_OF_2569), course=course)
    before = sums(learned_by(cast.malee))
    completed_course(course, cast.board_seat, moment(date(2027, 1, 5)), hours="8")
    assert (before, sums(learned_by(cast.malee))) == (
        {2569: Decimal(6)},
        {2570: Decimal(2), 2569: Decimal(6)},
    )


def test_a_course_shorter_than_its_workshop_adds_nothing_and_takes_nothing(cast: Cast) -> None:
    course = blended_course()
    attended_workshop(cast.board_seat, LAST_OF_2569, hours="12", completed_at=moment(LAST_OF_2569), course=course)
    completed_course(course, cast.board_seat, moment(date(2026, 9, 30), time(16)), hours="3")
    assert sums(learned_by(cast.malee)) == {2569: Decimal(12)}


def test_a_workshop_on_the_subject_of_a_course_without_a_workshop_lesson_is_a_training_of_its_own(cast: Cast) -> None:
    course = make_course(lessons=1, quiz=None)
    attended_workshop(cast.board_seat, LAST_OF_2569, hours="6", completed_at=moment(LAST_OF_2569), course=course)
    completed_course(course, cast.board_seat, moment(date(2026, 9, 30), time(16)), hours="3")
    assert sums(learned_by(cast.malee)) == {2569: Decimal(9)}


def test_of_two_workshops_of_a_course_only_the_one_that_did_its_lesson_is_part_of_it(cast: Cast) -> None:
    course = blended_course()
    for days in (300, 20):
        day = LAST_OF_2569 - timedelta(days=days)
        attended_workshop(cast.board_seat, day, hours="6", completed_at=moment(day), course=course)
    completed_course(course, cast.board_seat, moment(LAST_OF_2569), hours="8")
    assert sums(learned_by(cast.malee)) == {2569: Decimal(14)}


def test_a_course_learnt_anew_counts_again_and_its_old_workshop_only_once(cast: Cast) -> None:
    course = blended_course()
    first, second = date(2025, 3, 1), date(2027, 3, 1)
    attended_workshop(cast.board_seat, first, hours="6", completed_at=moment(first), course=course)
    completed_course(course, cast.board_seat, moment(first, time(16)), hours="8", renewed_at=moment(date(2027, 1, 1)))
    completed_course(course, cast.board_seat, moment(second), hours="8")
    assert sums(learned_by(cast.malee)) == {2570: Decimal(8), 2568: Decimal(8)}


def test_a_certificate_that_was_replaced_counts_once(cast: Cast) -> None:
    """Issued outside of courses and workshops, so nothing but the certificates stands for it."""
    old = issued_certificate(cast.malee)
    new = issued_certificate(cast.malee)
    type(old).objects.filter(pk=old.pk).update(**revoked(state="replaced"))
    type(new).objects.filter(pk=new.pk).update(replaces=old)
    lines = learned_by(cast.malee).lines
    assert [(line.kind, line.code, line.counted) for line in lines] == [(LineKind.OTHER, new.code, Decimal("3.0"))]


def test_a_correction_of_the_office_counts_as_it_is_printed_now(cast: Cast) -> None:
    """8 h of a course became 12 h, of which its workshop of 6 h became 4.5: 4.5 and 7.5 beyond it, together 12.

    The workshop's last day moves from 1 October 2569 to 30 September, so its hours move into fiscal year 2569.
    """
    seat, course = cast.board_seat, blended_course(hours=Decimal(8))
    held, done = FIRST_OF_2570, date(2026, 11, 10)
    workshop = attended_workshop(seat, held, hours="6", completed_at=moment(held), course=course, title="ฝึกลงบัญชี")
    workshop.certificate = issued_certificate(cast.malee, "ฝึกลงบัญชี", hours="6", completed_on=held)
    workshop.save()
    certificate = issued_certificate(cast.malee, "บัญชีสหกรณ์", hours="8", completed_on=done)
    completed_course(course, seat, moment(done), hours="8", certificate=certificate)
    before = sums(learned_by(cast.malee))
    workshop.certificate = replace(
        workshop.certificate, reason="พิมพ์ผิด", by=cast.somchai, hours=Decimal("4.5"), completed_on=LAST_OF_2569
    )
    workshop.save()
    new = replace(certificate, reason="พิมพ์ผิด", by=cast.somchai, hours=Decimal(12), course_title="บัญชีเบื้องต้น")
    Enrollment.objects.update(certificate=new)
    learned = learned_by(cast.malee)
    assert (before, sums(learned)) == ({2570: Decimal(8)}, {2570: Decimal("7.5"), 2569: Decimal("4.5")})
    assert counted(learned) == {
        ("course", "บัญชีเบื้องต้น"): ("7.5", "with-workshop"),
        ("workshop", "ฝึกลงบัญชี"): ("4.5", ""),
    }


def test_one_issued_anew_counts_once_and_the_revoked_one_is_no_line(cast: Cast) -> None:
    """Of a course or workshop it stands on its line; these stand for themselves."""
    old = revoke(issued_certificate(cast.malee), reason="ผิดฉบับ", by=cast.somchai)
    paper = recorded_paper(cast.malee, "บัญชี", date(2026, 5, 1), hours="6", **revoked())
    news = {issue_anew(one, reason="เพิกถอนผิด", by=cast.somchai).code for one in (old, paper)}
    learned = learned_by(cast.malee)
    assert ({line.code for line in learned.lines}, learned.hours) == (news, Decimal(9))


def test_the_certificate_of_a_course_is_not_a_second_line(cast: Cast) -> None:
    course = make_course(lessons=1, quiz=None)
    certificate = issued_certificate(cast.malee)
    completed_course(course, cast.board_seat, moment(date(2026, 11, 2)), hours="3", certificate=certificate)
    assert [line.number for line in learned_by(cast.malee).lines] == [certificate.number]


def test_a_paper_that_was_revoked_counts_nothing_and_hides_no_other(cast: Cast) -> None:
    day = date(2026, 5, 1)
    recorded_paper(cast.malee, "บัญชี", day, hours="6", **revoked())
    recorded_paper(cast.malee, "บัญชี", day, hours="6")
    assert [(line.note, line.counted) for line in learned_by(cast.malee).lines] == [
        (Note.REVOKED, Decimal(0)),
        (Note.FROM_PAPER, Decimal("6.0")),
    ]


def test_hours_stay_when_the_certificate_has_expired(cast: Cast) -> None:
    issued_certificate(cast.malee, valid_until=date(2020, 1, 1))
    assert learned_by(cast.malee).hours == Decimal("3.0")


def test_of_another_person_nothing_is_counted(cast: Cast) -> None:
    recorded_paper(cast.malee, "บัญชี", date(2026, 5, 1), hours="6")
    assert (learned_by(cast.malee).hours, learned_by(cast.krit).hours) == (Decimal("6.0"), Decimal(0))


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_four_queries_however_much_it_is(cast: Cast, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        day = date(2026, 1, 1) + timedelta(days=number)
        recorded_paper(cast.malee, f"เรื่องที่ {number}", day, hours="1")
        attended_workshop(cast.board_seat, day, hours="6", completed_at=moment(day))
        course = make_course(f"c{number}", lessons=0, quiz=None)
        completed_course(course, cast.board_seat, moment(day), hours="3")
    with django_assert_num_queries(4):
        learned = learned_by(cast.malee)
    assert len(learned.lines) == 3 * count
