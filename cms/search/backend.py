"""The search backend of the site: `cms.search.backend` in WAGTAILSEARCH_BACKENDS."""

from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database.sqlite.utils import fts5_available


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """The backend for the default database: Thai on PostgreSQL and SQLite, the stock one elsewhere.

    The modules are loaded here because each exists only for its own kind of database.
    """
    if connection.vendor == "postgresql":
        from cms.search.postgresql import ThaiPostgresSearchBackend

        return ThaiPostgresSearchBackend(params)
    if connection.vendor == "sqlite" and fts5_available():
        from cms.search.sqlite import ThaiSQLiteSearchBackend

        return ThaiSQLiteSearchBackend(params)
    return database.SearchBackend(params)
