"""Thai words in SQLite's FTS5, through the table that Wagtail's own migration made."""

from collections.abc import Iterator
from typing import Any

from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import BM25, Lexeme, SearchQueryExpression
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.query import Phrase, SearchQuery

from cms.search import text
from cms.thai.words import MARKS

# FTS5 takes Thai vowel signs and tone marks for gaps between words (category Mn), and ข้าว and ข่าว would
# both be ข + าว. Private-use letters (category Co) count as letters, so each mark gets one: U+0E48 → U+E048.
_PROTECTED = {ord(mark): 0xE000 + (ord(mark) & 0xFF) for mark in MARKS}


def protected(words: str) -> str:
    """The words as they stand in the FTS5 table: every Thai mark as a private-use letter."""
    return words.translate(_PROTECTED)


class ThaiObjectIndexer(sqlite.ObjectIndexer):
    def prepare_field(self, obj: Any, field: Any) -> Iterator[tuple[Any, str]]:
        for found, value in super().prepare_field(obj, field):
            if isinstance(field, SearchField):
                value = protected(text.words_text(value))
            elif isinstance(field, AutocompleteField):
                value = protected(text.groups_text(value))
            yield found, value


# The stock index looks this class up in its module; there is no other way to hand it ours.
sqlite.ObjectIndexer = ThaiObjectIndexer


class ThaiSearchQueryCompiler(sqlite.SQLiteSearchQueryCompiler):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = self.rewritten(self.query)

    def rewritten(self, query: SearchQuery) -> SearchQuery:
        return text.as_phrases(query)

    def build_search_query_content(self, query: SearchQuery, config: Any = None) -> Any:
        if isinstance(query, Phrase):
            return SearchQueryExpression(
                Lexeme(protected(query.query_string), prefix=isinstance(query, text.Beginning))
            )
        return super().build_search_query_content(query, config=config)

    def build_tsrank(self, vector: Any, query: SearchQuery, config: Any = None, boost: float = 1.0) -> Any:
        """FTS5 ranks the whole match; the stock product over the parts of an And would turn its sign."""
        return BM25()

    def search(self, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> Any:
        """`fields` are those of the model; the table has a column for titles and one for all the rest."""
        if self.fields is not None:
            self.fields = sorted({self.column_of(field) for field in self.fields})
        return super().search(config, start, stop, score_field=score_field)

    def column_of(self, field: str) -> str:
        return "title" if field == "title" else "body"


class ThaiAutocompleteQueryCompiler(ThaiSearchQueryCompiler, sqlite.SQLiteAutocompleteQueryCompiler):
    def rewritten(self, query: SearchQuery) -> SearchQuery:
        return text.as_phrases(query, text.groups_phrase, text.groups_beginning)

    def column_of(self, field: str) -> str:
        return "autocomplete"


class ThaiSQLiteSearchBackend(sqlite.SQLiteSearchBackend):
    query_compiler_class = ThaiSearchQueryCompiler
    autocomplete_query_compiler_class = ThaiAutocompleteQueryCompiler
