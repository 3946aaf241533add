"""What happens by the clock: each job finds in the rows what is left to do."""

from celery import shared_task
from django.utils import timezone

from learning.records.flows import bundles, issuing, papers, reminding, showing


@shared_task
def tend_training_records() -> int:
    """Every few minutes: training records whose worker is gone are made. Gives how many are ready now."""
    return showing.make_records_left()


@shared_task
def sweep_batches() -> int:
    """Every minute: batches whose worker is gone are gone on with. Gives how many."""
    return issuing.sweep_batches()


@shared_task
def tell_of_expiry() -> int:
    """Every morning: whose certificate expires in 60 or 30 days is told. Gives how many."""
    return reminding.tell_of_expiry(today=timezone.localdate())


@shared_task
def tend_bundles() -> int:
    """Every minute: bundles whose worker is gone are made, old ones are removed. Gives how many."""
    return bundles.tend_bundles()


@shared_task
def tend_papers() -> int:
    """Every minute: lists of papers whose worker is gone are given to another. Gives how many."""
    return papers.tend_papers()
