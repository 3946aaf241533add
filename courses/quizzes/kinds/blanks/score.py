"""How H5P.Blanks finds its gaps and scores a state."""

import html
import re
from dataclasses import dataclass
from typing import Any

from courses.quizzes.kinds.javascript import is_numeric, is_truthy, section, trim
from courses.quizzes.texts import allowed_errors, distance

_DEFAULT_QUESTIONS = ["<p>Oslo is the capital of *Norway*.</p>"]
_TAGS_IN_A_GAP = re.compile(r"</?[a-z]*\d?>", re.IGNORECASE)


@dataclass(frozen=True)
class Gap:
    """A gap: what may stand in it, and the hint."""

    solutions: tuple[str, ...]
    tip: str


def questions_of(params: Any) -> list[str]:
    """The texts with gaps. A missing or empty list is the example of the script itself."""
    given = params.get("questions") if isinstance(params, dict) else None
    if not isinstance(given, list) or not given:
        return _DEFAULT_QUESTIONS
    return [question for question in given if isinstance(question, str) and question]


def parts_of(question: str) -> list[str | Gap]:
    """The text and the gaps of one question in their order.

    After a gap the script looks on one sign too late, so that a gap right behind a gap is none.
    """
    parts: list[str | Gap] = []
    told = 0  # up to here the text is in `parts`
    start = question.find("*")
    while start != -1:
        end = question.find("*", start + 1)
        if end == -1:
            break
        inside = _TAGS_IN_A_GAP.sub("", question[start + 1 : end])
        if inside:
            parts += [question[told:start], _gap(inside)]
            told = end + 1
            start = question.find("*", end + 2)
        else:  # two asterisks are no gap
            start = question.find("*", start + 2)
    return [*parts, question[told:]]


def _gap(inside: str) -> Gap:
    """What stands between two asterisks: alternatives with / between them, and a hint after the first colon."""
    solution, _colon, tip = inside.partition(":")
    # Entities are read last: &#47; is a slash that parts nothing.
    return Gap(tuple(html.unescape(trim(one)) for one in solution.split("/")), tip)


def score(params: Any, state: Any) -> tuple[float, float]:
    """A point for each gap; a state that has not one text for each gap is as good as none."""
    gaps = [part for question in questions_of(params) for part in parts_of(question) if isinstance(part, Gap)]
    behaviour = section(params, "behaviour")
    given = _typed(params.get("userAnswers") if isinstance(params, dict) else None, state, len(gaps))
    return sum(_is_right(gap, trim(text), behaviour) for gap, text in zip(gaps, given, strict=True)), len(gaps)


def _typed(written_in: Any, state: Any, count: int) -> list[str]:
    if isinstance(state, list) and len(state) == count:
        return ["" if text is None else _in_a_field(text) for text in state]
    before = written_in if isinstance(written_in, list) else []
    return [_in_a_field(text) if is_truthy(text) else "" for text in [*before, *[""] * count][:count]]


def _in_a_field(value: Any) -> str:
    """A value as a field of one line shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_numeric(value):
        return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else str(value)
    return re.sub(r"[\r\n]", "", value) if isinstance(value, str) else ""


def _is_right(gap: Gap, given: str, behaviour: dict[str, Any]) -> bool:
    is_exact = behaviour.get("caseSensitive", True) is True
    forgives = behaviour.get("acceptSpellingErrors") is True
    given = given if is_exact else given.lower()
    for solution in gap.solutions:
        wanted = solution if is_exact else solution.lower()
        if given == wanted:
            return True
        allowed = allowed_errors(wanted) if forgives else 0
        # Counted in characters this is never more than in UTF-16 units, so nothing near is passed over.
        if allowed and abs(len(given) - len(wanted)) <= allowed and distance(given, wanted) <= allowed:
            return True
    return False
