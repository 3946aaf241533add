"""How H5P.MultiChoice scores a state. Defaults are those of its script, not those of its editor."""

import math
from typing import Any

from courses.quizzes.kinds.javascript import is_numeric, is_truthy, number, place, section, whole

# What its script shows when there are no answers at all; the first answer of a list inherits from it.
_DEFAULT_ANSWER = {"correct": True}


def answers_of(params: Any) -> list[dict[str, Any]]:
    """The answers as the script merges them with its default; what is no object has nothing to say."""
    given = params.get("answers") if isinstance(params, dict) else None
    if not isinstance(given, list) or not given:
        return [_DEFAULT_ANSWER]
    answers = [answer if isinstance(answer, dict) else {} for answer in given]
    if isinstance(given[0], dict) and "correct" not in answers[0]:
        answers[0] = {**answers[0], **_DEFAULT_ANSWER}
    return answers


def is_single(params: Any) -> bool:
    """True when only one answer can be chosen: asked for, or left to the script and one answer is right."""
    wanted = section(params, "behaviour").get("type", "auto")
    if wanted == "auto":
        return sum(is_truthy(answer.get("correct")) for answer in answers_of(params)) == 1
    return bool(wanted == "single")


def score(params: Any, state: Any) -> tuple[float, float]:
    """Points and their maximum for `{"answers": [indexes]}`."""
    answers = answers_of(params)
    weight = number(params.get("weight", 1) if isinstance(params, dict) else 1)
    chosen = state.get("answers") if isinstance(state, dict) else None
    chosen = chosen if isinstance(chosen, list) else []
    if is_single(params):
        # The first one counts, whatever follows; the weight is the maximum and still one point is earned.
        if is_truthy(section(params, "behaviour").get("randomAnswers")):  # then only true places survive the shuffle
            chosen = [index for index in chosen if is_numeric(index) and place(index, len(answers)) is not None]
        first = place(chosen[0], len(answers)) if chosen else None
        return (1 if first is not None and is_truthy(answers[first].get("correct")) else 0), weight
    return _score_several(section(params, "behaviour"), answers, chosen, weight)


def _score_several(
    behaviour: dict[str, Any], answers: list[dict[str, Any]], chosen: list[Any], weight: float
) -> tuple[float, float]:
    right = [index for index, answer in enumerate(answers) if is_truthy(answer.get("correct"))]
    highest = math.fsum(number(answers[index].get("weight", 1)) for index in right) if right else weight
    # Indexes are compared strictly here: "1" chooses nothing.
    marked = {int(index) for index in chosen if is_numeric(index) and index in range(len(answers))}
    points: float = sum(
        number(answers[index].get("weight", 1)) * (1 if index in right else -1) for index in sorted(marked)
    )
    points = max(points, 0)
    if not marked and not right:
        points = weight
    if not is_truthy(behaviour.get("singlePoint", True)):
        return whole(points), whole(highest)
    wanted = number(behaviour.get("passPercentage", 100))
    reached = bool(highest) and 100 * points / highest >= wanted
    return (weight if reached else 0), weight
