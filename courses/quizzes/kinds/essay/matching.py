"""How H5P.Essay finds its keywords in a text: exact, with * for letters, by expression, and nearly right.

Everything works on UTF-16 units (`javascript.units`), one sign per unit, as the library counts. A hit only counts
when it stands alone: at an end of the text or beside one of the signs in `DELIMITERS`. Thai is written without blanks,
so in Thai a plain keyword is seldom found; *keyword* is.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from courses.quizzes.kinds.essay import patterns
from courses.quizzes.kinds.javascript import BLANK, BLANKS, as_dict, as_list, as_text, is_truthy, number, units

LONGEST_TEXT = 20_000  # units of a text that are looked through
LONGEST_KEYWORD = 300
MOST_ALTERNATIVES = 50
MOST_MATCHES = 1_000  # of one alternative
SLIPS = 2  # how far the length of a nearly right word may differ
LONG, SHORT = 9, 3  # words longer than this forgive two slips, one slip
DELIMITERS = BLANKS | frozenset(".?!,';\"")
# What the library puts for an asterisk that was written by the learner; it only knows it again in its own case.
ASTERISK = ":::H5P-Essay-REGEXP-ASTERISK:::"
LETTERS = re.compile(
    "[A-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0370-\u03ff\u0400-\u04ff\u3040-\u30ff\u4e00-\u62ff\u6300-\u77ff"
    "\u7800-\u8cff\u8d00-\u9fff\u0e00-\u0e7f]"
)
_NO_TAGS = re.compile(r"<!\[[^>]*(?:>|\Z)")  # a browser takes them for comments, Python's parser stumbles
_LINE_END = re.compile(r"\r\n|\r|\n")
_TWO_BLANKS = re.compile(f"[{BLANK}]{{2}}")


@dataclass(frozen=True)
class Hit:
    """Where in the text something was found, and how long it is."""

    place: int
    length: int


def text_of(given: str, line_break: str = " ") -> str:
    """The text as the library reads it: line ends replaced, each two blanks one."""
    flat = _LINE_END.sub(lambda _found: line_break or " ", given)
    return units(_TWO_BLANKS.sub(" ", flat)[:LONGEST_TEXT])[:LONGEST_TEXT]


def hits_of(keyword: dict[str, Any], text: str, behaviour: dict[str, Any]) -> list[Hit]:
    """All hits of a keyword and its alternatives in a text from `text_of`; one place may be hit by several."""
    options = as_dict(keyword.get("options"))
    forced_case, forced_slips = behaviour.get("overrideCaseSensitive"), behaviour.get("overrideForgiveMistakes")
    is_case_sensitive = forced_case != "off" and (forced_case == "on" or is_truthy(options.get("caseSensitive")))
    is_forgiving = forced_slips != "off" and (forced_slips == "on" or is_truthy(options.get("forgiveMistakes")))
    written = [keyword.get("keyword"), *as_list(keyword.get("alternatives"))][:MOST_ALTERNATIVES]
    alternatives = [units(decoded(as_text(one)[:LONGEST_KEYWORD])) for one in written]
    expressions = [one for one in alternatives if one[:1] == "/" == one[-1:]]
    plain = [one for one in alternatives if one not in expressions]
    plain += [
        found.replace("*", ASTERISK, 1) for one in expressions for found in _matched(one, text, is_case_sensitive)
    ]
    looked_at = text if is_case_sensitive else lowered(text)
    hits: list[Hit] = []
    cache: dict[str, list[Hit]] = {}
    for one in filter(None, plain):
        wanted = one if is_case_sensitive else lowered(one)
        if wanted not in cache:
            near = _nearly(wanted, looked_at) if is_forgiving else []
            cache[wanted] = _merged(_exactly(wanted, looked_at), _with_letters(wanted, looked_at), near)
        hits += cache[wanted]
    return hits


def lowered(text: str) -> str:
    """Lower case sign for sign. Half signs (of emoji) have none and keep their place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else units(lower)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def decoded(text: str) -> str:
    """The words of a piece of HTML as a browser reads them: blanks in front are dropped, those behind stay."""
    if "<" in text or "&" in text:
        parser = _Words()
        parser.feed(_NO_TAGS.sub("", text))
        parser.close()
        text = "".join(parser.words)
    return text.lstrip(" \t\n\f\r")


def _matched(expression: str, text: str, is_case_sensitive: bool) -> list[str]:
    try:
        return patterns.findall(expression[1:-1], text, ignore_case=not is_case_sensitive)[:MOST_MATCHES]
    except patterns.Refused:
        return []


def is_alone(text: str, place: int, length: int) -> bool:
    """True when nothing but an end or a delimiter stands on either side."""
    end = place + length
    return (place == 0 or text[place - 1] in DELIMITERS) and (end >= len(text) or text[end] in DELIMITERS)


