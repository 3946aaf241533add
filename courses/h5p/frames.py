"""The whole around the questions: what a set of questions says of passing, order and words, as a quiz says it. Pure."""

from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.walking import Node
from courses.quizzes.choices import Grading, Layout, Navigation
from courses.quizzes.markup import plain_text

SET = "H5P.QuestionSet"
# What the library takes when nothing is written there; not what its editor fills in.
SET_PASSES_AT = 50
PASSES_AT = 70  # the bank's own, for what has no pass mark
LONGEST_TITLE = 200


def quiz_fields(root: Node, title: str, count: int) -> dict[str, Any]:
    """The fields of a quiz made of this content with so many questions."""
    fields: dict[str, Any] = {
        "title": plain_text(title)[:LONGEST_TITLE] or _("Quiz from H5P"),
        "description": "",
        "grading": Grading.H5P,
        "layout": Layout.ALL,
        "navigation": Navigation.FREE,
        "pass_mark": PASSES_AT,
        "random_order": False,
        "max_questions": None,
        "shuffle_choices": shuffles_choices(root),
        "success_text": "",
        "fail_text": "",
    }
    if root.name == SET:
        fields.update(_of_set(root.params, count))
    else:
        fields["pass_mark"] = percent(_object(root.params, "behaviour").get("passPercentage"), PASSES_AT)
    return fields


def _of_set(params: dict[str, Any], count: int) -> dict[str, Any]:
    pool = params.get("poolSize")
    end = _object(params, "endGame")
    return {
        "description": _words(_object(params, "introPage").get("introduction")),
        "layout": Layout.ONE,
        "navigation": Navigation.SEQUENTIAL if params.get("disableBackwardsNavigation") is True else Navigation.FREE,
        "pass_mark": percent(params.get("passPercentage"), SET_PASSES_AT),
        "random_order": params.get("randomQuestions") is True,
        "max_questions": pool if isinstance(pool, int) and not isinstance(pool, bool) and 0 < pool < count else None,
        "success_text": _said_at(end, 100) or _words(_object(end, "oldFeedback").get("successGreeting")),
        "fail_text": _said_at(end, 0) or _words(_object(end, "oldFeedback").get("failGreeting")),
    }


def percent(value: Any, otherwise: int) -> int:
    """A pass mark from 1 to 100; H5P also knows 0, at which everybody passes."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return otherwise
    return min(100, max(1, round(value)))


def shuffles_choices(root: Node) -> bool:
    """Whether any of the questions puts its choices into another order each time."""
    left = [root]
    while left:
        node = left.pop()
        if _object(node.params, "behaviour").get("randomAnswers") is True:
            return True
        left.extend(node.inner())
    return False


def _object(value: dict[str, Any], key: str) -> dict[str, Any]:
    part = value.get(key)
    return part if isinstance(part, dict) else {}


def _words(value: Any) -> str:
    return plain_text(value) if isinstance(value, str) else ""


def _said_at(end: dict[str, Any], share: int) -> str:
    """The words for a share of the points: of the first range that holds it."""
    ranges = end.get("overallFeedback")
    for one in ranges if isinstance(ranges, list) else ():
        ends = [one.get("from"), one.get("to")] if isinstance(one, dict) else [None]
        if not all(isinstance(number, int | float) for number in ends):
            continue
        if ends[0] <= share <= ends[1] and (said := _words(one.get("feedback"))):
            return said
    return ""


def source_of(manifest: dict[str, Any]) -> str:
    """Who made it, where it is from and under which licence, as far as the package says."""
    authors = [one["name"] for one in manifest.get("authors") or [] if isinstance(one, dict) and one.get("name")]
    licence = manifest.get("license") if manifest.get("license") not in ("U", None) else ""
    parts = [", ".join(map(str, authors)), str(manifest.get("source") or ""), _licence(manifest, licence)]
    return " · ".join(part for part in parts if part)[:300]


def _licence(manifest: dict[str, Any], licence: Any) -> str:
    return " ".join(str(part) for part in (licence, licence and manifest.get("licenseVersion")) if part)
