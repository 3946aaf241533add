"""One spelling for one Thai word, and Thai text cut into its words.

Thai is written without spaces, and the same word can be typed in several ways that look alike.
`normalise` settles the spelling; `segment` finds the words with a list of atomic words: those that
are not made of shorter ones, so that คณะกรรมการ and กรรมการ are cut alike wherever they stand.
"""

import re
import unicodedata
from functools import cache
from itertools import chain
from pathlib import Path

# After any change of a list, or of a rule in this file: raise the version, and run `update_index`.
WORDS_VERSION = "1"
WORDS_FOLDER = Path(__file__).parent / "data"
# The first list holds the words of PyThaiNLP's words_th.txt (CC0) that shorter words of it do not make up.
# The second, chosen from the same, brings back those that they make up by accident: ราคา is not รา + คา.
WORDS_SHA256 = {
    "thai_words_atomic.txt": "fecb061b9cd34d9a60ee99a6dc680f0c67714cf9ea9f6bf274a0d79a626105a5",
    "thai_words_whole.txt": "94bf13c98e96ed211ae581ecee0b3161590d0fbe46813e45284c879cd81bf2ef",
}

# The order in which the marks over and under one consonant are written: ฺ, vowels, tones, the silent mark.
_MARK_CLASSES = (
    "\u0e3a",
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e4d\u0e4e",
    "\u0e48\u0e49\u0e4a\u0e4b",
    "\u0e4c",
)
_MARK_ORDER = {mark: place for place, marks in enumerate(_MARK_CLASSES) for mark in marks}
MARKS = "".join(_MARK_ORDER)

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# A joiner holds a composed emoji together; between letters it is only dirt.
_LOOSE_JOINER = re.compile("(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANKS_AT_LINE_ENDS = re.compile(r" *\n *")
_SARA_AM = re.compile(f"\u0e33([{MARKS}]*)")
_SARA_AM_IN_PARTS = re.compile(f"\u0e4d([{MARKS}]*)\u0e32")
_SEVERAL_MARKS = re.compile(f"[{MARKS}]{{2,}}")


def _in_order(marks: re.Match[str]) -> str:
    return "".join(sorted(dict.fromkeys(marks[0]), key=_MARK_ORDER.__getitem__))


def _spelled(text: str) -> str:
    text = _SARA_AM.sub("\u0e4d\\1\u0e32", text.replace("เเ", "แ"))
    return _SARA_AM_IN_PARTS.sub("\\1\u0e33", _SEVERAL_MARKS.sub(_in_order, text))


def normalise(text: str) -> str:
    """Give every Thai word its one spelling: NFC, ำ and แ as one letter, marks in order, no invisible signs.

    Runs of blanks, no-break ones too, become one space; line breaks stay. Unicode's own forms do not
    do this: NFC leaves น้ำ as น-้-ํ-า and แ as เ-เ.
    """
    text = unicodedata.normalize("NFC", _LOOSE_JOINER.sub("", _INVISIBLE.sub("", text)))
    text = _BLANKS_AT_LINE_ENDS.sub("\n", _BLANKS.sub(" ", text.replace("\r\n", "\n"))).strip()
    while (spelled := _spelled(text)) != text:  # once for a word, twice for a jumble of signs
        text = spelled
    return text


# --- words ---------------------------------------------------------------------------------------
_CONSONANT = "ก-ฮ"
_TOKEN = re.compile(
    f"(?P<thai>[{_CONSONANT}ะ-\u0e3aเ-ๅ\u0e47-\u0e4e]+)|[๐-๙]+|(?:[^\\W_\u0e00-\u0e7f]|[\u0300-\u036f])+"
)
# What no cut may part: a leading vowel and its consonant, a consonant and what is written over, under
# and behind it, and the silent letters that follow (ณ์, ดิ์).
_CLUSTER = re.compile(f"[เ-ไ]?[{_CONSONANT}][{MARKS}]*[ะาำๅ]?(?:[{_CONSONANT}][ิุ]?์)*|.")
# One word more always costs more than any lengths; unknown letters cost three words a group.
_WORD_COST, _UNKNOWN_COST = 1_000_000, 3_000_000


@cache
def _beginnings() -> dict[str, bool]:
    """Every beginning of every word of the lists; True where the word may end there."""
    beginnings: dict[str, bool] = {}
    lists = ((WORDS_FOLDER / name).read_text(encoding="utf-8") for name in WORDS_SHA256)
    for word in chain.from_iterable(text.splitlines() for text in lists):
        if _TOKEN.fullmatch(word):
            for end in range(1, len(word)):
                beginnings.setdefault(word[:end], False)
            beginnings[word] = True
    return beginnings


def _segment_run(run: str) -> list[str]:
    """Cut one unbroken Thai run into the fewest words, of such ways into words of the most even lengths.

    Even lengths keep a rare long word from taking a letter of its neighbour: ตาม|พระ, not ตามพ|ระ. Of two
    ways that are even alike the one with the shorter word in front: มี|มติ, not มีม|ติ.
    """
    beginnings = _beginnings()
    cuts = [match.end() for match in _CLUSTER.finditer(run)]
    may_cut = set(cuts)
    cost, end_of_word = {len(run): 0}, {}
    next_cut = len(run)
    for start in reversed([0, *cuts[:-1]]):
        best, best_end = _UNKNOWN_COST + cost[next_cut], next_cut
        for end in range(start + 1, len(run) + 1):
            is_word = beginnings.get(run[start:end])
            if is_word is None:
                break
            if is_word and end in may_cut:
                this = _WORD_COST + (end - start) ** 2 + cost[end]
                if this < best:
                    best, best_end = this, end
        cost[start], end_of_word[start] = best, best_end
        next_cut = start
    words, start = [], 0
    while start < len(run):
        words.append(run[start : end_of_word[start]])
        start = end_of_word[start]
    return words


def segment(text: str) -> list[str]:
    """The words of a text in their order, without blanks and punctuation (ๆ and ฯ among them).

    Thai is cut by the lists; what they do not know comes group of letters by group of letters, so that a
    name is cut alike in every sentence. Words of other scripts and numbers are taken as they are written.
    """
    words: list[str] = []
    for match in _TOKEN.finditer(normalise(text)):
        words.extend(_segment_run(match[0]) if match["thai"] else [match[0]])
    return words
