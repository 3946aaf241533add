"""GIFT: what can be said in it reads back as the same question."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from courses.quizzes.choices import Format
from courses.quizzes.export.questions import Written
from courses.quizzes.reading.drafts import Draft

_SIGNS = re.compile(r"([~=#{}:\\])")


def write_gift(drafts: Sequence[Draft]) -> Written:
    """One block a question, its category before it where that changes."""
    written = Written()
    blocks: list[str] = []
    category: tuple[str, ...] = ()
    for draft in drafts:
        say = _KINDS.get(draft.kind)
        if say is None:
            written.left_out.append(draft.uid)
            continue
        if draft.category != category:
            category = draft.category
            blocks.append(f"$CATEGORY: {'/'.join(_one_line(part).replace('/', '//') for part in category)}")
        notes = [f"[id:{draft.uid}]", *(f"[tag:{tag}]" for tag in draft.tags if not set(tag) & set("[]"))]
        mark = "[html]" if draft.format == Format.HTML else "[plain]"
        general = f"####{_said(draft.explanation)}" if draft.explanation else ""
        inner = say(draft.body)
        blocks.append(f"// {' '.join(notes)}\n{mark}{_said(draft.content)} {{{inner}{general}}}")
    written.content = ("\n\n".join(blocks) + "\n").encode()
    return written


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _said(text: str) -> str:
    """Escaped, its line breaks written as \\n."""
    return "\\n".join(_SIGNS.sub(r"\\\1", line) for line in text.split("\n"))


def _why(choice: dict[str, Any]) -> str:
    return f"#{_said(choice['feedback'])}" if choice["feedback"] else ""


def _single(body: dict[str, Any]) -> str:
    signs = {True: "=", False: "~"}
    return "".join(f"\n{signs[one['correct']]}{_said(one['text'])}{_why(one)}" for one in body["choices"]) + "\n"


def _several(body: dict[str, Any]) -> str:
    share = 100 / sum(one["correct"] for one in body["choices"])
    weights = {True: f"%{share:.5f}".rstrip("0").rstrip(".") + "%", False: "%-100%"}
    return "".join(f"\n~{weights[one['correct']]}{_said(one['text'])}{_why(one)}" for one in body["choices"]) + "\n"


def _number(body: dict[str, Any]) -> str:
    return f"#{body['value']}:{body['tolerance']}"


def _matching(body: dict[str, Any]) -> str:
    pairs = [f"\n={_said(pair['left'])} -> {_said(pair['right'])}" for pair in body["pairs"]]
    return "".join([*pairs, *(f"\n= -> {_said(one['text'])}" for one in body["extra"])]) + "\n"


_KINDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "single_choice": _single,
    "multiple_choice": _several,
    "true_false": lambda body: "T" if body["correct"] else "F",
    "short_answer": lambda body: "".join(f"={_said(answer)} " for answer in body["answers"]),
    "number": _number,
    "matching": _matching,
    "essay": lambda body: "",
}
