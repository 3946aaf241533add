"""How H5P.DragText finds its gaps and words and scores a state."""

import re
from dataclasses import dataclass
from typing import Any

from courses.quizzes.kinds.javascript import BLANK, is_numeric, place

_DEFAULT_TEXT = (
    "This is a *nice*, *flexible* content type, which allows you to highlight all the *wonderful* words in this "
    "*exciting* sentence.\nThis is another line of *fantastic* text."
)
_LINE_ENDS = re.compile(r"\r\n|\n|\r")
_BETWEEN_ASTERISKS = re.compile(r"(\*[^\n\r\u2028\u2029]*?\*)")
_TIP = re.compile(r":[^\\*]+")
_RIGHT = re.compile(r"\\\+[^\\*:]+")
_WRONG = re.compile(r"\\-[^\\*:]+")
_BLANK_AT_END = re.compile(f"[{BLANK}]+\\Z")


@dataclass(frozen=True)
class Gap:
    """A gap: the word that belongs there, the hint, and what is said of a right and of a wrong word."""

    word: str
    tip: str = ""
    right: str = ""
    wrong: str = ""


def parts_of(text: str) -> list[str | Gap]:
    """The text and the gaps in their order; line breaks have become `<br/>`."""
    pieces = (piece for piece in _BETWEEN_ASTERISKS.split(_LINE_ENDS.sub("<br/>", text)) if piece)
    return [_gap(piece) if piece[0] == "*" == piece[-1] else piece for piece in pieces]


def _gap(piece: str) -> Gap:
    text = piece[1:]
    text = text[:-1] if text.endswith("*") else text
    said = []
    for pattern, mark in ((_TIP, ":"), (_RIGHT, "\\+"), (_WRONG, "\\-")):
        found = pattern.findall(piece)
        # With several of a kind the script looks for all of them with commas between, and finds nothing.
        text = text.replace(",".join(found), "", 1) if found else text
        said.append(_BLANK_AT_END.sub("", found[0].replace(mark, "", 1)) if found else "")
    return Gap(_BLANK_AT_END.sub("", text), *said)


def gaps_of(params: Any) -> list[Gap]:
    return [part for part in parts_of(text_of(params)) if isinstance(part, Gap)]


def text_of(params: Any) -> str:
    text = params.get("textField", _DEFAULT_TEXT) if isinstance(params, dict) else _DEFAULT_TEXT
    return text if isinstance(text, str) else ""


def distractors_of(params: Any) -> list[str]:
    """Words that belong nowhere."""
    text = params.get("distractors") if isinstance(params, dict) else None
    parts = parts_of(text) if isinstance(text, str) else []
    return [part.word for part in parts if isinstance(part, Gap)]


def score(params: Any, state: Any) -> tuple[float, float]:
    """A point for each gap that holds the text of its word; equal words may change places.

    A state that names a word or a gap that is not there stops the script: no points.
    """
    gaps = gaps_of(params)
    words = [gap.word for gap in gaps] + distractors_of(params)
    dropped: dict[int, int] = {}  # the word in each gap
    for move in state if isinstance(state, list) else []:
        word, gap = (move.get("draggable"), move.get("droppable")) if isinstance(move, dict) else (None, None)
        target = place(gap, len(gaps))
        if target is None or not is_numeric(word) or place(word, len(words)) is None:
            return 0, len(gaps)
        dropped = {where: which for where, which in dropped.items() if which != word}
        dropped[target] = int(word)
    return sum(words[word] == gaps[gap].word for gap, word in dropped.items()), len(gaps)
