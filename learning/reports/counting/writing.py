"""Counts into tables: added to what stands there, or written anew. PostgreSQL and SQLite say it alike."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, models

from learning.reports.counting.contributions import MEASURES, Counted, Key, Measures
from learning.reports.models import Span, SpanTally, Tally

BATCH = 1000
COLUMNS = (*Key._fields, *MEASURES)
# Any number that nothing else in the project locks.
LOCK = 7_205_759_403_792_793


def add(counted: Counted) -> None:
    """Add to the tallies of now; a line that is not there yet begins."""
    table = connection.ops.quote_name(Tally._meta.db_table)
    columns = ", ".join(COLUMNS)
    places = ", ".join(["%s"] * len(COLUMNS))
    sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in MEASURES)
    sql = (
        f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  names of our own columns
        f" ON CONFLICT (area, axis, course, value) DO UPDATE SET {sums}"
    )
    rows = ((*key, *_values(line)) for key, line in sorted(counted.items()))
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            cursor.executemany(sql, batch)


def write(lines: Iterable[tuple[Key, Measures]]) -> None:
    """Write the tallies of now, which have been emptied."""
    _insert(Tally, COLUMNS, ((*key, *_values(line)) for key, line in lines))


def write_span(span: Span, counted: Counted) -> None:
    _insert(SpanTally, ("span_id", *COLUMNS), ((span.pk, *key, *_values(line)) for key, line in counted.items()))


def stored() -> Counted:
    """The tallies of now as they stand; lines that have come to nothing left out."""
    rows = Tally.objects.values_list(*Key._fields, *MEASURES).iterator(chunk_size=5000)
    counted = {Key._make(row[:4]): Measures(*row[4:]) for row in rows}
    return {key: line for key, line in counted.items() if line}


def take_lock(*, wait: bool) -> bool:
    """Only one process counts at a time, until its transaction ends. SQLite's writers wait for each other anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _values(line: Measures) -> tuple[object, ...]:
    """In the order of MEASURES. Hours as text: both databases read a decimal from it."""
    return (
        line.enrolled,
        line.active,
        line.completed,
        line.overdue,
        str(line.hours),
        line.people,
        line.people_completed,
    )


def _insert(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """A million lines: by COPY on PostgreSQL, by one prepared statement on SQLite."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            for batch in _batches(rows):
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", batch)  # noqa: S608


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        yield batch