def _exactly(wanted: str, text: str) -> list[Hit]:
    """Hits of the word itself. What stands before a hit is cut off, so the next one may follow it without a blank."""
    wanted = wanted.replace("*", "", 1).replace(ASTERISK, "*")
    hits: list[Hit] = []
    start = 0
    while wanted and (place := text.find(wanted, start)) >= 0:
        end = place + len(wanted)
        if (place == start or text[place - 1] in DELIMITERS) and (end == len(text) or text[end] in DELIMITERS):
            hits.append(Hit(place, len(wanted)))
        start = end
    return hits[:MOST_MATCHES]


def _with_letters(wanted: str, text: str) -> list[Hit]:
    """Hits of a word in which each * is one or more letters, as many as possible."""
    if "*" not in wanted:
        return []
    pieces: list[str] = []
    for order, piece in enumerate(re.sub(r"\*{2,}", "*", wanted).split("*")):
        pieces += ["*"] * bool(order) + [piece] * bool(piece)
    ends = _ends(pieces, text)
    hits: list[Hit] = []
    place = 0
    while place < len(text) and len(hits) < MOST_MATCHES:
        end = ends[place]
        if end < 0:
            place += 1
            continue
        if is_alone(text, place, end - place):
            hits.append(Hit(place, end - place))
        place = max(end, place + 1)
    return hits


def _ends(pieces: list[str], text: str) -> list[int]:
    """For each place where a match that begins there ends, -1 where none does.

    Worked out from the last piece to the first, so it takes one pass through the text for each piece. In the library
    these are pieces of an expression in which $ was forgotten: it still means the end of the text.
    """
    size = len(text)
    ends = list(range(size + 1))
    for piece in reversed(pieces):
        before = ends
        ends = [-1] * (size + 1)
        if piece == "*":
            last = -1  # the farthest place within this run of letters from where the rest matches
            for place in range(size - 1, -1, -1):
                if not LETTERS.match(text[place]):
                    last = -1
                    continue
                if last < 0 and before[place + 1] >= 0:
                    last = place + 1
                ends[place] = before[last] if last >= 0 else -1
            continue
        for place in range(size + 1):
            end = _literal_end(piece, text, place)
            ends[place] = before[end] if end >= 0 else -1
    return ends


def _literal_end(piece: str, text: str, place: int) -> int:
    if "$" not in piece:
        return place + len(piece) if text.startswith(piece, place) else -1
    for order, part in enumerate(piece.split("$")):
        if (order and place != len(text)) or not text.startswith(part, place):
            return -1
        place += len(part)
    return place


def _nearly(wanted: str, text: str) -> list[Hit]:
    """Words that are right but for a slip or two; a second one close beside does not count again."""
    hits: list[Hit] = []
    borders = [place for place in range(len(text)) if place == 0 or text[place - 1] in DELIMITERS]
    for difference in range(-SLIPS, SLIPS + 1):
        length = len(wanted) + difference
        if length <= 0:
            continue
        for place in borders:
            straw = text[place : place + length]
            if is_alone(text, place, len(straw)) and _is_similar(wanted, straw) and not _is_near(hits, place):
                hits.append(Hit(place, len(straw)))
    return hits


def _is_similar(one: str, other: str) -> bool:
    if one == other:
        return True
    shortest = min(len(one), len(other))
    allowed = SLIPS if shortest > LONG else 1 if shortest > SHORT else 0
    return bool(allowed) and _distance_within(one, other, allowed)


def _distance_within(one: str, other: str, allowed: int) -> bool:
    """True when the two differ by so few slips (optimal string alignment); given up as soon as they cannot."""
    if abs(len(one) - len(other)) > allowed:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        current = [row] + [allowed + 1] * len(other)
        for column in range(max(1, row - allowed), min(len(other), row + allowed) + 1):
            cost = sign != other[column - 1]
            slips = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
            if row > 1 and column > 1 and sign == other[column - 2] and one[row - 2] == other[column - 1]:
                slips = min(slips, before[column - 2] + cost)
            current[column] = slips
        if min(current) > allowed and (not before or min(last) > allowed):
            return False
        before, last = last, current
    return last[-1] <= allowed


def _is_near(hits: list[Hit], place: int) -> bool:
    return any(abs(hit.place - place) <= hit.length for hit in hits)


def _merged(first: list[Hit], *others: list[Hit]) -> list[Hit]:
    """All hits, without those of a later way that lie close to one already there."""
    merged = list(first)
    for hits in others:
        for hit in hits:
            if not _is_near(merged, hit.place):
                merged.append(hit)
    return merged


def earned(keyword: dict[str, Any], text: str, behaviour: dict[str, Any]) -> float:
    """Points of a keyword: for each hit up to `occurrences` (absent: 1)."""
    options = as_dict(keyword.get("options"))
    times = number(options["occurrences"]) if "occurrences" in options else 1
    return min(len(hits_of(keyword, text, behaviour)), times) * number(options.get("points"))
