"""Kinds of ours that H5P does not know, written as H5P.DragText: lines with one gap each."""

import html
from copy import deepcopy

from courses.quizzes.kinds.javascript import as_dict
from courses.quizzes.kinds.kind import Body, H5PContent
from courses.quizzes.markup import plain_text

LIBRARY = "H5P.DragText 1.10"
# What DragText reads as its own signs, written so that a browser shows the sign.
_SIGNS = {"*": "&#42;", ":": "&#58;", "\\": "&#92;"}


def line_with_gap(before: str, word: str) -> str:
    """One line of the text field: what stands before its gap, and what belongs into it."""
    return f"{escaped(before)} *{escaped(word)}*".strip()


def escaped(text: str) -> str:
    """The words of a text with everything written as an entity that DragText or a browser takes for a sign."""
    words = html.escape(" ".join(plain_text(text).split()), quote=False)
    return "".join(_SIGNS.get(sign, sign) for sign in words)


def written(content: str, body: Body, lines: list[str], distractors: list[str]) -> H5PContent:
    """The text as H5P.DragText; its highest score is the number of lines."""
    params = deepcopy(as_dict(as_dict(body.get("h5p")).get("params")))
    behaviour = as_dict(params.get("behaviour"))
    params |= {
        "taskDescription": content,
        "textField": "\n".join(lines),
        "distractors": " ".join(f"*{escaped(word)}*" for word in distractors),
        "behaviour": {
            "enableRetry": True,
            "enableSolutionsButton": True,
            "enableCheckButton": True,
            "instantFeedback": False,
            **behaviour,
        },
    }
    return H5PContent(LIBRARY, params)


def state_of(words: list[str], dropped: list[str]) -> list[dict[str, int]]:
    """The state: for each gap what was dropped there ("" nothing). Words are those of the gaps, then the distractors.

    Each word can be dropped once, equal words stand for one another.
    """
    left = list(enumerate(words))
    state = []
    for droppable, text in enumerate(dropped):
        found = next((entry for entry in left if text and entry[1] == text), None)
        if found:
            left.remove(found)
            state.append({"draggable": found[0], "droppable": droppable})
    return state
