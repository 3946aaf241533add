"""What most tests begin with is built once in a process; the others get the same rows written straight in.

Opening the academy takes a tenth of a second and publishing a course a quarter, and two thousand tests begin with them.
A snapshot is the difference that building made to the tables. It is taken only where nothing but snapshots has
written before, and it is used again only there, under the same clock; everywhere else the thing is built anew.
"""

import contextlib
import dataclasses
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import time_machine
from django.db import connection, models, transaction

WRITES = ("INSERT", "UPDATE", "DELETE")
# Filled by triggers, or by the database itself.
NOT_COPIED = ("_fts", "sqlite_")

Tables = dict[str, set[tuple[str, ...]]]
_taken: dict[tuple[Any, ...], "Snapshot"] = {}


@dataclasses.dataclass
class Snapshot:
    """The statements that do again what building did; `result` is what it gave, its rows named and not held."""

    statements: list[str]
    result: Any


class Ledger:
    """What was written in a test so far: snapshots by name, and how many statements besides."""

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ()
        self.other_writes = 0
        self._is_own = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self._is_own and sql.lstrip()[:6].upper() in WRITES:
            self.other_writes += 1
        return execute(sql, params, many, context)

    @contextlib.contextmanager
    def own(self) -> Iterator[None]:
        self._is_own = True
        try:
            yield
        finally:
            self._is_own = False

    def give(self, name: str, build: Callable[[], Any]) -> Any:
        """What `build` gives, built or written from the snapshot of an earlier test."""
        if self.other_writes:
            return build()
        key = (name, self.names, connection.vendor, _clock())
        with self.own():
            if key in _taken:
                result = _write(_taken[key])
            else:
                before = _tables()
                result = build()
                _taken[key] = _difference(before, _tables(), _named(result))
        self.names = (*self.names, name)
        return result


def _clock() -> float:
    """The day, or the very instant where a test has stopped or moved the clock."""
    return round(time.time(), 3) if time_machine.escape_hatch.is_travelling() else time.time() // 86_400


def _tables() -> dict[str, set[tuple[str, ...]]]:
    """Every row of every table, each value as a literal of SQL."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if not any(part in name for part in NOT_COPIED):
                values = ", ".join(_literal(column) for column in _columns(cursor, name))
                cursor.execute(f"SELECT {values} FROM {_quoted(name)}")
                found[name] = set(map(tuple, cursor.fetchall()))
    return found


def _literal(column: str) -> str:
    text = f"{_quoted(column)}::text" if connection.vendor == "postgresql" else _quoted(column)
    return f"quote_nullable({text})" if connection.vendor == "postgresql" else f"quote({text})"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@cache
def _columns_of(name: str, database: object) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        return tuple(column.name for column in connection.introspection.get_table_description(cursor, name))


def _columns(cursor: Any, name: str) -> tuple[str, ...]:
    return _columns_of(name, connection.settings_dict["NAME"])


def _difference(before: Tables, after: Tables, result: Any) -> Snapshot:
    """The statements that make `after` of `before`, and what building gave."""
    statements = []
    with connection.cursor() as cursor:
        for name in sorted(after):
            gone, come = before[name] - after[name], after[name] - before[name]
            columns = _columns(cursor, name)
            if gone:
                key = connection.introspection.get_primary_key_column(cursor, name)
                place = columns.index(key)
                keys = ", ".join(row[place] for row in gone)
                statements.append(f"DELETE FROM {_quoted(name)} WHERE {_quoted(key)} IN ({keys})")
            if come:
                listed = ", ".join(map(_quoted, columns))
                rows = ", ".join(f"({', '.join(row)})" for row in sorted(come))
                statements.append(f"INSERT INTO {_quoted(name)} ({listed}) VALUES {rows}")
        if connection.vendor == "postgresql":
            touched = [name for name in after if after[name] - before[name]]
            statements += _sequences(cursor, touched)
    return Snapshot(statements, result)


def _sequences(cursor: Any, names: list[str]) -> list[str]:
    """A copied database begins its sequences anew, so they are moved past the rows that are written in."""
    found = []
    for name in names:
        for sequence in connection.introspection.get_sequences(cursor, name):
            column, counter = _quoted(sequence["column"]), sequence["name"]
            found.append(
                f"SELECT setval('{counter}', GREATEST((SELECT MAX({column}) FROM {_quoted(name)}),"
                f" (SELECT last_value FROM {_quoted(counter)})))"
            )
    return found


def _write(snapshot: Snapshot) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in snapshot.statements:
            cursor.execute(statement)
    return _found(snapshot.result)


@dataclasses.dataclass(frozen=True)
class _Row:
    model: type[models.Model]
    key: Any


def _named(result: Any) -> Any:
    """A row as its model and key; a dataclass of rows with each of them named."""
    if isinstance(result, models.Model):
        return _Row(type(result), result.pk)
    if dataclasses.is_dataclass(result):
        values = {field.name: _named(getattr(result, field.name)) for field in dataclasses.fields(result)}
        return (type(result), values)
    raise TypeError(f"A snapshot gives rows or a dataclass of rows, not {type(result).__name__}.")


def _found(result: Any) -> Any:
    if isinstance(result, _Row):
        return result.model._default_manager.get(pk=result.key)
    kind, values = result
    return kind(**{name: _found(value) for name, value in values.items()})
