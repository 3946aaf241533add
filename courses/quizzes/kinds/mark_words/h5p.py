"""Words to be marked as H5P.MarkTheWords, and back.

The library marks what stands between blanks. Where Thai has none we write a thin space, which looks like nothing
much, parts words for the library, and is taken out again when the content is read.
"""

import html
import re
from typing import Any

from django.utils.translation import gettext as _

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
from courses.quizzes.kinds.mark_words.score import Run, Texts, runs_of, text_of

MACHINE_NAME = "H5P.MarkTheWords"
LIBRARY = "H5P.MarkTheWords 1.11"
ASKED = "<p>ทำเครื่องหมายที่คำที่ถูกต้อง</p>"  # where the content asks nothing
THIN, HAIR = "\u2009", "\u200a"
NO_BREAK = "\u00a0"  # within a right word of several words
# Around a word with blanks in it the library wants ordinary blanks; a hair space tells that they are ours as well.
_OURS = re.compile(f"{HAIR} | {HAIR}|{THIN}")
_LINE_TAGS = {"<br>", "</p>", "</div>", "</li>", "</h2>", "</h3>", "</h4>"}


def read(content: H5PContent) -> Read:
    params = params_of(content)
    if not as_text(params.get("textField")).strip():
        raise ValueError(_("There is no text to mark."))
    words = read_words(params)
    if not any(word["correct"] for word in words):
        raise ValueError(_("No word of the text is right."))
    asked = block(params.get("taskDescription")) or ASKED
    return Read("mark_words", asked, {"words": words}, remarks=remarks_on_media(params))


def read_words(params: dict[str, Any]) -> list[dict[str, Any]]:
    """The words that can be marked, in their order, without ids."""
    words: list[dict[str, Any]] = []
    between = ""
    for kind, what in Texts(text_of(params)).found:
        if kind == "tag":
            between += "\n" if what in _LINE_TAGS else ""
            continue
        runs, rest = runs_of(what)
        for run in runs:
            between += run.between + run.before
            if run.word:
                words.append({"text": _said(run), "before": _read(between), "after": "", "correct": run.is_right})
                between = ""
            between += run.after
        between += rest
    if words:
        words[0]["before"] = words[0]["before"].lstrip()
        words[-1]["after"] = _read(between).rstrip()
    return words


def _said(run: Run) -> str:
    return run.said.replace(NO_BREAK, " ")


def _read(between: str) -> str:
    """What stands between two words: our own blanks taken out, lines without empty ones between."""
    text = re.sub(r"[^\S\n]+", " ", _OURS.sub("", between).replace("**", "*"))
    return re.sub(r" *\n\s*", "\n", text)


def write(content: str, body: Body) -> H5PContent:
    """The text over what it was read from, if it was; else a new one."""
    params = kept_params(body, MACHINE_NAME) or labels(MACHINE_NAME)
    if not ("textField" in params and read_words(params) == _without_ids(body)):
        params["textField"] = "".join(f"<p>{line}</p>" for line in _written(body).split("\n"))
    if content != ASKED or block(params.get("taskDescription")):
        params["taskDescription"] = block_or_kept(params.get("taskDescription"), content)
    return H5PContent(kept_library(body, LIBRARY), params)


def _without_ids(body: Body) -> list[dict[str, Any]]:
    return [{key: value for key, value in word.items() if key != "id"} for word in body["words"]]


def _written(body: Body) -> str:
    return "".join(_escaped(word["before"]) + _word(word) + _escaped(word["after"]) for word in body["words"])


def _word(word: dict[str, Any]) -> str:
    """A word as a run of its own; one with blanks in it stands between ordinary blanks, which the library wants."""
    said = _escaped(word["text"])
    if not word["correct"]:  # the library knows no wrong word with a blank in it
        return f"{THIN}{said.replace(' ', '')}{THIN}"
    if " " in said:
        return f"{HAIR} *{said.replace(' ', NO_BREAK)}* {HAIR}"
    return f"{THIN}*{said}*{THIN}"


def _escaped(text: str) -> str:
    return html.escape(text.replace("*", "**"), quote=False)


def state(body: Body, params: dict[str, Any], answer: list[str]) -> list[int]:
    """The marked words by the places that the library counts; punctuation that it takes for a word is passed over."""
    found = [(word["text"], word["correct"]) for word in read_words(params)]
    places: dict[str, int] = {}
    at = 0
    for word in body["words"]:
        wanted = _as_found(word)
        if wanted in found[at:]:
            places[word["id"]] = found.index(wanted, at)
            at = places[word["id"]] + 1
    return sorted(places[key] for key in answer if key in places)


def _as_found(word: dict[str, Any]) -> tuple[str, bool] | None:
    """A word as the library finds it: without the punctuation at its ends; None when it is nothing else."""
    runs = [run for run in runs_of(html.unescape(_word(word)))[0] if run.word]
    return (_said(runs[0]), runs[0].is_right) if runs else None
