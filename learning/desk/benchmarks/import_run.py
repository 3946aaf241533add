"""An import of 20,000 people in a process of its own. Nothing of Django is imported before it is set up there."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def time_import(database: str, username: str, province: str) -> dict[str, Any]:
    """Seconds of the dry run and of the saving, rows saved, and megabytes held before and at most.

    `database` is the name of the throw-away database, `username` who imports, `province` the code of where.
    """
    import django

    django.setup()
    from celery import current_app
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import connection

    from learning.desk.benchmarks.people_file import Place, people_file
    from learning.organizations.choices import COOPERATIVES
    from learning.organizations.models import Organization
    from learning.people.models import User
    from learning.register.choices import ImportKind, Mode
    from learning.register.flows.imports import apply_import, upload_import
    from learning.wagtail_tasks import work_at_once

    connection.settings_dict["NAME"] = database
    work_at_once()
    # There is no worker: what it would do is done at once, after commit.
    current_app.conf.task_always_eager = True
    by = User.objects.get(username=username)
    found = (
        Organization.objects.filter(province=province, state="active")
        .order_by("pk")
        .values_list("name", "registration_number", "kind", "province__name")
    )
    places = [Place(name, number, place, kind in COOPERATIVES) for name, number, kind, place in found]
    file = SimpleUploadedFile("people.xlsx", people_file(places))
    before = peak_megabytes()
    made: list[Any] = []
    dry_run = _seconds_of(lambda: made.append(upload_import(ImportKind.PEOPLE, file=file, by=by)))
    saving = _seconds_of(lambda: apply_import(made[0], mode=Mode.ROW_BY_ROW, by=by))
    return {
        "dry_run_s": dry_run,
        "import_s": saving,
        "rows": made[0].rows.filter(is_applied=True).count(),
        "before_mb": before,
        "most_mb": peak_megabytes(),
    }


def peak_megabytes() -> int:
    """The most memory this process has held so far; Linux. `getrusage` would count its parent's too."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    raise RuntimeError("This system does not say how much memory a process has held.")


def _seconds_of(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return round(time.perf_counter() - begun, 1)
