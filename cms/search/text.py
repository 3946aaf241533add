"""What stands in the search index for a text, and what is looked for there for a query.

For `search()` the index holds the words of a text, and a term of the query is looked for as a phrase of
its own words: สอบบัญชี is found in ผู้สอบบัญชี, and ปลา is not found in ปลาย. For `autocomplete()`, which is asked
at every key, it holds the letter groups of each word with a sign before the first, because a word that
is typed only half cannot be told by a list of words.
"""

import re
from collections.abc import Callable, Iterable

from modelsearch.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from cms.thai.digits import to_arabic
from cms.thai.words import MARKS, segment

# Both databases take this letter as one; nobody types it, and a text loses it on its way into the index.
WORD_BEGINS = "ǃ"
# A person does not type more, and both databases give up on phrases and terms without end.
MOST_LETTERS = 255
MOST_TERMS = 32
# How many of the last words that the list saw may be pieces of one word that is not yet complete.
MOST_PIECES = 4

# A group only grows at its end while it is typed, so that the beginning of a word is always found.
_GROUP = re.compile(f"[เ-ไ]?[ก-ฮ][{MARKS}]*[ะาำๅ]?|.")
_THAI = re.compile("[ก-๎]")


class Beginning(Phrase):
    """A phrase whose last word may go on."""


def _words(text: str) -> list[str]:
    return segment(to_arabic(text).replace(WORD_BEGINS, " "))


def _groups(word: str) -> str:
    return WORD_BEGINS + " ".join(_GROUP.findall(word)) if _THAI.match(word) else word


def words_text(text: str) -> str:
    """The words of a text with blanks between: what `search()` looks in."""
    return " ".join(_words(text))


def groups_text(text: str) -> str:
    """The letter groups of a text with blanks between: what `autocomplete()` looks in."""
    return " ".join(map(_groups, _words(text)))


def words_phrase(term: str) -> SearchQuery:
    """All words of the term, side by side."""
    return _phrase(words_text(term))


def groups_phrase(term: str) -> SearchQuery:
    """All letter groups of the term, side by side."""
    return _phrase(groups_text(term))


def groups_beginning(term: str) -> SearchQuery:
    """All letter groups of the term, side by side, where its last words may be pieces of a longer one."""
    words = _words(term)
    thai_at_end = 0
    while thai_at_end < min(len(words), MOST_PIECES) and _THAI.match(words[-1 - thai_at_end]):
        thai_at_end += 1
    return _join(
        Or,
        [
            Beginning(" ".join(map(_groups, [*words[:-pieces], "".join(words[-pieces:])])))
            for pieces in range(1, max(thai_at_end, 1) + 1)
            if words
        ],
    )


def as_phrases(
    query: SearchQuery,
    finished: Callable[[str], SearchQuery] = words_phrase,
    unfinished: Callable[[str], SearchQuery] = words_phrase,
) -> SearchQuery:
    """The same query with each of its terms as a phrase; MATCH_NONE when no word is left to look for.

    `finished` makes the phrase of a complete term, `unfinished` that of the last one of a plain text.
    A boost is dropped: neither database knows it.
    """

    def rewritten(part: SearchQuery) -> SearchQuery:
        return as_phrases(part, finished, unfinished)

    match query:
        case PlainText():
            written = query.query_string[:MOST_LETTERS]
            terms = [term for term in written.split() if words_text(term)][:MOST_TERMS]
            phrases = [*map(finished, terms[:-1]), *map(unfinished, terms[-1:])]
            return _join(Or if query.operator == "or" else And, phrases)
        case Phrase():
            return finished(query.query_string[:MOST_LETTERS])
        case Fuzzy():
            return Fuzzy(words_text(query.query_string[:MOST_LETTERS]), query.operator, query.unaccent)
        case Boost():
            return rewritten(query.subquery)
        case Not():
            return _negated(rewritten(query.subquery))
        case And() | Or():
            return _join(type(query), map(rewritten, query.subqueries))
        case _:
            return query


def _phrase(text: str) -> SearchQuery:
    return Phrase(text) if text else MATCH_NONE


def _is_none(query: SearchQuery) -> bool:
    return isinstance(query, Not) and isinstance(query.subquery, MatchAll)


def _is_all(query: SearchQuery) -> bool:
    return isinstance(query, MatchAll)


def _negated(query: SearchQuery) -> SearchQuery:
    return MATCH_ALL if _is_none(query) else Not(query)


def _join(kind: type[And] | type[Or], queries: Iterable[SearchQuery]) -> SearchQuery:
    """All of the queries, or any: without the parts that change nothing, which neither database takes."""
    parts = list(queries)
    decides, changes_nothing = (_is_none, _is_all) if kind is And else (_is_all, _is_none)
    for part in filter(decides, parts):
        return part
    kept = [part for part in parts if not changes_nothing(part)]
    if kept:
        return kept[0] if len(kept) == 1 else kind(kept)
    return parts[0] if parts else MATCH_NONE
