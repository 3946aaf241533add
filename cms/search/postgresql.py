"""Thai words in PostgreSQL's full-text search, through the table that Wagtail's own migration made.

Create the database with C.UTF-8 or an ICU locale. The `simple` configuration is taken unless SEARCH_CONFIG
says otherwise: it changes no word, so both databases find the same.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.search import SearchQuery as TextSearchQuery
from django.db.models import F
from modelsearch.backends.database.postgres import postgres
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.query import Phrase, SearchQuery

from cms.search import text


class ThaiObjectIndexer(postgres.ObjectIndexer):
    def prepare_field(self, obj: Any, field: Any) -> Iterator[tuple[Any, str, str]]:
        for found, weight, value in super().prepare_field(obj, field):
            if isinstance(field, SearchField):
                value = text.words_text(value)
            elif isinstance(field, AutocompleteField):
                value = text.groups_text(value)
            yield found, weight, value


# The stock index looks this class up in its module; there is no other way to hand it ours.
postgres.ObjectIndexer = ThaiObjectIndexer


class ThaiSearchQueryCompiler(postgres.PostgresSearchQueryCompiler):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = self.rewritten(self.query)

    def rewritten(self, query: SearchQuery) -> SearchQuery:
        return text.as_phrases(query)

    def build_tsquery_content(self, query: SearchQuery, config: str | None = None, invert: bool = False) -> Any:
        """A phrase as `'a' <-> 'b'`, with `:*` when it may go on. The stock one inverts no phrase."""
        if isinstance(query, Phrase):
            phrase = " <-> ".join(f"'{word}'" for word in query.query_string.split())
            if isinstance(query, text.Beginning):
                phrase += ":*"
            return TextSearchQuery(phrase, search_type="raw", config=config, invert=invert)
        return super().build_tsquery_content(query, config=config, invert=invert)

    def get_fields_vectors(self, search_query: Any) -> list[tuple[Any, Any]]:
        """`fields` are those of the model; the index has a column for titles and one for all the rest.

        The stock one searches the fields themselves, where no words are marked off.
        """
        title, rest = self.get_index_vectors(search_query)
        wanted = {field == "title" for field in self.fields}
        return [vector for vector, is_title in ((title, True), (rest, False)) if is_title in wanted]


class ThaiAutocompleteQueryCompiler(ThaiSearchQueryCompiler, postgres.PostgresAutocompleteQueryCompiler):
    def rewritten(self, query: SearchQuery) -> SearchQuery:
        return text.as_phrases(query, text.groups_phrase, text.groups_beginning)

    def get_fields_vectors(self, search_query: Any) -> list[tuple[Any, Any]]:
        return [(F("index_entries__autocomplete"), 1.0)]


class ThaiPostgresSearchBackend(postgres.PostgresSearchBackend):
    query_compiler_class = ThaiSearchQueryCompiler
    autocomplete_query_compiler_class = ThaiAutocompleteQueryCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({"SEARCH_CONFIG": "simple", **params})
