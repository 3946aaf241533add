"""What a center writes of a workshop: facts, days and places, one half-day, a move, the end."""

from learning.workshops.forms.scheduling.facts import FactsForm
from learning.workshops.forms.scheduling.moving import CancelForm, MoveForm, PlacesForm, SessionForm
from learning.workshops.forms.scheduling.plan import PlanForm

__all__ = ["CancelForm", "FactsForm", "MoveForm", "PlacesForm", "PlanForm", "SessionForm"]
