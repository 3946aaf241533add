"""Slow work on files of questions, after commit. A second worker on the same file does nothing."""

from celery import shared_task

from courses.quizzes import importing


@shared_task
def read_file(import_id: int) -> None:
    """Read a file into drafts."""
    importing.read_file(import_id)


@shared_task
def save_drafts(import_id: int, keep_twins: bool) -> int:
    """Write the drafts of a file."""
    return importing.save_drafts(import_id, keep_twins=keep_twins)
