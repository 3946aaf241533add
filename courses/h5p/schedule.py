"""What happens to packages by the clock."""

from celery import shared_task

from courses.h5p.flows import resume_abandoned


@shared_task
def sweep_packages() -> int:
    """A package whose worker is gone is given to another, or ended. Gives how many."""
    return resume_abandoned()
