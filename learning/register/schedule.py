"""What happens to imports by the clock."""

from celery import shared_task

from learning.register.flows.imports import forget_files_left, resume_abandoned


@shared_task
def sweep_imports() -> int:
    """Every minute: an import whose worker is gone is given to another, or ended. Gives how many."""
    forget_files_left()
    return resume_abandoned()
