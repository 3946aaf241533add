from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.catalog.models import CourseIndexPage
from courses.packs.errors import PackError
from courses.packs.flows import load_pack
from courses.packs.reading import read_pack


class Command(BaseCommand):
    help = "Read a course pack (a folder of text files) into pages. Reading it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder that holds course.toml")

    def handle(self, *args: Any, **options: Any) -> None:
        index = CourseIndexPage.objects.first()
        if index is None:
            raise CommandError("The site has no course catalog yet. Run: manage.py setup")
        try:
            changes = load_pack(read_pack(options["path"]), index)
        except PackError as error:
            raise CommandError(f"Nothing was loaded. {error}") from None
        for name in ("created", "changed", "removed"):
            for what in getattr(changes, name):
                self.stdout.write(f"{name}: {what}")
        counts = f"{len(changes.created)} created, {len(changes.changed)} changed, {len(changes.removed)} removed"
        self.stdout.write(counts if changes else "Nothing changed.")
