"""A query compiled once: building this one takes Django longer than all the rest of the page."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

_STAND_IN = "\x00code\x00"


class RowByCode:
    """One row of columns of a model, found by its code; values are converted as Django converts them."""

    def __init__(self, queryset: QuerySet[Any, Any], columns: tuple[str, ...]) -> None:
        self.queryset = queryset
        self.columns = columns
        self._kept: dict[str, tuple[str, list[Any], list[tuple[int, Any, list[Any]]]]] = {}

    def get(self, code: str) -> tuple[Any, ...] | None:
        sql, parameters, converters = self._kept.get(connection.vendor) or self._compile()
        with connection.cursor() as cursor:
            cursor.execute(sql, [code if value == _STAND_IN else value for value in parameters])
            row = cursor.fetchone()
        if row is None:
            return None
        values = list(row)
        for place, expression, functions in converters:
            for convert in functions:
                values[place] = convert(values[place], expression, connection)
        return tuple(values)

    def _compile(self) -> tuple[str, list[Any], list[tuple[int, Any, list[Any]]]]:
        query = self.queryset.order_by().filter(code=_STAND_IN).values_list(*self.columns).query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        found = compiler.get_converters([column[0] for column in compiler.select])
        converters = [(place, expression, functions) for place, (functions, expression) in found.items()]
        kept = self._kept[connection.vendor] = sql, list(parameters), converters
        return kept
