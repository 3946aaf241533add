"""What officers do about messages: own words to all, sending again, saying that one arrived."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from learning.kernel.refusals import Refused
from learning.notices.models import Notice
from learning.workshops import sending, telling
from learning.workshops.choices import MessageState, SeatState, WorkshopState
from learning.workshops.flows.messages import mark_arrived, send_again, tell_participants
from learning.workshops.models import ScheduledMessage, Seat, Workshop
from tests.cast import Cast
from tests.workshops.messages.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def address(workshop: Workshop) -> str:
    return f"/office/workshops/{workshop.pk}/messages/"


@pytest.fixture
def wipa(client: Client, cast: Cast) -> Client:
    client.force_login(cast.wipa)
    return client


@pytest.fixture
def unsure(seat: Seat) -> ScheduledMessage:
    """Malee's confirmation, of which nobody knows whether it arrived."""
    telling.seats_confirmed([seat])
    message = ScheduledMessage.objects.get(kind="confirmation")
    ScheduledMessage.objects.filter(pk=message.pk).update(state=MessageState.UNSURE, sent_at=NOW, tries=1, note="?")
    message.refresh_from_db()
    return message


def state_of(message: ScheduledMessage) -> str:
    message.refresh_from_db()
    return message.state


# --- own words ------------------------------------------------------------------------------------
def test_own_words_reach_everybody_with_a_confirmed_seat_and_nobody_else(
    workshop: Workshop, seats_of: Callable[..., list[Seat]], cast: Cast
) -> None:
    people = seats_of(3)
    seats_of(1, state=SeatState.WAITING)
    assert tell_participants(workshop, "เอาสมุดบัญชีมาด้วย", by=cast.wipa) == 3
    assert sending.send_due() == 3
    told = Notice.objects.filter(text="เอาสมุดบัญชีมาด้วย")
    assert {notice.user_id for notice in told} == {seat.user_id for seat in people}


def test_the_same_words_may_be_said_twice(workshop: Workshop, seat: Seat, cast: Cast) -> None:
    for _twice in range(2):
        tell_participants(workshop, "เอาสมุดบัญชีมาด้วย", by=cast.somchai)
    assert sending.send_due() == 2
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("state", [WorkshopState.HELD, WorkshopState.REPORTED, WorkshopState.CANCELLED])
def test_after_the_workshop_nobody_is_written_to(workshop: Workshop, seat: Seat, cast: Cast, state: str) -> None:
    workshop.state = state
    with pytest.raises(Refused):
        tell_participants(workshop, "สวัสดี", by=cast.wipa)
    assert ScheduledMessage.objects.count() == 0


def test_nobody_to_write_to_is_said(workshop: Workshop, cast: Cast) -> None:
    with pytest.raises(Refused):
        tell_participants(workshop, "สวัสดี", by=cast.wipa)


@pytest.mark.parametrize("who", ["krit", "malee"])
def test_only_the_center_and_the_office_write(workshop: Workshop, seat: Seat, cast: Cast, who: str) -> None:
    with pytest.raises(Refused) as refusal:
        tell_participants(workshop, "สวัสดี", by=getattr(cast, who))
    assert refusal.value.status == 403


def test_nothing_is_sent_before_the_count_is_seen(
    wipa: Client, address: str, seats_of: Callable[..., list[Seat]]
) -> None:
    seats_of(3)
    assert wipa.get(f"{address}new/").context["count"] == 3
    checked = wipa.post(f"{address}new/", {"text": "เอาสมุด\nบัญชีมาด้วย", "action": "check"})
    assert ('data-people="3"' in checked.content.decode(), ScheduledMessage.objects.count()) == (True, 0)
    changed = wipa.post(f"{address}new/", {"text": "เอาสมุด\nบัญชีมาด้วย", "action": "change"})
    assert "เอาสมุด\nบัญชีมาด้วย" in changed.content.decode()
    sent = wipa.post(f"{address}new/", {"text": "เอาสมุด\nบัญชีมาด้วย", "action": "send"})
    assert (sent.status_code, sent["Location"], ScheduledMessage.objects.count()) == (302, address, 3)


@pytest.mark.parametrize(("text", "action"), [("", "check"), ("  ", "send"), ("ก" * 1001, "send")])
def test_no_words_and_too_many_are_shown_again(wipa: Client, address: str, seat: Seat, text: str, action: str) -> None:
    assert wipa.post(f"{address}new/", {"text": text, "action": action}).status_code == 422
    assert ScheduledMessage.objects.count() == 0


