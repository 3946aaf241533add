"""Slow work on imports, after commit. Takes ids; a second worker on the same import does nothing."""

from celery import shared_task

from learning.register import applying, checking, undoing


@shared_task
def check_import(import_id: int) -> bool:
    """Read a file and compare it with the register."""
    return checking.check(import_id)


@shared_task
def apply_import(import_id: int) -> bool:
    """Save a checked import."""
    return applying.apply(import_id)


@shared_task
def undo_import(import_id: int) -> bool:
    """Take a saved import back."""
    return undoing.undo(import_id)
