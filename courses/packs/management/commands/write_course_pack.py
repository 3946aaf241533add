from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.catalog.models import CoursePage
from courses.packs.pages import pack_of
from courses.packs.writing import write_pack


class Command(BaseCommand):
    help = "Write a course as a pack. What is written reads back as the same course."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("path", type=Path, help="the folder to write; made when it is not there")

    def handle(self, *args: Any, **options: Any) -> None:
        course = CoursePage.objects.filter(slug=options["slug"]).first()
        if course is None:
            known = ", ".join(CoursePage.objects.values_list("slug", flat=True).order_by("slug")) or "none"
            raise CommandError(f"There is no course “{options['slug']}”. The courses are: {known}.")
        folder: Path = options["path"]
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is a file. Give a folder.")
        if folder.exists() and any(folder.iterdir()) and not (folder / "course.toml").exists():
            raise CommandError(f"{folder} holds other things than a course pack. Give an empty folder.")
        write_pack(pack_of(course), folder)
        self.stdout.write(f"Written: {folder}")
