"""What happens by the clock: each job finds in the rows what is left to do."""

from celery import shared_task
from django.utils import timezone

from learning.workshops import completing, losing, sending
from learning.workshops.flows import allotments, holds, papers, plans


@shared_task
def complete_who_is_ready() -> int:
    """Certificates for those who have handed in the last thing since."""
    return completing.complete_who_is_ready()


@shared_task
def warn_of_lost_attendance() -> int:
    """Tell those who can no longer reach the attendance that the workshop asks for."""
    return losing.warn_of_lost_attendance()


@shared_task
def release_holds() -> int:
    """Every hour: what was held for a request until yesterday is free from today. Gives how many half-days."""
    return holds.release_holds(today=timezone.localdate())


@shared_task
def send_messages() -> int:
    """Every minute: what is due, and what a worker that is gone left behind. Gives how many went out."""
    return sending.send_due()


@shared_task
def tend_papers() -> int:
    """Every few minutes: papers whose worker is gone are made; those of last week are forgotten. Gives how many."""
    return papers.forget_papers() + papers.make_papers_left()


@shared_task
def release_reservations() -> int:
    """After midnight: seats kept until yesterday go to those in line. Gives how many."""
    return allotments.release_due(today=timezone.localdate())


@shared_task
def sweep_plans() -> int:
    """Every few minutes: plans whose worker is gone are ended in words, those the queue lost begin again."""
    return plans.sweep_plans()
