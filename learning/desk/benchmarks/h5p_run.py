"""The import of a package in a process of its own. Nothing of Django is imported before it is set up there."""

import logging
import time
from pathlib import Path
from typing import Any

from learning.desk.benchmarks.import_run import peak_megabytes


def time_import(database: str, path: str) -> dict[str, Any]:
    """Seconds from the upload to the last question, questions, pictures, queries, megabytes before and at most.

    `database` is the name of the throw-away database, `path` the package. Its files are taken away again.
    """
    import django

    django.setup()
    from django.core.files.base import File
    from django.db import connection

    from cms.models import AcademyImage
    from courses.h5p.flows import upload_package
    from courses.h5p.importing import read_package
    from learning.wagtail_tasks import work_at_once

    logging.disable(logging.WARNING)
    connection.settings_dict["NAME"] = database
    work_at_once()
    queries: list[str] = []
    before = peak_megabytes()
    begun = time.perf_counter()
    with connection.execute_wrapper(_remembering(queries)), Path(path).open("rb") as file:
        package, _is_new = upload_package(File(file, name="many.h5p"), name="many.h5p", by=None, read_here=True)
        read_package(package.pk)
    seconds = time.perf_counter() - begun
    package.refresh_from_db()
    images = list(AcademyImage.objects.all())
    for kept in (package.file, *(image.file for image in images)):
        kept.storage.delete(kept.name)
    return {
        "seconds": round(seconds, 2),
        "state": package.state,
        "questions": package.question_count,
        "pictures": len(images),
        "queries": len(queries),
        "before_mb": before,
        "most_mb": peak_megabytes(),
    }


def _remembering(queries: list[str]) -> Any:
    def remember(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(sql)
        return execute(sql, params, many, context)

    return remember
