"""Texts with gaps: how authors write them, how they are kept, and how they go to H5P.

Authors write a gap between asterisks, as in H5P; a backslash before a sign means the sign itself.
A text is kept as `parts`: plain text with its line breaks, and a dict for each gap.
"""

import html
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.quizzes.kinds.kind import free_id
from courses.quizzes.markup import plain_text

MOST_GAPS = 40
LONGEST_TEXT = 20_000  # characters of all parts together
Part = str | dict[str, Any]

# Stand-ins for escaped signs while a text is cut; from the area that no script uses.
_STAND_INS = {"*": "\ue000", "/": "\ue001", ":": "\ue002", "\\": "\ue003"}
_SIGNS = {stand_in: sign for sign, stand_in in _STAND_INS.items()}
_PLACE = "\ue004"
_PRIVATE = re.compile("[\ue000-\ue004\x00]")
_BETWEEN = re.compile(r"\*([^*]*)\*")
_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_LINE_END = re.compile(r" *\n\s*")


# --- authors -------------------------------------------------------------------------------------
def cut(text: str, gap_of: Callable[[str], dict[str, Any]]) -> list[Part]:
    """The parts of a text as authors write it; `gap_of` reads what stands between two asterisks.

    Raises ValidationError for an asterisk without its partner.
    """
    sealed = _PRIVATE.sub("", text.replace("\r\n", "\n"))
    sealed = re.sub(r"\\([*/:\\])", lambda match: _STAND_INS[match[1]], sealed)
    parts: list[Part] = []
    told = 0
    for match in _BETWEEN.finditer(sealed):
        parts += [opened(sealed[told : match.start()]), gap_of(match[1])]
        told = match.end()
    if "*" in sealed[told:]:
        raise ValidationError(
            _("An asterisk stands alone. A gap needs one at both ends; write \\* for the sign itself.")
        )
    return [*parts, opened(sealed[told:])]


def opened(sealed: str) -> str:
    """A piece of what `cut` hands on, with the escaped signs put back."""
    return "".join(_SIGNS.get(sign, sign) for sign in sealed)


def escaped(text: str, signs: str = "*") -> str:
    """A text with a backslash before each of these signs, and before backslashes."""
    return re.sub(rf"([\\{re.escape(signs)}])", r"\\\1", text)


# --- the body ------------------------------------------------------------------------------------
def clean_parts(raw: Any, letter: str, clean_gap: Callable[[dict[str, Any]], dict[str, Any]]) -> list[Part]:
    """Parts in their canonical form: single blanks, no empty line, a blank between two gaps, an id for each gap."""
    if not isinstance(raw, list) or sum(len(part) for part in raw if isinstance(part, str)) > LONGEST_TEXT:
        raise ValidationError(_("Write the text, with what is to be filled in between two asterisks."))
    gaps = [part for part in raw if isinstance(part, dict)]
    if not 1 <= len(gaps) <= MOST_GAPS:
        raise ValidationError(
            _("Give between 1 and %(count)d gaps, each between two asterisks.") % {"count": MOST_GAPS}
        )
    taken = {str(gap["id"]) for gap in gaps if gap.get("id")}
    if len(taken) != sum(bool(gap.get("id")) for gap in gaps):
        raise ValidationError(_("Two gaps carry the same identifier."))
    parts: list[Part] = []
    for part in raw:
        if isinstance(part, dict):
            parts += [""] if not parts else [" "] if not isinstance(parts[-1], str) else []
            parts.append({"id": str(part.get("id") or free_id(letter, taken)), **clean_gap(part)})
        elif not isinstance(part, str):
            raise ValidationError(_("Write the text, with what is to be filled in between two asterisks."))
        elif parts and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    parts = [_spaced(part) if isinstance(part, str) else part for part in parts]
    if isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return [part for part in parts if part]


def _spaced(text: str) -> str:
    text = _PRIVATE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _AROUND_LINE_END.sub("\n", _BLANKS.sub(" ", text))
    return text or " "


def gaps_of(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [part for part in parts if isinstance(part, dict)]


def keep_ids(parts: list[Part], before: Any, says: str) -> list[Part]:
    """The parts, each gap with the id of the gap before that said the same, else of the one at its place."""
    known = gaps_of(before) if isinstance(before, list) else []
    free = [gap["id"] for gap in known]
    gaps = gaps_of(parts)
    for is_wanted in (lambda gap, old, place: gap[says] == old[says], lambda gap, old, place: place):
        for gap in gaps:
            for number, old in enumerate(known):
                at_its_place = number < len(gaps) and gaps[number] is gap
                if "id" not in gap and old["id"] in free and is_wanted(gap, old, at_its_place):
                    gap["id"] = old["id"]
                    free.remove(old["id"])
    return parts


# --- H5P -----------------------------------------------------------------------------------------
def parts_read(texts: Iterable[list[Any]], gap_of: Callable[[Any], dict[str, Any]]) -> list[Part]:
    """Parts from texts of HTML, each a list of strings and of gaps as a library finds them, a line for each text.

    Raises ValueError when a gap stands where no text is, such as within a tag.
    """
    gaps: list[dict[str, Any]] = []
    lines = []
    for text in texts:
        written = ""
        for part in text:
            if isinstance(part, str):
                written += _PRIVATE.sub("", part)
            else:
                written += f"{_PLACE}{len(gaps)}{_PLACE}"
                gaps.append(gap_of(part))
        lines.append(plain_text(written))
    pieces = re.split(f"{_PLACE}(\\d+){_PLACE}", "\n".join(line for line in lines if line))
    if len(pieces) != 2 * len(gaps) + 1 or [int(number) for number in pieces[1::2]] != list(range(len(gaps))):
        raise ValueError(_("A gap does not stand in the text."))
    parts: list[Part] = [pieces[0]]
    for gap, text in zip(gaps, pieces[2::2], strict=True):
        parts += [gap, text]
    return parts


def lines_of(parts: Iterable[Part], write_gap: Callable[[dict[str, Any]], str]) -> list[str]:
    """The lines of a text as HTML that H5P's parsers read back, gaps as `write_gap` says."""
    return "".join(part_html(part) if isinstance(part, str) else write_gap(part) for part in parts).split("\n")


def part_html(text: str, signs: str = "*") -> str:
    """Text for H5P: HTML, and as entities the signs that its parsers would take for their own."""
    written = html.escape(text, quote=False)
    for sign in signs:
        written = written.replace(sign, f"&#{ord(sign)};")
    return written


def say_the_same(first: list[Part], second: list[Part]) -> bool:
    """True when two texts have the same words and gaps, whatever the ids."""
    return _without_ids(first) == _without_ids(second)


def _without_ids(parts: list[Part]) -> list[Part]:
    return [
        part if isinstance(part, str) else {key: value for key, value in part.items() if key != "id"} for part in parts
    ]