# --- to decide ------------------------------------------------------------------------------------
def test_a_message_sent_again_goes_out_with_the_same_message_id(
    unsure: ScheduledMessage, cast: Cast, seat: Seat
) -> None:
    send_again(unsure, by=cast.wipa)
    assert (state_of(unsure), unsure.tries, unsure.note, unsure.sent_at) == (MessageState.WAITING, 0, "", None)
    assert sending.send_due() == 1
    assert state_of(unsure) == MessageState.SENT
    assert Notice.objects.filter(user=seat.user).count() == 1


def test_a_message_that_arrived_is_not_sent_again(unsure: ScheduledMessage, cast: Cast) -> None:
    mark_arrived(unsure, by=cast.somchai)
    assert (state_of(unsure), unsure.sent_at, unsure.note) == (MessageState.SENT, NOW, "")
    assert sending.send_due() == 0
    with pytest.raises(Refused):
        send_again(unsure, by=cast.wipa)
    assert mail.outbox == []


def test_what_was_never_handed_over_cannot_have_arrived(unsure: ScheduledMessage, cast: Cast) -> None:
    ScheduledMessage.objects.update(state=MessageState.FAILED, sent_at=None)
    with pytest.raises(Refused):
        mark_arrived(unsure, by=cast.wipa)
    send_again(unsure, by=cast.wipa)
    assert state_of(unsure) == MessageState.WAITING


def test_strangers_decide_nothing(unsure: ScheduledMessage, cast: Cast) -> None:
    for decide in (send_again, mark_arrived):
        with pytest.raises(Refused) as refusal:
            decide(unsure, by=cast.krit)
        assert refusal.value.status == 403
    assert state_of(unsure) == MessageState.UNSURE


def test_the_buttons_stand_only_where_there_is_something_to_decide(
    wipa: Client, address: str, unsure: ScheduledMessage
) -> None:
    shown = wipa.get(address).content.decode()
    assert (shown.count("/again/"), shown.count("/arrived/")) == (1, 1)
    assert wipa.post(f"{address}{unsure.pk}/arrived/")["Location"] == address
    assert wipa.get(address).content.decode().count("/again/") == 0
    again = wipa.post(f"{address}{unsure.pk}/again/", headers={"accept": "application/json"})
    assert again.status_code == 409


# --- the list -------------------------------------------------------------------------------------
def test_the_list_can_be_narrowed_to_a_state(wipa: Client, address: str, unsure: ScheduledMessage) -> None:
    shown = wipa.get(address, {"state": "unsure"})
    assert (list(shown.context["page_obj"]), shown.context["total"]) == ([unsure], 3)
    assert [count for _state, _label, count in shown.context["states"]] == [2, 1]
    assert wipa.get(address, {"state": "sent"}).context["page_obj"].paginator.count == 0
    assert wipa.get(address, {"state": "x' or 1=1"}).context["page_obj"].paginator.count == 3


def test_what_needs_a_person_comes_first_then_what_waits_by_its_day_then_what_is_over(
    wipa: Client, address: str, unsure: ScheduledMessage, seats_of: Callable[..., list[Seat]]
) -> None:
    telling.seats_waiting(seats_of(1, state=SeatState.WAITING))
    sending.send_due()
    shown = wipa.get(address).context["page_obj"]
    assert [message.kind for message in shown] == ["confirmation", "week_before", "day_before", "waiting"]


def test_an_empty_list_and_a_page_that_is_not_there_are_answered(wipa: Client, address: str) -> None:
    assert [wipa.get(f"{address}{rest}").status_code for rest in ("", "?page=99", "?page=x", "?state=failed")] == [
        200
    ] * 4


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(
    wipa: Client, address: str, seats_of: Callable[..., list[Seat]], count: int, django_assert_num_queries: Any
) -> None:
    telling.seats_confirmed(seats_of(count))
    wipa.get(address)
    # session · person · duties · the workshop · how many in each state · how many · the list
    with django_assert_num_queries(7):
        assert len(wipa.get(address).context["page_obj"]) == min(3 * count, 50)


@pytest.mark.parametrize("who", ["krit", "malee"])
def test_messages_of_others_are_not_there(
    client: Client, cast: Cast, address: str, unsure: ScheduledMessage, who: str
) -> None:
    client.force_login(getattr(cast, who))
    for place in (address, f"{address}new/"):
        assert client.get(place).status_code in (403, 404)
    for verb in ("again", "arrived"):
        assert client.post(f"{address}{unsure.pk}/{verb}/").status_code in (403, 404)
    assert state_of(unsure) == MessageState.UNSURE
