"""Slow work on workshops, after commit. Takes ids; a second worker at the same thing does nothing."""

from celery import shared_task

from learning.people.models import User
from learning.workshops import agreeing, sending
from learning.workshops.completing import complete_workshop
from learning.workshops.models import Workshop
from learning.workshops.planning import making
from learning.workshops.printing.making import make_paper


@shared_task
def send_messages() -> int:
    """Send what is due. Gives how many went out."""
    return sending.send_due()


@shared_task
def print_paper(paper_id: int) -> bool:
    """Print one paper. Gives whether it is ready."""
    return make_paper(paper_id)


@shared_task
def complete_all(workshop_id: int, by_id: int) -> int:
    """Complete everybody who lacks nothing. Gives how many; done twice it is done once."""
    return complete_workshop(Workshop.objects.get(pk=workshop_id), by=User.objects.get(pk=by_id))


@shared_task
def make_plan(plan_id: int) -> bool:
    """Work out a plan; nothing is booked by it. Gives whether it is ready."""
    return making.make_plan(plan_id)


@shared_task
def agree_to_plan(plan_id: int, seen: int) -> int:
    """Agree to what is left of a plan, for whom it stands in its row. Gives how many were agreed to."""
    return agreeing.agree_for_somebody(plan_id, seen=seen).agreed
