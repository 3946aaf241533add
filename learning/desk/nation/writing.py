"""Rows by the hundred thousand, streamed into tables: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

Row = tuple[Any, ...]
ROWS_AT_ONCE = 2000
PRAGMAS = {"cache_size": -200_000, "temp_store": 2}  # KiB of pages; sort in memory


def next_key(model: type[models.Model]) -> int:
    """The first key that is free."""
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def write(model: type[models.Model], names: str, rows: Iterable[Row]) -> None:
    """Add rows whose values are the named fields (attnames, separated by blanks), in this order.

    Fields that are not named get the default of the model, which must not change from call to call. Values are
    text, numbers or None, as the database writes them: a truth is 1 or 0, a moment is UTC. Making the rows asks
    the database nothing: PostgreSQL is in the midst of a COPY then.
    """
    given = names.split()
    known = {field.attname: field for field in model._meta.local_concrete_fields}
    rest = {name: _default(field) for name, field in known.items() if name not in given}
    rest = {name: value for name, value in rest.items() if value is not None}
    columns = [known[name].column or "" for name in [*given, *rest]]
    put = _copy if connection.vendor == "postgresql" else _insert
    put(connection.ops.quote_name(model._meta.db_table), columns, rows, tuple(rest.values()))


def _default(field: models.Field[Any, Any]) -> Any:
    if field.primary_key:
        return None
    value = field.get_default()
    if isinstance(value, (date, datetime)) or getattr(field, "auto_now_add", False):
        raise ValueError(f"{field} would be the time of this run: give it.")
    value = field.get_db_prep_save(value, connection)
    return int(value) if isinstance(value, bool) else value


def _copy(table: str, columns: list[str], rows: Iterable[Row], rest: Row) -> None:
    # The values are all invented here: none holds a tab, a line break or a backslash.
    end = "".join(f"\t{value}" for value in rest) + "\n"
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    lines = ("\t".join([r"\N" if value is None else str(value) for value in row]) + end for row in rows)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
        while part := "".join(islice(lines, ROWS_AT_ONCE)):
            copy.write(part)


def _insert(table: str, columns: list[str], rows: Iterable[Row], rest: Row) -> None:
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    marks = ", ".join(["?"] * (len(columns) - len(rest)) + [_literal(value) for value in rest])
    # Django's own executemany would hold every row until the last is written.
    connection.ensure_connection()
    connection.connection.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)  # noqa: S608


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def set_sequences(tables: Iterable[type[models.Model]]) -> None:
    """The next row that the site itself adds gets the next key; SQLite knows it by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


# --- indexes ---------------------------------------------------------------------------------------
_OF_POSTGRESQL = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I ', c.conrelid::regclass, c.conname) || pg_get_constraintdef(c.oid)
      FROM pg_constraint c WHERE c.conrelid = %s::regclass AND c.contype IN ('f', 'u')
    UNION ALL
    SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
      FROM pg_index i WHERE i.indrelid = %s::regclass
       AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.conrelid = i.indrelid)
    ORDER BY 2
"""
_OF_SQLITE = """
    SELECT 'DROP INDEX "' || name || '"', sql FROM sqlite_master
     WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (%s, %s) ORDER BY name
"""


@contextmanager
def without_indexes(tables: Iterable[type[models.Model]]) -> Iterator[Callable[[], None]]:
    """Drop indexes and foreign keys of these tables; gives what makes them again, cheaper than a million look-ups.

    Inside a transaction, so that nobody meets the tables without them. Making them again checks every row.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table with checks in waiting may be altered
        again = []
        for model in tables:
            table = model._meta.db_table
            cursor.execute(_OF_POSTGRESQL if connection.vendor == "postgresql" else _OF_SQLITE, [table, table])
            for drop, make in cursor.fetchall():
                cursor.execute(drop)
                again.append(make)

        def make_again() -> None:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            while again:
                cursor.execute(again.pop(0))

        yield make_again


@contextmanager
def for_loading() -> Iterator[None]:
    """SQLite with room to sort in and no look-up of each foreign key; outside a transaction, where it counts."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
        is_checking = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
        for name, value in {**PRAGMAS, "foreign_keys": 0}.items():
            cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            for name, value in {**before, "foreign_keys": is_checking}.items():
                cursor.execute(f"PRAGMA {name} = {value}")


def analyze(*, vacuum: bool = False) -> None:
    """Statistics for the planner; on PostgreSQL also the map of pages that an index alone may answer for."""
    can_vacuum = vacuum and connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if can_vacuum else "ANALYZE")
