"""Each message is sent once; what the mail server says is understood, and a person hears what could not be known."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from learning.notices.models import Notice
from learning.workshops import schedule, sending, tasks, telling, wording
from learning.workshops.choices import MessageState, SeatState
from learning.workshops.models import ScheduledMessage, Seat
from learning.workshops.posting import message_id
from tests.workshops.messages.conftest import BANGKOK, NOW
from tests.workshops.messages.mailbox import Mailbox, open_mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
MALEE = "malee@example.org"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A server that listens, and a site that sends its mail there."""
    with open_mailbox() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def message(seat: Seat) -> ScheduledMessage:
    """Malee's confirmation, due."""
    telling.seats_confirmed([seat])
    return ScheduledMessage.objects.get(kind="confirmation")


def standing(message: ScheduledMessage) -> tuple[str, int, str]:
    message.refresh_from_db()
    return message.state, message.tries, message.note


def in_site() -> int:
    return Notice.objects.filter(key__startswith="workshops:").count()


def test_a_message_that_is_due_goes_to_the_site_and_by_mail_with_its_days(
    message: ScheduledMessage, mailbox: Mailbox, seat: Seat
) -> None:
    assert sending.send_due() == 1
    assert standing(message) == (MessageState.SENT, 1, "")
    assert message.sent_at == NOW
    notice = Notice.objects.get(key=f"workshops:confirmation:{seat.pk}")
    assert (notice.user_id, notice.url, notice.is_mail_wanted) == (seat.user_id, f"/my/workshops/{seat.pk}/", False)
    (mail,) = mailbox.mails
    assert (mail["To"], mail["Subject"].strip()) == (MALEE, notice.title)
    body, calendar = mail.iter_parts()
    assert notice.text in body.get_content()
    assert f"/my/workshops/{seat.pk}/" in body.get_content()
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "workshop.ics")
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("PUBLISH", "utf-8")
    assert b"METHOD:PUBLISH" in calendar.get_payload(decode=True)


def test_what_is_not_due_waits(message: ScheduledMessage, mailbox: Mailbox, clock: Any) -> None:
    assert (sending.send_due(), schedule.send_messages(), tasks.send_messages()) == (1, 0, 0)
    clock.move_to(datetime(2026, 12, 3, 7, 59, 59, tzinfo=BANGKOK))
    assert sending.send_due() == 0
    clock.move_to(datetime(2026, 12, 3, 8, 0, tzinfo=BANGKOK))
    assert sending.send_due() == 1
    assert [mail["Subject"].strip().split(":")[0] for mail in mailbox.mails] == ["Your seat is confirmed", "In 7 days"]


def test_who_has_no_address_is_told_in_the_site(message: ScheduledMessage, mailbox: Mailbox, malee: Any) -> None:
    malee.email = ""
    malee.save()
    assert sending.send_due() == 1
    assert standing(message) == (MessageState.SENT, 1, "In the site only: there is no e-mail address.")
    assert (in_site(), mailbox.line_count) == (1, 0)


