"""Attendance, post-test and evaluation complete a workshop, and the certificate follows."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from certification.models import Certificate, CertificateDesign
from learning.kernel.refusals import Refused
from learning.workshops.choices import FormKind, ItemKind, SeatState, WorkshopState
from learning.workshops.completing import complete_seat, complete_who_is_ready, complete_workshop
from learning.workshops.evaluation_form import END_FORM
from learning.workshops.flows.evaluating import change_form, prepare_form, send_evaluation
from learning.workshops.models import EvaluationAnswer, EvaluationSheet, Seat, Workshop
from learning.workshops.queries.evaluation import results_of
from learning.workshops.queries.learning import standings
from tests.cast import Cast
from tests.factories.people import make_members
from tests.factories.workshops import make_room, make_seat, make_trainer, make_workshop

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 14)
EVENING = datetime(2026, 12, 14, 11, 0, tzinfo=UTC)


@pytest.fixture
def held(cast: Cast) -> Workshop:
    """Yesterday it was; six people had a seat, five of them came."""
    workshop = make_workshop(
        cast.wipa,
        DAY,
        capacity=10,
        room=make_room(),
        trainer=make_trainer(),
        certificate_design=CertificateDesign.objects.get(slug="standard"),
    )
    people = make_members(cast.board_seat.organization, 6)
    for person in people:
        make_seat(workshop, person.memberships.get())
    Seat.objects.update(state=SeatState.ATTENDED, attended_percent=100, attended_on=DAY)
    last = Seat.objects.order_by("pk").last()
    Seat.objects.filter(pk=last.pk).update(state=SeatState.ABSENT, attended_percent=0, attended_on=None)
    workshop.state = WorkshopState.HELD
    workshop.save()
    return workshop


def fill_in(seat: Seat, *, point: int = 5, text: str = "", form: str = FormKind.END) -> None:
    items = prepare_form(seat.workshop, form)
    send_evaluation(
        seat,
        form,
        scores={item.pk: point for item in items if item.kind == ItemKind.SCALE},
        texts={item.pk: text for item in items if item.kind == ItemKind.TEXT},
        by=seat.user,
    )


def test_the_evaluation_was_the_last_thing_and_brings_the_certificate(held: Workshop) -> None:
    seat = Seat.objects.order_by("pk").first()
    with time_machine.travel(EVENING, tick=False):
        assert not complete_seat(seat, by=seat.user)
        fill_in(seat)
    seat.refresh_from_db()
    assert (seat.completed_at, seat.has_evaluated) == (EVENING, True)
    assert (seat.certificate.course_title, seat.certificate.completed_on, seat.certificate.hours) == (
        held.title,
        DAY,
        held.hours,
    )


def test_a_batch_gives_each_one_certificate_however_often_it_runs(held: Workshop, cast: Cast) -> None:
    Workshop.objects.update(needs_evaluation=False)
    held.refresh_from_db()
    with time_machine.travel(EVENING, tick=False):
        assert [complete_workshop(held, by=cast.wipa) for _run in range(2)] == [5, 0]
        assert complete_who_is_ready() == 0
    numbers = sorted(Certificate.objects.values_list("running_number", flat=True))
    assert numbers == [1, 2, 3, 4, 5]
    assert not Seat.objects.get(state=SeatState.ABSENT).certificate


@pytest.mark.parametrize(("percent", "is_complete"), [(79, False), (80, True), (0, False)])
def test_attendance_below_the_rule_completes_nothing(held: Workshop, percent: int, is_complete: bool) -> None:
    seat = Seat.objects.order_by("pk").first()
    Workshop.objects.update(needs_evaluation=False)
    Seat.objects.filter(pk=seat.pk).update(attended_percent=percent)
    with time_machine.travel(EVENING, tick=False):
        assert complete_seat(seat, by=seat.user) is is_complete


def test_before_it_is_held_nothing_is_completed(held: Workshop) -> None:
    seat = Seat.objects.order_by("pk").first()
    Workshop.objects.update(needs_evaluation=False, state=WorkshopState.CLOSED)
    assert not complete_seat(seat, by=seat.user)


def test_an_evaluation_is_sent_once(held: Workshop) -> None:
    seat = Seat.objects.order_by("pk").first()
    with time_machine.travel(EVENING, tick=False):
        fill_in(seat)
        with pytest.raises(Refused) as refused:
            fill_in(seat)
    assert refused.value.status == 409
    assert EvaluationSheet.objects.count() == 1


def test_a_question_left_out_sends_nothing(held: Workshop) -> None:
    seat = Seat.objects.order_by("pk").first()
    items = prepare_form(held, FormKind.END)
    scales = [item.pk for item in items if item.kind == ItemKind.SCALE]
    with time_machine.travel(EVENING, tick=False), pytest.raises(Refused) as refused:
        send_evaluation(
            seat, FormKind.END, scores=dict.fromkeys(scales[1:], 4) | {scales[0]: 6}, texts={}, by=seat.user
        )
    assert refused.value.status == 422
    assert (EvaluationSheet.objects.count(), Seat.objects.filter(has_evaluated=True).count()) == (0, 0)


def test_who_never_came_does_not_evaluate(held: Workshop) -> None:
    absent = Seat.objects.get(state=SeatState.ABSENT)
    with time_machine.travel(EVENING, tick=False), pytest.raises(Refused) as refused:
        fill_in(absent)
    assert refused.value.status == 403


@pytest.mark.parametrize(
    ("days", "form", "is_open"),
    [
        (-1, FormKind.END, False),
        (0, FormKind.END, True),
        (30, FormKind.END, True),
        (31, FormKind.END, False),
        (89, FormKind.FOLLOW_UP, False),
        (90, FormKind.FOLLOW_UP, True),
        (150, FormKind.FOLLOW_UP, True),
        (151, FormKind.FOLLOW_UP, False),
    ],
)
def test_each_form_has_its_days(held: Workshop, days: int, form: str, is_open: bool) -> None:
    seat = Seat.objects.order_by("pk").first()
    with time_machine.travel(EVENING + timedelta(days=days), tick=False):
        if is_open:
            fill_in(seat, form=form)
        else:
            with pytest.raises(Refused):
                fill_in(seat, form=form)
    assert EvaluationSheet.objects.count() == is_open


def test_an_answer_leads_to_nobody(held: Workshop) -> None:
    """No column of a sheet or an answer is a person, a seat or a moment, and its key does not rise."""
    for model in (EvaluationSheet, EvaluationAnswer):
        targets = {field.related_model.__name__ for field in model._meta.fields if field.related_model}
        assert targets <= {"Workshop", "EvaluationSheet", "EvaluationItem"}
        assert not [field.name for field in model._meta.fields if "Date" in type(field).__name__]
        assert type(model._meta.pk).__name__ == "UUIDField"


def test_four_sheets_show_nothing_and_five_show_their_mean(held: Workshop) -> None:
    seats = list(Seat.objects.filter(state=SeatState.ATTENDED).order_by("pk"))
    with time_machine.travel(EVENING, tick=False):
        for seat, point in zip(seats[:4], (5, 5, 4, 3), strict=True):
            fill_in(seat, point=point)
        assert (results_of(held, FormKind.END).is_hidden, results_of(held, FormKind.END).lines) == (True, ())
        fill_in(seats[4], point=4, text="แอร์หนาว")
    results = results_of(held, FormKind.END)
    assert len(results.lines) == len(END_FORM)  # one trainer
    first = results.lines[0].summary
    assert (first.count, first.mean, round(first.deviation, 2), first.band) == (5, 4.2, 0.84, 4)
    assert results.lines[-1].texts == ("แอร์หนาว",)
    assert len(results.of_trainers) == 2


def test_the_form_is_fixed_by_its_first_answer(held: Workshop, cast: Cast) -> None:
    seat = Seat.objects.order_by("pk").first()
    prepare_form(held, FormKind.END)
    change_form(held, FormKind.END, lines=[{"section": "ทั่วไป", "text": "คุ้มเวลา", "kind": "scale"}], by=cast.wipa)
    texts = [item.text for item in prepare_form(held, FormKind.END)]
    assert texts[0] == "คุ้มเวลา"
    assert len(texts) == 3  # and two about the trainer
    with time_machine.travel(EVENING, tick=False):
        fill_in(seat)
    with pytest.raises(Refused) as refused:
        change_form(held, FormKind.END, lines=[{"text": "อีกข้อ"}], by=cast.wipa)
    assert refused.value.status == 409


def test_others_than_the_center_do_not_change_the_form(held: Workshop, cast: Cast) -> None:
    for person in (cast.somchai, cast.malee):
        with pytest.raises(Refused) as refused:
            change_form(held, FormKind.END, lines=[{"text": "ข้อ"}], by=person)
        assert refused.value.status == 403


def test_the_results_say_what_each_one_lacks(held: Workshop) -> None:
    lines = standings(held)
    assert [len(line.missing) for line in lines] == [1, 1, 1, 1, 1, 2]
