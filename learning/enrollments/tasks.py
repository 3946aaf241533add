"""Walks through an audience that may be fifty thousand people."""

from celery import shared_task
from django.utils import timezone

from learning.enrollments.assigning import walk_audience
from learning.enrollments.models import Assignment


@shared_task
def walk_assignment(assignment_id: int) -> int:
    """Bring one assignment in line with its audience of today; who is in none any more owes nothing. Gives how many
    came in.
    """
    assignment = Assignment.objects.filter(pk=assignment_id).first()
    return walk_audience(assignment, day=timezone.localdate()).came if assignment else 0
