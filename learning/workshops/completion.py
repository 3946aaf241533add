"""When a workshop is completed: attendance, post-test and evaluation, as the workshop asks. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Lacking(StrEnum):
    """What is still missing."""

    ATTENDANCE = "attendance"
    POST_TEST = "post_test"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a workshop asks for."""

    percent: int
    needs_post_test: bool
    needs_evaluation: bool


def lacking(rule: Rule, *, percent: int, has_passed: bool, has_evaluated: bool) -> list[Lacking]:
    """What stands between somebody and the certificate, in the order in which it can be done."""
    found = []
    if percent < rule.percent or percent == 0:
        found.append(Lacking.ATTENDANCE)
    if rule.needs_post_test and not has_passed:
        found.append(Lacking.POST_TEST)
    if rule.needs_evaluation and not has_evaluated:
        found.append(Lacking.EVALUATION)
    return found
