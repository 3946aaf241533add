"""States are a table you can read: `move()` is their only writer."""

from collections.abc import Mapping

from django.db import models, transaction
from django.utils import timezone

Transitions = Mapping[str, frozenset[str]]


class IllegalMove(Exception):
    """The table of transitions does not know this step: a fault of the program, not of the person."""


def move(thing: models.Model, to: str, *, transitions: Transitions, stamp: str = "", **facts: object) -> None:
    """Move a row's `state`, with the facts that belong to that moment, in one update.

    `stamp` names the `…_at` field to set to now. The row must be locked or owned by the caller's
    transaction; the update is conditional on the state that was read, so of two writers one fails.

    Raises IllegalMove when the table forbids the step or another writer was first.
    """
    if not transaction.get_connection(thing._state.db).in_atomic_block:
        raise IllegalMove("A state moves only inside a transaction.")
    before = str(thing.state)  # type: ignore[attr-defined]
    if to not in transitions.get(before, frozenset()):
        raise IllegalMove(f"{type(thing).__name__} {thing.pk}: {before} → {to} is not in the table.")
    changes: dict[str, object] = {"state": to, **facts}
    if stamp:
        changes[stamp] = timezone.now()
    changed = type(thing)._base_manager.filter(pk=thing.pk, state=before).update(**changes)
    if changed != 1:
        raise IllegalMove(f"{type(thing).__name__} {thing.pk} is no longer {before}.")
    for name, value in changes.items():
        setattr(thing, name, value)
