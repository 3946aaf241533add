"""What happens to boards by the calendar."""

from celery import shared_task
from django.utils import timezone

from learning.organizations import flows


@shared_task
def pass_terms() -> int:
    """Every day after midnight: boards whose terms begin or end are counted anew. Gives how many."""
    return flows.pass_terms(today=timezone.localdate())
