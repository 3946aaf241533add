"""Work for the worker, asked for when the transaction has come true."""

from typing import Any

from django.db import transaction


def queue_after_commit(task: Any, *arguments: object) -> None:
    """Queue a Celery task after commit. A broker that does not answer stops nobody: rows wait, and sweeps ask again."""
    # A function, not a partial: Django names what failed by its __qualname__, which a partial has not.
    transaction.on_commit(lambda: task.delay(*arguments), robust=True)