def test_what_is_no_longer_true_is_not_sent(message: ScheduledMessage, mailbox: Mailbox, seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(state=SeatState.CANCELLED)
    assert sending.send_due() == 0
    assert standing(message) == (MessageState.SKIPPED, 1, "")
    assert (in_site(), mailbox.mails) == (0, [])


def test_a_refused_address_is_told_in_the_site_and_not_tried_again(message: ScheduledMessage, mailbox: Mailbox) -> None:
    mailbox.answers[MALEE] = "550 no such person"
    assert (sending.send_due(), sending.send_due()) == (1, 0)
    assert standing(message) == (MessageState.SENT, 1, "In the site only: the mail server refused the e-mail address.")


def test_one_full_mailbox_holds_up_nobody_else(
    message: ScheduledMessage, mailbox: Mailbox, seats_of: Callable[..., list[Seat]]
) -> None:
    mailbox.answers[MALEE] = "452 mailbox full"
    (other,) = seats_of(1, email="other@example.org")
    telling.seats_confirmed([other])
    assert sending.send_due() == 1
    assert (standing(message)[0], message.sent_at) == (MessageState.WAITING, None)
    assert mailbox.received == {"other@example.org": 1}


def test_a_server_that_is_away_is_tried_five_times_and_then_a_person_hears_it(
    message: ScheduledMessage, settings: Any, clock: Any, seats_of: Callable[..., list[Seat]]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    (other,) = seats_of(1, email="other@example.org")
    telling.seats_confirmed([other])
    assert sending.send_due() == 0
    assert standing(message) == (MessageState.WAITING, 1, "")
    # One try for the whole run: the server is away for everybody.
    assert ScheduledMessage.objects.get(seat=other, kind="confirmation").tries == 0
    waits = []
    while message.state == MessageState.WAITING:
        waits.append(message.due_at - datetime.now(tz=BANGKOK))
        clock.move_to(message.due_at)
        ScheduledMessage.objects.exclude(pk=message.pk).delete()
        sending.send_due()
        message.refresh_from_db()
    assert waits == list(sending.AGAIN_AFTER)
    assert standing(message) == (
        MessageState.FAILED,
        5,
        "In the site only: the mail server took no mail in five tries.",
    )
    assert (in_site(), message.sent_at) == (1, None)


def test_a_line_that_breaks_while_the_server_has_the_mail_is_for_a_person_to_decide(
    message: ScheduledMessage, mailbox: Mailbox
) -> None:
    mailbox.breaks_after_data = True
    assert (sending.send_due(), sending.send_due()) == (0, 0)
    assert standing(message) == (MessageState.UNSURE, 1, "The line broke while the mail server had the mail.")
    assert in_site() == 1


def test_a_server_that_hangs_up_between_two_mails_is_called_again(
    message: ScheduledMessage, mailbox: Mailbox, seats_of: Callable[..., list[Seat]]
) -> None:
    mailbox.hangs_up_after_each = True
    others = seats_of(3, email="")
    for number, one in enumerate(others):
        one.user.email = f"other{number}@example.org"
        one.user.save()
    telling.seats_confirmed(others)
    assert sending.send_due() == 4
    assert (mailbox.line_count, max(mailbox.received.values())) == (4, 1)


def test_one_line_serves_many_mails(
    message: ScheduledMessage, mailbox: Mailbox, seats_of: Callable[..., list[Seat]]
) -> None:
    others = seats_of(3)
    for number, one in enumerate(others):
        one.user.email = f"other{number}@example.org"
        one.user.save()
    telling.seats_confirmed(others)
    assert (sending.send_due(), mailbox.line_count) == (4, 1)


def test_a_fault_of_ours_holds_up_nobody_else(
    message: ScheduledMessage, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, seats_of: Callable[..., list[Seat]]
) -> None:
    def breaks(facts: wording.Facts) -> None:
        raise RuntimeError

    monkeypatch.setitem(wording.WORDS, "confirmation", breaks)
    telling.seats_waiting(seats_of(1, state=SeatState.WAITING))
    assert sending.send_due() == 1
    assert standing(message) == (MessageState.FAILED, 1, "Something went wrong on our side.")


# --- workers that are gone ------------------------------------------------------------------------
def test_a_claim_is_given_once(message: ScheduledMessage) -> None:
    assert sending.claim(message.pk) is not None
    assert sending.claim(message.pk) is None


def test_a_worker_killed_before_the_mail_server_was_spoken_to_leaves_a_message_to_send(
    message: ScheduledMessage, mailbox: Mailbox, clock: Any
) -> None:
    sending.claim(message.pk)
    clock.shift(timedelta(minutes=9))
    assert sending.send_due() == 0
    clock.shift(timedelta(minutes=2))
    assert sending.send_due() == 1
    assert (standing(message)[:2], mailbox.received) == ((MessageState.SENT, 2), {MALEE: 1})


def test_a_worker_killed_after_it_leaves_one_for_a_person(
    message: ScheduledMessage, mailbox: Mailbox, clock: Any
) -> None:
    claimed = sending.claim(message.pk)
    assert claimed
    sending._stamp(claimed)
    clock.shift(timedelta(minutes=11))
    assert sending.send_due() == 0
    assert standing(message)[0] == MessageState.UNSURE
    assert mailbox.mails == []


def test_a_message_that_kills_five_workers_is_given_up(message: ScheduledMessage, clock: Any) -> None:
    for _worker in range(5):
        assert sending.claim(message.pk)
        clock.shift(timedelta(minutes=11))
        sending.give_back_abandoned()
    assert standing(message)[:2] == (MessageState.FAILED, 5)


def test_a_worker_that_slept_through_its_time_sends_nothing_and_writes_nothing(
    message: ScheduledMessage, mailbox: Mailbox, clock: Any
) -> None:
    sleeper = sending.claim(message.pk)
    assert sleeper
    clock.shift(timedelta(minutes=11))
    sending.give_back_abandoned()
    assert sending.claim(message.pk)
    with sending.Post() as post:
        assert sending._sent(sleeper, post).state == ""
    assert mailbox.mails == []
    assert standing(message)[:2] == (MessageState.SENDING, 2)


def test_the_same_message_has_the_same_message_id(mailbox: Mailbox, message: ScheduledMessage) -> None:
    sending.send_due()
    assert mailbox.mails[0]["Message-ID"] == message_id(message.key)
    assert message_id("confirmation:1") != message_id("confirmation:2")


def test_notices_are_not_mailed_a_second_time(
    message: ScheduledMessage, mailbox: Mailbox, django_capture_on_commit_callbacks: Any
) -> None:
    from learning.notices.tasks import mail_notices

    with django_capture_on_commit_callbacks(execute=True):
        sending.send_due()
    mail_notices()
    assert mailbox.received == {MALEE: 1}
