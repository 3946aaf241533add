"""Fill in the blanks as H5P.Blanks, and back. Also for other kinds that go out as gaps to be typed into."""

from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.kinds.blanks.score import Gap, parts_of, questions_of
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
from courses.quizzes.kinds.javascript import as_list, section
from courses.quizzes.kinds.kind import Body, H5PContent, Read
from courses.quizzes.markup import plain_text

MACHINE_NAME = "H5P.Blanks"
LIBRARY = "H5P.Blanks 1.14"
ASKED = "<p>เติมคำตอบลงในช่องว่าง</p>"  # where the content asks nothing


def read(content: H5PContent) -> Read:
    params = params_of(content)
    behaviour = section(params, "behaviour")
    body = {
        "parts": _read_parts(params),
        "case_sensitive": behaviour.get("caseSensitive", True) is True,
        "accept_spelling_errors": behaviour.get("acceptSpellingErrors") is True,
    }
    return Read("blanks", block(params.get("text")) or ASKED, body, remarks=remarks_on_media(params))


def _read_parts(params: dict[str, Any]) -> list[Part]:
    if not as_list(params.get("questions")):
        raise ValueError(_("There is no text with gaps."))
    texts = [
        [part.replace("**", "*") if isinstance(part, str) else part for part in parts_of(question)]
        for question in questions_of(params)
    ]
    return parts_read(texts, _read_gap)


def _read_gap(gap: Gap) -> dict[str, Any]:
    answers = list(dict.fromkeys(text for solution in gap.solutions if (text := solution.strip())))
    if not answers:
        raise ValueError(_("A gap has no right answer."))
    return {"answers": answers, "tip": plain_text(gap.tip).replace("\n", " ")}


def write(content: str, body: Body) -> H5PContent:
    """The text over what it was read from, if it was; else a new one."""
    params = kept_params(body, MACHINE_NAME) or labels(MACHINE_NAME)
    if (strictness := behaviour(params, body)) or "behaviour" in params:
        params["behaviour"] = strictness
    if not ("questions" in params and _is_unchanged(params, body["parts"])):
        params["questions"] = [f"<p>{line}</p>" for line in lines_of(body["parts"], write_gap)]
    if content != ASKED or block(params.get("text")):
        params["text"] = block_or_kept(params.get("text"), content)
    return H5PContent(kept_library(body, LIBRARY), params)


def _is_unchanged(params: dict[str, Any], parts: list[Part]) -> bool:
    try:
        return say_the_same(clean_parts(_read_parts(params), "g", lambda gap: {**gap}), parts)
    except ValueError:
        return False


def behaviour(params: dict[str, Any], body: Body) -> dict[str, Any]:
    """How strictly answers are compared; in new content said aloud, since editor and script assume different things."""
    kept = section(params, "behaviour")
    said = {"caseSensitive": body["case_sensitive"], "acceptSpellingErrors": body["accept_spelling_errors"]}
    read_before = {
        "caseSensitive": kept.get("caseSensitive", True) is True,
        "acceptSpellingErrors": kept.get("acceptSpellingErrors") is True,
    }
    is_new = "questions" not in params
    return {**kept, **{key: value for key, value in said.items() if is_new or read_before[key] != value}}


def write_gap(gap: dict[str, Any]) -> str:
    """A gap between asterisks: its answers, and its hint after a colon."""
    answers = "/".join(part_html(answer, "*/:") for answer in gap["answers"])
    tip = f":{part_html(gap['tip'])}" if gap.get("tip") else ""
    return f"*{answers}{tip}*"
