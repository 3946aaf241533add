"""Lists of short texts with ids that authors write line by line, shared by several kinds."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.quizzes.kinds.kind import free_id

LONGEST_TEXT = 1000  # characters of one text in a list
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_BREAKS = re.compile(r"[^\S\n]*\n\s*")


def one_line(text: Any) -> str:
    """A text on one line, for a list that is written line by line. Raises ValidationError when it is too long."""
    if not isinstance(text, (str, int, float)) or isinstance(text, bool):
        return ""
    flat = str(text).replace("\r", "\n").replace("\0", "").strip()
    flat = _BREAKS.sub(" ", flat).strip()
    if len(flat) > LONGEST_TEXT:
        raise ValidationError(_("A text is longer than %(count)d characters. Shorten it.") % {"count": LONGEST_TEXT})
    return flat


def items_of(raw: Any, letter: str, keys: Sequence[str], *, taken: set[str] | None = None) -> list[dict[str, Any]]:
    """The dicts of a list, each with an id of its own and these texts; ids are given once and kept."""
    found = [item for item in raw if isinstance(item, dict)] if isinstance(raw, list) else []
    if not isinstance(raw, list) or len(found) != len(raw):
        raise ValidationError(_("The content of this question has a wrong form."))
    taken = set() if taken is None else taken
    ids: list[str | None] = []
    for item in found:
        given = item.get("id")
        is_new = isinstance(given, str) and _ID.fullmatch(given) and given not in taken
        ids.append(given if is_new else None)
        if is_new:
            taken.add(str(given))
    return [
        {"id": identifier or free_id(letter, taken), **{key: one_line(item.get(key, "")) for key in keys}}
        for identifier, item in zip(ids, found, strict=True)
    ]


def check_texts(texts: Sequence[str], *, fewest: int, most: int, missing: str, counted: str) -> None:
    """Refuse a list that is too short or long, or holds an empty text or one twice, with a sentence for the author."""
    if not fewest <= len(texts) <= most:
        raise ValidationError(counted % {"fewest": fewest, "most": most})
    if not all(texts):
        raise ValidationError(missing)
    if len(set(texts)) != len(texts):
        raise ValidationError(_("Two entries of one list say the same. Change one of them."))


def kept_ids(texts: Sequence[str], known: Sequence[dict[str, Any]], said: Callable[[dict[str, Any]], str]) -> list[Any]:
    """For each text the id it had: that of the entry that says the same, else that of the one it took the place of."""
    by_text: dict[str, list[str]] = {}
    for item in known:
        by_text.setdefault(said(item), []).append(item["id"])
    ids: list[Any] = [by_text[text].pop(0) if by_text.get(text) else None for text in texts]
    staying = set(ids)
    return [
        known[place]["id"]
        if identifier is None and place < len(known) and known[place]["id"] not in staying
        else identifier
        for place, identifier in enumerate(ids)
    ]


def rows_of(text: Any) -> list[str]:
    """The lines of a field that say something."""
    return [line.strip() for line in str(text or "").replace("\r", "\n").split("\n") if line.strip()]


def blocks_of(text: Any) -> list[list[str]]:
    """The lines of a field, grouped by empty lines between them."""
    blocks: list[list[str]] = [[]]
    for line in str(text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]
