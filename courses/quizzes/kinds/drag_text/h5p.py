"""Words dragged into a text as H5P.DragText, and back."""

from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.kinds.drag_text.score import Gap, distractors_of, parts_of, text_of
from courses.quizzes.kinds.gaps import Part, clean_parts, lines_of, part_html, parts_read, say_the_same
from courses.quizzes.kinds.h5p_content import (
    block,
    block_or_kept,
    kept_library,
    kept_params,
    params_of,
    remarks_on_media,
)
from courses.quizzes.kinds.h5p_labels import labels
from courses.quizzes.kinds.javascript import as_text
from courses.quizzes.kinds.kind import Body, H5PContent, Read
from courses.quizzes.markup import plain_text

MACHINE_NAME = "H5P.DragText"
LIBRARY = "H5P.DragText 1.10"
SIGNS = "*:\\"  # that its parser would take for its own
ASKED = "<p>ลากคำมาวางลงในช่องว่าง</p>"  # where the content asks nothing


def read(content: H5PContent) -> Read:
    params = params_of(content)
    if not as_text(params.get("textField")).strip():
        raise ValueError(_("There is no text with gaps."))
    body = {"parts": _read_parts(params), "distractors": [{"text": text} for text in _read_distractors(params)]}
    return Read("drag_text", block(params.get("taskDescription")) or ASKED, body, remarks=remarks_on_media(params))


def _read_parts(params: dict[str, Any]) -> list[Part]:
    return parts_read([parts_of(text_of(params))], _read_gap)


def _read_gap(gap: Gap) -> dict[str, Any]:
    word = _line(gap.word)
    if not word:
        raise ValueError(_("A gap has no right answer."))
    return {"word": word, "tip": _line(gap.tip), "right": _line(gap.right), "wrong": _line(gap.wrong)}


def _read_distractors(params: dict[str, Any]) -> list[str]:
    return [text for word in distractors_of(params) if (text := _line(word))]


def _line(text: str) -> str:
    return " ".join(plain_text(text).split())


def write(content: str, body: Body) -> H5PContent:
    """The text over what it was read from, if it was; else a new one."""
    params = kept_params(body, MACHINE_NAME) or labels(MACHINE_NAME)
    if not ("textField" in params and _is_unchanged(params, body["parts"])):
        params["textField"] = "\n".join(lines_of(body["parts"], _write_gap))
    distractors = [distractor["text"] for distractor in body["distractors"]]
    if _read_distractors(params) != distractors:
        params["distractors"] = " ".join(f"*{part_html(text, SIGNS)}*" for text in distractors)
    if content != ASKED or block(params.get("taskDescription")):
        params["taskDescription"] = block_or_kept(params.get("taskDescription"), content)
    return H5PContent(kept_library(body, LIBRARY), params)


def _is_unchanged(params: dict[str, Any], parts: list[Part]) -> bool:
    try:
        return say_the_same(clean_parts(_read_parts(params), "g", lambda gap: {**gap}), parts)
    except ValueError:
        return False


def _write_gap(gap: dict[str, Any]) -> str:
    tip = f":{part_html(gap['tip'], SIGNS)}" if gap["tip"] else ""
    right = f"\\+{part_html(gap['right'], SIGNS)}" if gap["right"] else ""
    wrong = f"\\-{part_html(gap['wrong'], SIGNS)}" if gap["wrong"] else ""
    return f"*{part_html(gap['word'], SIGNS)}{tip}{right}{wrong}*"


def state(body: Body, answer: list[str]) -> list[dict[str, int]]:
    """Which word lies in which gap, by the places that the library counts.

    A word chosen for two gaps lies in both as far as there are equal words; the library lays each down once.
    """
    gaps = [part for part in body["parts"] if isinstance(part, dict)]
    words = {gap["id"]: gap["word"] for gap in gaps} | {one["id"]: one["text"] for one in body["distractors"]}
    places = {identifier: place for place, identifier in enumerate(words)}
    left = [identifier for identifier in words if identifier not in answer]
    moves, used = [], set()
    for gap, identifier in enumerate(answer):
        if not identifier:
            continue
        if identifier in used:
            identifier = next((other for other in left if words[other] == words[identifier]), identifier)
            left = [other for other in left if other != identifier]
        used.add(identifier)
        moves.append({"draggable": places[identifier], "droppable": gap})
    return moves
