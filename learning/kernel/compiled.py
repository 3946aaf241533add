"""A queryset compiled once and run many times.

Building and compiling a query with joins takes Django longer than the database takes to answer it
(docs/decisions/0006). Where one query is most of a page, its SQL is kept and run with new values.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class CompiledQuery:
    """Rows of a `values_list` queryset, as the database gives them: without Django's converters.

    `build` makes the queryset from named values; `stand_ins` are values of the right type that the
    query uses nowhere else, so that their places can be found in the compiled parameters.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **stand_ins: Any) -> None:
        self.build = build
        self.stand_ins = stand_ins
        self._compiled: dict[str, tuple[str, list[tuple[str, Any]]]] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it. Raises TypeError when the values are not those it was made for."""
        if values.keys() != self.stand_ins.keys():
            raise TypeError(f"This query takes {', '.join(self.stand_ins)}.")
        sql, parameters = self._compiled.get(connection.vendor) or self._compile()
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[name] if name else constant for name, constant in parameters])
            return cursor.fetchall()

    def _compile(self) -> tuple[str, list[tuple[str, Any]]]:
        sql, constants = self.build(**self.stand_ins).query.get_compiler(connection=connection).as_sql()
        names = {value: name for name, value in self.stand_ins.items()}
        parameters = [(names.get(constant, ""), constant) for constant in constants]
        if {name for name, _ in parameters if name} != self.stand_ins.keys():
            raise TypeError("A stand-in did not come through to the parameters as it was given.")
        self._compiled[connection.vendor] = sql, parameters
        return sql, parameters
