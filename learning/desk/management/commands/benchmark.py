import json
import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from learning.desk.benchmarks.cases import CASES, Stage
from learning.desk.benchmarks.certificates import BATCH
from learning.desk.benchmarks.certificates import CASES as CERTIFICATES
from learning.desk.benchmarks.h5p import CASES as H5P
from learning.desk.benchmarks.measuring import WrongAnswer
from learning.desk.benchmarks.nation import NATION, measure_nation
from learning.desk.benchmarks.population import populate, signed_in
from learning.desk.benchmarks.quizzes import CASES as QUIZZES
from learning.desk.benchmarks.workshops import CASES as WORKSHOPS
from learning.desk.benchmarks.workshops import EXACT
from learning.wagtail_tasks import work_at_once

# Each has figures of its own, and an empty database.
OF_THEIR_OWN = {**WORKSHOPS, **QUIZZES, **H5P, **CERTIFICATES}


class Command(BaseCommand):
    help = (
        "Measure pages as ratios to a bare view in the same run, on a throw-away database of the same kind as the"
        " site's. Names: "
        + ", ".join([*CASES, *OF_THEIR_OWN])
        + "; and "
        + NATION
        + ", which makes a nation and takes many minutes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure; all when none is given")
        parser.add_argument("--json", action="store_true", help="one line of JSON each")
        parser.add_argument("--enrollments", type=int, default=10_000, help="rows to fill the database with")
        parser.add_argument("--people", type=int, default=200_000, help="of the nation, and of one a tenth the size")
        parser.add_argument("--certificates", type=int, default=1_000, help="of a batch")
        parser.add_argument("--rounds", type=int, default=300, help="measured requests of each kind")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["names"] or [*CASES, *(name for name in OF_THEIR_OWN if name != EXACT)]
        known = [*CASES, *OF_THEIR_OWN, NATION]
        if unknown := [name for name in names if name not in known]:
            raise CommandError(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.")
        if options["enrollments"] < 1 or options["rounds"] < 20:
            raise CommandError("Give at least 1 enrollment and 20 rounds: less would measure nothing.")
        logging.disable(logging.WARNING)
        settings.ROOT_URLCONF = "learning.desk.benchmarks.urls"
        settings.ALLOWED_HOSTS = ["localhost"]
        settings.SECURE_SSL_REDIRECT = False
        work_at_once()
        if NATION in names:
            self._nation(options)
        for name in names:
            if name in OF_THEIR_OWN:
                how_many = {"count": options["certificates"]} if name == BATCH else {}
                with _throw_away_database():
                    self._figures(name, OF_THEIR_OWN[name](**how_many), as_json=options["json"])
        names = [name for name in names if name in CASES]
        if not names:
            return
        with _throw_away_database():
            learner, enrollment = populate(options["enrollments"])
            stage = Stage(learner, enrollment, signed_in(learner), rounds=options["rounds"], warm_up=30)
            for name in names:
                self._report(CASES[name](stage).as_dict(), as_json=options["json"])

    def _nation(self, options: dict[str, Any]) -> None:
        try:
            lines = measure_nation(
                options["people"], rounds=options["rounds"], database=_throw_away_database, say=self.stderr.write
            )
        except WrongAnswer as wrong:
            raise CommandError(str(wrong)) from wrong
        for line in lines:
            self.stdout.write(json.dumps(line.as_dict(), ensure_ascii=False) if options["json"] else str(line))

    def _figures(self, name: str, figures: dict[str, Any], *, as_json: bool) -> None:
        """What a race or a plan has to say: each has figures of its own."""
        if as_json:
            self.stdout.write(json.dumps({"name": name, **figures}))
        else:
            said = "   ".join(f"{key} {value}" for key, value in figures.items() if key != "name")
            self.stdout.write(f"{name:<18} {said}")

    def _report(self, measured: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(measured))
        else:
            self.stdout.write(
                "{name:<14} median {median_ms:7.2f} ms   p95 {p95_ms:7.2f} ms   bare {baseline_ms:6.2f} ms"
                "   ratio {ratio:5.2f}   {queries} queries   {bytes} bytes".format(**measured)
            )


class _throw_away_database:
    """A migrated database beside the real one, gone afterwards; the real one is never touched."""

    def __enter__(self) -> None:
        if connection.vendor == "sqlite":
            name = Path(settings.VAR_DIR) / "benchmark.sqlite3"
            connection.settings_dict.setdefault("TEST", {})["NAME"] = str(name)
        self.before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        call_command("createcachetable", verbosity=0)

    def __exit__(self, *error: object) -> None:
        connection.creation.destroy_test_db(self.before, verbosity=0)
