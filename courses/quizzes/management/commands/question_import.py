import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from courses.quizzes.choices import FileFormat
from courses.quizzes.models import Category
from courses.quizzes.reading.drafts import Unreadable
from courses.quizzes.reading.files import MAX_BYTES, format_of, read_questions
from courses.quizzes.saving import twins_among, write_drafts

DEFAULT_CATEGORY = "นำเข้า"


class Command(BaseCommand):
    help = "Read a file of questions (GIFT, Aiken, Moodle XML, spreadsheet) into the bank, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FileFormat.values, help="otherwise told by the name of the file")
        parser.add_argument(
            "--category", default=DEFAULT_CATEGORY, help="for questions of which the file names no category"
        )
        parser.add_argument("--keep-twins", action="store_true", help="write also what the bank holds already")
        parser.add_argument("--dry-run", action="store_true", help="read and say what would be written; write nothing")
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CommandError(f"{path} is larger than 10 MB. Split it.")
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        try:
            reading = read_questions(content, options["format"] or format_of(path.name, content))
        except Unreadable as error:
            if options["json"]:
                self._say({"error": error.sentence, "line": error.line})
                sys.exit(1)
            where = f" (line {error.line})" if error.line else ""
            raise CommandError(f"Nothing was read. {error.sentence}{where}") from None
        twins = {} if options["keep_twins"] else twins_among(reading.drafts)
        written = len(reading.drafts) - len(twins)
        if not options["dry_run"]:
            with transaction.atomic():
                category, _new = Category.objects.get_or_create(category=options["category"][:250])
                saved = write_drafts(reading.drafts, category=category, keep_twins=options["keep_twins"], by=None)
            written = len(saved.questions)
        report = {
            "written": written,
            "dry_run": options["dry_run"],
            "twins": [{"line": reading.drafts[place].line, "uid": uid} for place, uid in twins.items()],
            "faults": [vars(fault) for fault in reading.faults],
            "skipped": [vars(fault) for fault in reading.skipped],
            "remarks": [
                {"line": draft.line, "sentence": remark} for draft in reading.drafts for remark in draft.remarks
            ],
        }
        if options["json"]:
            self._say(report)
            return
        for name in ("faults", "skipped", "remarks"):
            for one in report[name]:
                self.stdout.write(f"line {one['line']}: {one['sentence']}")
        for twin in report["twins"]:
            self.stdout.write(f"line {twin['line']}: the bank holds this question already ({twin['uid'] or 'above'})")
        verb = "would be written" if options["dry_run"] else "written"
        self.stdout.write(f"{written} {verb}, {len(twins)} left out as twins, {len(reading.faults)} could not be read.")

    def _say(self, report: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(report, ensure_ascii=False))
