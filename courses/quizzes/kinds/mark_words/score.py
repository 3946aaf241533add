"""How H5P.MarkTheWords finds its words and scores a state."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from courses.quizzes.kinds.javascript import BLANK, place, trim, units

_DEFAULT_TEXT = "This is a *nice*, *flexible* content type."
_RUNS = re.compile(rf" \*[^* ]+\* |[^{BLANK}]+")
_LINE_ENDS = re.compile(r"&nbsp;|\r\n|\n|\r")
_BEFORE = re.compile(r"^[\[({⟨¿¡“\"«„]+")
_AFTER = re.compile(r"[\",….:;?!\])}⟩»”]+\Z")
_NO_TEXT = {"script"}
_MOST_STEPS = 300_000_000  # signs times tags: the parser may look through the rest of the text for each open tag
_NO_TAGS = re.compile(r"<!\[[^>]*(?:>|\Z)")  # a browser takes them for comments, Python's parser stumbles


@dataclass(frozen=True)
class Run:
    """A run of signs between blanks: its word between the punctuation; what stands before it, blanks too."""

    between: str
    before: str
    word: str
    after: str

    @property
    def is_right(self) -> bool:
        """Marked by an asterisk at its start and at its end, or before its last sign."""
        signs = units(_without_double(self.word))
        return len(signs) > 2 and signs[0] == "*" and "*" in signs[-2:]

    @property
    def said(self) -> str:
        """The word as it is read."""
        text = self.word
        if self.is_right:
            text = text[1:-1] if text.endswith("*") else text[1:-2] + text[-1:]
        return text.replace("**", "*")


def _without_double(word: str) -> str:
    """The word without its last pair of asterisks; the script forgets the pairs before."""
    found = [at for at in range(len(word) - 1) if word[at : at + 2] == "**"]
    return word[: found[-1]] + word[found[-1] + 2 :] if found else word


def runs_of(text: str) -> tuple[list[Run], str]:
    """The runs of one text between two tags, and the blanks behind the last."""
    text = _LINE_ENDS.sub(" ", text)
    runs, told = [], 0
    for found in _RUNS.finditer(text):
        entry = trim(found[0])
        start = text.index(entry, found.start()) if entry else found.start()
        before = _BEFORE.match(entry)
        after = _AFTER.search(entry)
        first = len(before[0]) if before else 0
        last = max(len(entry) - (len(after[0]) if after else 0), first)
        runs.append(Run(text[told:start], entry[:first], entry[first:last], entry[last:]))
        told = start + len(entry)
    return runs, text[told:]


class Texts(HTMLParser):
    """The texts between the tags, entities read, and the tags as "<p>" or "</p>"."""

    def __init__(self, source: str) -> None:
        """Raises ValueError for a text of so many tags that reading it would take minutes."""
        if len(source) * source.count("<") > _MOST_STEPS:
            raise ValueError("too many tags in a text")
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []  # ("text" or "tag", what)
        self._left_out = 0
        self.feed(_NO_TAGS.sub("", source))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._left_out += tag in _NO_TEXT
        self.found.append(("tag", f"<{tag}>"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("tag", f"<{tag}>"))

    def handle_endtag(self, tag: str) -> None:
        self._left_out -= tag in _NO_TEXT
        self.found.append(("tag", f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        if self._left_out > 0:
            return
        if self.found and self.found[-1][0] == "text":
            data = self.found.pop()[1] + data
        self.found.append(("text", data))


def text_of(params: Any) -> str:
    text = params.get("textField", _DEFAULT_TEXT) if isinstance(params, dict) else _DEFAULT_TEXT
    return text if isinstance(text, str) else ""


def score(params: Any, state: Any) -> tuple[float, float]:
    """Right words less wrong words, never below none; a state with an index that is no word stops the script."""
    texts = [text for kind, text in Texts(text_of(params)).found if kind == "text"]
    are_right = [run.is_right for text in texts for run in runs_of(text)[0] if run.word]
    highest = sum(are_right) or 1
    marked: set[int] = set()
    for index in state if isinstance(state, list) else []:
        at = place(index, len(are_right))
        if at is None:
            return 0, highest
        marked.add(at)
    right = sum(are_right[index] for index in marked)
    wrong = len(marked) - right
    if not any(are_right):  # nothing to find: nothing wrong marked is right
        right = 0 if wrong else 1
    return max(right - wrong, 0), highest
