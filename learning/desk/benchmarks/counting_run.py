"""The statistics of a quiz in a process of its own. Nothing of Django is imported before it is set up there."""

import time
from typing import Any

from learning.desk.benchmarks.import_run import peak_megabytes


def time_statistics(database: str, quiz_id: int) -> dict[str, Any]:
    """Seconds, sittings and questions counted, queries, and megabytes held before and at most.

    `database` is the name of the throw-away database.
    """
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    from courses.quizzes.models import Quiz
    from learning.sittings.statistics.results import statistics_of

    quiz = Quiz.objects.get(pk=quiz_id)
    queries: list[str] = []
    before = peak_megabytes()
    with connection.execute_wrapper(_remembering(queries)):
        begun = time.perf_counter()
        results = statistics_of(quiz)
        seconds = time.perf_counter() - begun
    return {
        "seconds": round(seconds, 2),
        "sittings": results.test.sitting_count,
        "questions": len(results.questions),
        "alpha": round(results.test.alpha, 4) if results.test.alpha is not None else None,
        "queries": len(queries),
        "before_mb": before,
        "most_mb": peak_megabytes(),
    }


def _remembering(queries: list[str]) -> Any:
    def remember(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(sql)
        return execute(sql, params, many, context)

    return remember
