"""Who works on an import: a worker takes it, says that it lives, and stops when another has taken it."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from learning.register.models import Import

ABANDONED_AFTER = timedelta(minutes=2)  # without a sign of life
MOST_ATTEMPTS = 5  # of workers that came to no end: then the work is over
LOCK = 0x696D706F7274  # "import": one number for every saving, on PostgreSQL


class Superseded(Exception):
    """Another worker has this import now, or its state has changed."""


def free_to_take() -> datetime:
    """For `seen_at` of an import that waits for its first worker."""
    return timezone.now() - ABANDONED_AFTER


class Lifeline:
    """The hold of one worker on one import. `take` fails when somebody else is at it."""

    def __init__(self, import_id: int, state: str) -> None:
        self.import_id, self.state, self.seen_at = import_id, state, timezone.now()

    @classmethod
    def take(cls, import_id: int, state: str) -> "Lifeline | None":
        line = cls(import_id, state)
        free = Import.objects.filter(pk=import_id, state=state, seen_at__lte=line.seen_at - ABANDONED_AFTER)
        return line if free.update(seen_at=line.seen_at, attempts=F("attempts") + 1) else None

    def beat(self, **progress: int | None) -> None:
        """Say that the work goes on. Raises Superseded when it is somebody else's by now.

        Within a transaction this also holds the row, so that nobody takes the import before its end.
        """
        now = max(timezone.now(), self.seen_at + timedelta(microseconds=1))
        mine = Import.objects.filter(pk=self.import_id, state=self.state, seen_at=self.seen_at)
        if not mine.update(seen_at=now, **progress):
            raise Superseded(f"Import {self.import_id} is in other hands.")
        self.seen_at = now


def wait_for_my_turn() -> None:
    """One saving at a time, until the end of the transaction. SQLite lets one writer in anyway."""
    assert transaction.get_connection().in_atomic_block  # the lock would be gone at once
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
