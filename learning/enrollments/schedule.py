"""What happens to enrollments by the calendar."""

from celery import shared_task
from django.utils import timezone

from learning.enrollments import flows
from learning.enrollments.queries import assignments_to_walk


@shared_task
def walk_assignments() -> int:
    """Every hour: who came into an audience is enrolled, who left it owes nothing. Gives how many came in."""
    today = timezone.localdate()
    return sum(flows.walk_audience(assignment, day=today).came for assignment in assignments_to_walk())


@shared_task
def pass_due_days() -> int:
    """Every hour: what was due yesterday and is not completed is overdue from today. Gives how many."""
    return flows.pass_due_days(today=timezone.localdate())


@shared_task
def remind() -> int:
    """Every morning: who owes something is told, on the days the assignment names. Gives how many."""
    return flows.remind(today=timezone.localdate())
