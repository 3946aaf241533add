"""A text cut into words that can be marked. Thai has no blanks between them: the list of words finds them."""

import difflib
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.thai.words import normalise, segment
from courses.quizzes.kinds.gaps import escaped

Word = dict[str, Any]

_STAND_INS = {"*": "\ue000", "{": "\ue001", "}": "\ue002", "\\": "\ue003"}  # for signs behind a backslash
_SIGNS = {stand_in: sign for sign, stand_in in _STAND_INS.items()}
_BETWEEN = re.compile(r"\*([^*]*)\*|\{([^{}]*)\}")
# ๆ, ฯ and the like right behind a word belong to it; punctuation that H5P cuts off stays between the words.
_CLINGS = re.compile(r"[^\s\[({⟨¿¡“\"«„,….:;?!\])}⟩»”*]+")


def words_from(text: str) -> list[Word]:
    """The words of a text as authors write it, without ids: right ones between asterisks, as long as those reach.

    What stands in braces is one word too, and wrong, so that right words of several words do not stand out.
    Blanks and punctuation go to the word that follows (`before`), at the end of the text to the last (`after`).
    Raises ValidationError for an asterisk without its partner, or with nothing to mark between two.
    """
    sealed = re.sub("[\ue000-\ue004\x00]", "", text.replace("\r\n", "\n"))
    sealed = normalise(re.sub(r"\\([*{}\\])", lambda match: _STAND_INS[match[1]], sealed))
    words: list[Word] = []
    between = ""
    told = 0
    for match in _BETWEEN.finditer(sealed):
        between = _add_words(words, between, sealed[told : match.start()])
        is_right = match[1] is not None
        marked = match[1] if is_right else match[2]
        if not marked.strip():
            raise ValidationError(_("There is nothing to mark between two of the asterisks or braces."))
        blank = len(marked) - len(marked.lstrip())
        _add(words, between + marked[:blank], marked.strip(), correct=is_right)
        between = marked[blank + len(marked.strip()) :]
        told = match.end()
    if "*" in sealed[told:]:
        raise ValidationError(
            _("An asterisk stands alone. Write one at both ends of a right word; \\* is the sign itself.")
        )
    between = _add_words(words, between, sealed[told:])
    if words:
        words[-1]["after"] = _opened(between)
    return words


def _add_words(words: list[Word], between: str, text: str) -> str:
    """Add the words of a piece of text; what stands behind the last of them is handed back."""
    told = 0
    for word in segment(text):
        start = text.find(word, told)
        if start < 0:  # the list of words reads this piece otherwise than the whole: it stays in between
            continue
        between += _cling(words, text[told:start]) if told else text[told:start]
        _add(words, between, word, correct=False)
        between, told = "", start + len(word)
    return between + (_cling(words, text[told:]) if told else text)


def _cling(words: list[Word], between: str) -> str:
    """Give the last word what clings to it; the rest is handed back."""
    clinging = _CLINGS.match(between)
    if clinging is None:
        return between
    words[-1]["text"] += _opened(clinging[0])
    return between[clinging.end() :]


def _add(words: list[Word], before: str, text: str, *, correct: bool) -> None:
    words.append({"text": _opened(text), "before": _opened(before), "after": "", "correct": correct})


def _opened(text: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in text)


def written(words: list[Word]) -> str:
    """The text as authors write it; in braces what would be cut otherwise."""
    return "".join(_escaped(word["before"]) + _written(word) + _escaped(word["after"]) for word in words)


def _written(word: Word) -> str:
    text = _escaped(word["text"])
    if word["correct"]:
        return f"*{text}*"
    found: list[Word] = []
    rest = _add_words(found, "", word["text"])
    is_one = not rest and [(one["before"], one["text"]) for one in found] == [("", word["text"])]
    return text if is_one else f"{{{text}}}"


def _escaped(text: str) -> str:
    return escaped(text, "*{}")


def with_ids_of(words: list[Word], before: list[Word]) -> list[Word]:
    """The words, those that were there before with the ids they had."""
    old, new = [word["text"] for word in before], [word["text"] for word in words]
    same = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for block in same:
        for step in range(block.size):
            words[block.b + step]["id"] = before[block.a + step]["id"]
    return words
