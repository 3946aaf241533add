"""A gap as authors write it: the word, a hint after a colon, remarks after \\+ and \\-."""

import re
from typing import Any

from courses.quizzes.kinds.gaps import escaped, opened

_REMARK = re.compile(r"\\([+-])")


def cut_gap(inside: str) -> dict[str, Any]:
    """The gap that stands between two asterisks; of two remarks of a kind the last counts."""
    front, *remarks = _REMARK.split(inside)
    word, _colon, tip = front.partition(":")
    gap = {"word": opened(word), "tip": opened(tip), "right": "", "wrong": ""}
    for sign, remark in zip(remarks[::2], remarks[1::2], strict=True):
        gap["right" if sign == "+" else "wrong"] = opened(remark)
    return gap


def written_gap(gap: dict[str, Any]) -> str:
    tip = f":{escaped(gap['tip'])}" if gap["tip"] else ""
    right = f"\\+{escaped(gap['right'])}" if gap["right"] else ""
    wrong = f"\\-{escaped(gap['wrong'])}" if gap["wrong"] else ""
    return f"*{escaped(gap['word'], '*:')}{tip}{right}{wrong}*"
