"""Points of any content, whole packages included: a question as its kind scores it, a whole as the sum of its parts.

Pure. How each library keeps the states of its parts is told at its function.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from courses.h5p.mapping import UNSCORED
from courses.h5p.walking import machine_name
from courses.quizzes.kinds import h5p_scores

Points = tuple[float, float]
Part = tuple[Any, Any]  # content with `library` and `params`, and its state


class NotScored(Exception):
    """Nobody here knows how this library counts, or what it was given is broken."""


def score(library: str, params: Any, state: Any) -> Points:
    """Points and the highest points of a state. Raises NotScored.

    `library` may carry its version or not. A state of None, or of another shape than the library keeps, is that of
    somebody who has done nothing.
    """
    name = machine_name(library) or library
    if not isinstance(params, dict):
        raise NotScored("params is no object")
    if name in UNSCORED:
        return 0, 0
    if name in CONTAINERS:
        return _sum(CONTAINERS[name](params, state))
    if name not in h5p_scores():
        raise NotScored(f"{name} is not known")
    try:
        points, most = h5p_scores()[name](params, state)
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        raise NotScored(f"{name} is broken: {type(error).__name__}") from error
    if not all(isinstance(number, int | float) and math.isfinite(number) for number in (points, most)):
        raise NotScored(f"{name} gives no number")
    return points, most


def _sum(parts: Iterable[Part]) -> Points:
    points: float = 0
    most: float = 0
    for content, state in parts:
        if not isinstance(content, dict) or not isinstance(content.get("library"), str):
            continue  # a place that its author left empty
        of_part = score(content["library"], content.get("params") or {}, state)
        points, most = points + of_part[0], most + of_part[1]
    return points, most


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _get(value: Any, *keys: str | int) -> Any:
    """What stands there; None when nothing does."""
    for key in keys:
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            value = value[key]
        else:
            return None
    return value


def _indexes(value: Any, count: int) -> list[int] | None:
    """Places in a list of so many; None for anything else."""
    if not isinstance(value, list) or not all(isinstance(one, int) and not isinstance(one, bool) for one in value):
        return None
    return value if all(0 <= one < count for one in value) else None


def _question_set(params: dict[str, Any], state: Any) -> Iterator[Part]:
    """`answers` lie in the order of asking: the drawn questions (`poolOrder`), then shuffled (`order`)."""
    questions = _list(params.get("questions"))
    size = params.get("poolSize")
    if isinstance(size, int | float) and size > 0:
        drawn = _indexes(_get(state, "poolOrder"), len(questions))
        questions = questions[: int(size)] if drawn is None else [questions[place] for place in drawn]
    order = _indexes(_get(state, "order"), len(questions))
    if order is not None and sorted(order) == list(range(len(questions))):
        questions = [questions[place] for place in order]
    answers = _get(state, "answers")
    for place, question in enumerate(questions):
        yield question, _get(answers, place)


def _column(params: dict[str, Any], state: Any) -> Iterator[Part]:
    """`content[].content`, and the states as `instances` in the same places; also of a column in a row."""
    for place, item in enumerate(_list(params.get("content"))):
        yield _get(item, "content"), _get(state, "instances", place)


def _row(params: dict[str, Any], state: Any) -> Iterator[Part]:
    for place, item in enumerate(_list(params.get("columns"))):
        yield _get(item, "content"), _get(state, "instances", place)


def _book(params: dict[str, Any], state: Any) -> Iterator[Part]:
    """A chapter is a column, written as `chapter` or straight in the list."""
    for place, item in enumerate(_list(params.get("chapters"))):
        chapter = item if isinstance(item, dict) and "library" in item else _get(item, "chapter")
        yield chapter, _get(state, "chapters", place, "state")


def _presentation(params: dict[str, Any], state: Any) -> Iterator[Part]:
    """`answers` by slide, then by element."""
    for number, slide in enumerate(_list(_get(params, "presentation", "slides"))):
        for place, element in enumerate(_list(_get(slide, "elements"))):
            yield _get(element, "action"), _get(state, "answers", number, place)


def _video(params: dict[str, Any], state: Any) -> Iterator[Part]:
    """`answers` by interaction. The summary at the end is not in the sum, as in the library."""
    for place, item in enumerate(_list(_get(params, "interactiveVideo", "assets", "interactions"))):
        yield _get(item, "action"), _get(state, "answers", place)


CONTAINERS: dict[str, Callable[[dict[str, Any], Any], Iterator[Part]]] = {
    "H5P.QuestionSet": _question_set,
    "H5P.Column": _column,
    "H5P.Row": _row,
    "H5P.RowColumn": _column,
    "H5P.InteractiveBook": _book,
    "H5P.CoursePresentation": _presentation,
    "H5P.InteractiveVideo": _video,
}
