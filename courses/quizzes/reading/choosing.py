"""Choices with weights, as GIFT and Moodle have them, as the choices of our kinds."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.kinds.choice import MAX_CHOICES
from courses.quizzes.reading.drafts import CannotRead, Draft

FULL = Decimal(100)
# Weights of a third or a sixth are written with five decimals.
NEARLY = Decimal("0.1")


@dataclass(frozen=True)
class Option:
    """A choice, its weight in percent of the points, and what is said to who chose it."""

    text: str
    weight: Decimal
    why: str = ""


def choice_draft(options: list[Option], *, is_single: bool, **common: Any) -> Draft:
    """Single choice when one answer earns everything, else multiple choice; what weights cannot say is remarked.

    Raises CannotRead for more choices than a question can have.
    """
    if len(options) > MAX_CHOICES:
        raise CannotRead(_("Give between 2 and %(count)d choices.") % {"count": MAX_CHOICES})
    remarks = list(common.pop("remarks", ()))
    full = [option for option in options if option.weight >= FULL - NEARLY]
    if is_single and len(full) == 1:
        kind, right = "single_choice", full
        if any(0 < option.weight < FULL - NEARLY for option in options):
            remarks.append(_("Choices that earned a part of the points earn none now."))
    else:
        kind, right = "multiple_choice", [option for option in options if option.weight > 0]
        if is_single and len(full) > 1:
            remarks.append(_("Several choices were right each by itself; now all of them together are."))
        elif not _shared_evenly(right):
            remarks.append(_("Weights of the choices were left out: each right one counts the same."))
    if any(option.weight < 0 for option in options) and kind == "single_choice":
        remarks.append(_("Points taken away for a wrong choice were left out."))
    choices = [
        {"text": option.text, "correct": any(option is one for one in right), "feedback": option.why}
        for option in options
    ]
    return Draft(kind=kind, body={"choices": choices}, remarks=tuple(remarks), **common)


def _shared_evenly(right: list[Option]) -> bool:
    return not right or all(abs(option.weight - FULL / len(right)) <= NEARLY for option in right)
