"""Three hundred reminders, and a worker that is killed in their midst: a real process, a real mail server.

Each person has one notice in the site and at most one mail; the mail that nobody can be sure of waits for a person.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection
from django.db.models import F
from django.utils import timezone

from learning.notices.flows import Message, send_notice
from learning.notices.models import Notice
from learning.organizations.models import Membership
from learning.people.models import User
from learning.workshops import sending, telling, wording
from learning.workshops.choices import MessageState, SeatState
from learning.workshops.models import ScheduledMessage, Seat
from learning.workshops.posting import Post, mail_of
from tests.cast import Cast
from tests.factories.threads import at_once
from tests.factories.workshops import make_room, make_workshop
from tests.workshops.messages.mailbox import Mailbox, open_mailbox

pytestmark = [pytest.mark.django_db(transaction=True)]
Worker = Callable[[], subprocess.Popen[bytes]]
PEOPLE = 300
LIMIT_SECONDS = 60
WORKER = """
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", {port}
from learning.workshops.sending import send_due
send_due()
"""


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with open_mailbox() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def remind(cast: Cast, count: int) -> None:
    """The reminder of the day before, due now, for as many people as are asked for."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    workshop = make_workshop(cast.wipa, tomorrow, capacity=count, taken=count, room=make_room(capacity=count))
    organization = cast.board_seat.organization
    people = User.objects.bulk_create(
        User(username=f"person-{number}", first_name=f"คนที่ {number}", email=f"person{number}@example.org", password="!")
        for number in range(count)
    )
    Membership.objects.bulk_create(Membership(user=one, organization=organization, position="member") for one in people)
    seats = Seat.objects.bulk_create(
        Seat(
            workshop=workshop,
            user=one,
            state=SeatState.CONFIRMED,
            confirmed_at=timezone.now(),
            organization=organization,
            position="member",
            kind=organization.kind,
            province=organization.province,
            registered_by=one,
        )
        for one in people
    )
    telling._schedule("day_before", seats, due_at=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def reminders(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hundred of them; the worker that the commit would wake is one of ours."""
    monkeypatch.setattr("learning.workshops.tasks.send_messages.delay", lambda: None)
    remind(cast, PEOPLE)


@pytest.fixture
def worker(root: Path, mailbox: Mailbox, tmp_path: Path) -> Iterator[Worker]:
    """Starts a process that sends what is due, on the database of this test."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = os.environ["TEST_DATABASE_URL"].replace("/academy?", f"/{name}?")
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learning.settings.embedded",
        "DATABASE_URL": url,
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": site.SECRET_KEY,
    }
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "worker.log").open("ab") as log:
            command = [sys.executable, "-c", WORKER.format(port=mailbox.port)]
            running.append(subprocess.Popen(command, cwd=root, env=env, stdout=log, stderr=log))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait(30)


def becomes_true(question: Callable[[], bool]) -> bool:
    until = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.01)
    return False


def notices() -> Counter[int]:
    """How many notices each person has."""
    return Counter(Notice.objects.filter(key__startswith="workshops:").values_list("user", flat=True))


def states() -> Counter[str]:
    return Counter(ScheduledMessage.objects.values_list("state", flat=True))


def ten_minutes_later() -> None:
    ScheduledMessage.objects.filter(state=MessageState.SENDING).update(
        claimed_at=F("claimed_at") - sending.ABANDONED_AFTER - timedelta(seconds=1)
    )


def test_three_hundred_reminders_whose_worker_is_killed_are_sent_once_each(
    worker: Worker, reminders: None, mailbox: Mailbox, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    process = worker()
    assert becomes_true(lambda: len(mailbox.mails) >= 100 or process.poll() is not None), log.read_text()
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL, log.read_text()
    left = states()
    assert 0 < left[MessageState.SENT] < PEOPLE, "killed in the midst"
    assert left[MessageState.SENDING] <= 1
    ten_minutes_later()
    # Two more workers at once, and one that comes when nothing is left.
    others = [worker() for _other in range(2)]
    assert [other.wait(LIMIT_SECONDS) for other in others] == [0, 0], log.read_text()
    assert sending.send_due() == 0
    assert set(notices().values()) == {1}
    assert len(notices()) == PEOPLE
    received = mailbox.received
    assert max(received.values()) == 1
    unsure = states()[MessageState.UNSURE]
    assert states() == {MessageState.SENT: PEOPLE - unsure} | ({MessageState.UNSURE: unsure} if unsure else {})
    assert unsure <= 1
    assert PEOPLE - unsure <= len(received) <= PEOPLE


def test_a_worker_killed_while_the_server_has_the_mail_leaves_exactly_that_one_to_a_person(
    worker: Worker, reminders: None, mailbox: Mailbox, tmp_path: Path
) -> None:
    mailbox.seconds = LIMIT_SECONDS  # it has taken the mail and has not said so yet
    process = worker()
    assert mailbox.got_one.wait(LIMIT_SECONDS), (tmp_path / "worker.log").read_text()
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    mailbox.seconds = 0
    ten_minutes_later()
    assert sending.send_due() == PEOPLE - 1
    assert states() == {MessageState.SENT: PEOPLE - 1, MessageState.UNSURE: 1}
    assert mailbox.received == Counter(f"person{number}@example.org" for number in range(PEOPLE))
    assert notices() == Counter(User.objects.filter(username__startswith="person-").values_list("pk", flat=True))


# --- the naive way --------------------------------------------------------------------------------
FEW = 12


def send_then_mark(looked: Barrier) -> None:
    """What everybody writes first: read what waits, send it, then say that it was sent."""
    due = list(
        ScheduledMessage.objects.filter(state=MessageState.WAITING).select_related("workshop__center", "seat", "user")
    )
    looked.wait(LIMIT_SECONDS)
    with Post() as post:
        for message in due:
            words = wording.compose(message)
            assert words
            send_notice(
                Message(message.user, f"workshops:{message.key}", words.title, words.text, words.url, is_mailed=False)
            )
            post.ready()
            post.hand_over(mail_of(words, key=message.key, to=message.user.email))
            ScheduledMessage.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=timezone.now())


def send_with_claims(looked: Barrier) -> None:
    looked.wait(LIMIT_SECONDS)
    sending.send_due()


@pytest.mark.parametrize(
    ("way", "most"), [(send_with_claims, 1), (send_then_mark, 2)], ids=["claimed", "mutant: sent and then marked"]
)
def test_two_workers_at_once_send_each_mail_once_and_the_naive_way_sends_it_twice(
    cast: Cast, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, way: Callable[[Barrier], None], most: int
) -> None:
    monkeypatch.setattr("learning.workshops.tasks.send_messages.delay", lambda: None)
    remind(cast, FEW)
    looked = Barrier(2)
    assert at_once(partial(way, looked), partial(way, looked)) == [None, None]
    assert max(mailbox.received.values()) == most
    assert len(mailbox.received) == FEW
    assert set(notices().values()) == {1}  # the notice is told once by its key, even then
