"""Telling people: one door for every channel."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cms.after_commit import queue_after_commit
from learning.notices import tasks
from learning.notices.models import Notice
from learning.notices.queries import visible_to
from learning.people.models import User

BATCH = 500  # a place in a query for each key; SQLite has a limit


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to whom. `key` names the occasion: the same key is said once.

    `is_mailed` False: it stands in the site only, because whoever tells it mails it too, or not at all.
    """

    user: User
    key: str
    title: str
    text: str
    url: str = ""
    is_mailed: bool = True

    @property
    def is_for_mail(self) -> bool:
        return bool(self.user.email) and self.is_mailed


def send_notice(message: Message) -> None:
    """Tell one person, in the site and by mail when there is an address."""
    send_notices([message])


@transaction.atomic
def send_notices(messages: Iterable[Message]) -> int:
    """Tell many; who has been told of an occasion is not told again. Gives how many were new."""
    wanted = list({message.key: message for message in messages}.values())
    told = sum(_tell(wanted[start : start + BATCH]) for start in range(0, len(wanted), BATCH))
    if told and any(message.is_for_mail for message in wanted):
        queue_after_commit(tasks.mail_notices)
    return told


def _tell(messages: list[Message]) -> int:
    known = set(Notice.objects.filter(key__in=[message.key for message in messages]).values_list("key", flat=True))
    new = [message for message in messages if message.key not in known]
    Notice.objects.bulk_create(
        (
            Notice(
                user=message.user,
                key=message.key,
                title=message.title[:200],
                text=message.text,
                url=message.url,
                is_mail_wanted=message.is_for_mail,
            )
            for message in new
        ),
        ignore_conflicts=True,
    )
    return len(new)


@transaction.atomic
def read_notices(user: User) -> None:
    """A person has seen their notices."""
    visible_to(user).filter(read_at__isnull=True).update(read_at=timezone.now())
