"""Sittings and their answers; time and attempts given to a person; marks by people; marking again."""

from learning.sittings.models.allowances import Allowance
from learning.sittings.models.marking import Marking, MarkingRule
from learning.sittings.models.regrades import Regrade, RegradedSitting
from learning.sittings.models.sittings import Response, Sitting

__all__ = ["Allowance", "Marking", "MarkingRule", "Regrade", "RegradedSitting", "Response", "Sitting"]
