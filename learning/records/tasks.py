"""Slow work on records, after commit. Takes ids; a second worker at the same thing does nothing."""

from celery import shared_task

from learning.records.bundling import making
from learning.records.lines import LINES_AT_ONCE, work_on_batch
from learning.records.papers import working
from learning.records.printing.making import make_record


@shared_task
def make_training_record(record_id: int) -> bool:
    """Print and sign one training record. Gives whether it is ready."""
    return make_record(record_id)


@shared_task
def issue_batch(batch_id: int) -> int:
    """Issue the certificates of a batch for a while, and queue again for the rest. Gives how many lines were done."""
    done = work_on_batch(batch_id)
    if done >= LINES_AT_ONCE:
        issue_batch.delay(batch_id)
    return done


@shared_task
def make_bundle(bundle_id: int) -> bool:
    """Put the files of many certificates into one. Gives whether it is ready."""
    return making.make_bundle(bundle_id)


@shared_task
def read_papers(register_id: int) -> bool:
    """Read a list of certificates on paper. Gives whether it was ours to do."""
    return working.read_papers(register_id)


@shared_task
def record_papers(register_id: int) -> bool:
    """Record a checked list of certificates on paper. Gives whether it was ours to do."""
    return working.record_papers(register_id)
