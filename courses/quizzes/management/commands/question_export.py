from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.quizzes.export.files import WRITERS, written_file
from courses.quizzes.models import Category
from courses.quizzes.queries import in_use


class Command(BaseCommand):
    help = "Write the questions in use, or those of a category, as GIFT, Moodle XML or a spreadsheet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path)
        parser.add_argument("--format", choices=sorted(WRITERS), required=True)
        parser.add_argument("--category", help="otherwise the whole bank")

    def handle(self, *args: Any, **options: Any) -> None:
        questions = in_use()
        if options["category"]:
            category = Category.objects.filter(category=options["category"]).first()
            if category is None:
                raise CommandError(f"There is no category “{options['category']}”.")
            questions = questions.filter(category=category)
        written = written_file(questions, options["format"])
        options["out"].write_bytes(written.content)
        for uid in written.left_out:
            self.stdout.write(f"{uid}: this format has no word for its kind")
        self.stdout.write(f"Written: {options['out']}, {len(written.left_out)} questions left out")
