import logging
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.desk.nation import LAST_DAY, make_nation
from learning.desk.nation.making import NotEmpty
from learning.wagtail_tasks import work_at_once


class Command(BaseCommand):
    help = (
        "Fill a database without enrollments with a made-up nation for measuring: all offices and centers, and"
        " cooperatives, groups, people and enrollments in proportion to a number of people."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, required=True, help="how many people; a whole nation has 200000")
        parser.add_argument("--seed", type=int, default=1, help="another number draws another nation")
        parser.add_argument(
            "--organizations-as-for", type=int, metavar="N", help="as many organizations as N people would have"
        )
        parser.add_argument(
            "--until", type=date.fromisoformat, default=LAST_DAY, metavar="YYYY-MM-DD", help="day of the last event"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("wagtail", "django_tasks"):
            logging.getLogger(name).setLevel(logging.WARNING)  # a line per page and job says nothing here
        # Pages may have to be made, and no worker is there to index them.
        work_at_once()
        try:
            summary = make_nation(
                options["people"],
                seed=options["seed"],
                until=options["until"],
                organizations_as_for=options["organizations_as_for"],
                say=self.stdout.write,
            )
        except (NotEmpty, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(summary))
