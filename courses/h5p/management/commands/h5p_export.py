import json
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.h5p.writing import NothingToWrite, Written, write_package
from courses.quizzes.models import Quiz


class Command(BaseCommand):
    help = "Write a quiz as an H5P package (content only). Questions that H5P has nothing like are named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("quiz", metavar="QUIZ", help="the identifier of the quiz")
        parser.add_argument("path", type=Path, metavar="OUT.h5p", help="the file to write")
        parser.add_argument("--json", action="store_true", help="one object of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._tell(options)
        except CommandError as error:
            if not options["json"]:
                raise
            self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
            raise SystemExit(1) from None

    def _tell(self, options: dict[str, Any]) -> None:
        quiz = Quiz.objects.filter(uid=options["quiz"]).first()
        if quiz is None:
            raise CommandError(f"There is no quiz “{options['quiz']}”.")
        path: Path = options["path"]
        if path.suffix.lower() != ".h5p":
            raise CommandError(f"{path}: the name of an H5P package ends in .h5p.")
        written = self._write(quiz, path)
        left = [{"uid": one.uid, "reason": one.reason} for one in written.left_out]
        if options["json"]:
            told = {
                "quiz": quiz.uid,
                "file": str(path),
                "title": written.title,
                "library": written.library,
                "questions": written.question_count,
                "left_out": left,
                "remarks": written.remarks,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{path}: {written.library}, {written.question_count} questions")
        for one in left:
            self.stdout.write(f"  - {one['uid']}: {one['reason']}")
        for remark in written.remarks:
            self.stdout.write(f"  {remark}")

    def _write(self, quiz: Quiz, path: Path) -> Written:
        """The whole file, or none: it gets its name when it is complete."""
        try:
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        try:
            with os.fdopen(handle, "wb") as out:
                written = write_package(quiz, out)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except NothingToWrite as nothing:
            Path(name).unlink()
            raise CommandError(str(nothing)) from None
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return written
