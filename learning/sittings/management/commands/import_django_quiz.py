import json
import re
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from courses.quizzes.django_quiz.dump import NotThisDump, read_dump
from courses.quizzes.django_quiz.writing import write_bank
from learning.sittings.legacy.past import progress_faults, write_sittings
from learning.sittings.legacy.people import BrokenMap, read_people, users_by_old_key


class Command(BaseCommand):
    help = "Read the dumpdata of django-quiz-app: quizzes, questions, past sittings. A second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dump", type=Path, metavar="DUMP.json")
        parser.add_argument("--users", type=Path, metavar="MAP", help="JSON or CSV: old pk or username, and login here")
        parser.add_argument("--name", default="django-quiz", help="how identifiers and occasions begin")
        parser.add_argument("--dry-run", action="store_true", help="do everything and take it back")
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,29}", options["name"]):
                raise NotThisDump("A name has small Latin letters, digits and hyphens, at most 30.")
            dump = read_dump(_bytes(options["dump"]))
            people = read_people(_bytes(options["users"])) if options["users"] else {}
        except (NotThisDump, BrokenMap) as error:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
                sys.exit(1)
            raise CommandError(str(error)) from None
        with transaction.atomic():
            bank = write_bank(dump, name=options["name"])
            keys = {sitting.user for sitting in dump.sittings}
            past = write_sittings(dump, bank, users_by_old_key(keys, people, dump.usernames), name=options["name"])
            if options["dry_run"]:
                transaction.set_rollback(True)
        self._report(
            {
                "dry_run": options["dry_run"],
                "questions": {"new": bank.new_questions, "known": len(bank.questions) - bank.new_questions},
                "quizzes": {"new": bank.new_quizzes, "known": len(bank.quizzes) - bank.new_quizzes},
                "sittings": {
                    "new": past.written,
                    "known": past.known,
                    "unmapped": sum(past.unmapped.values()),
                    "unfinished": len(past.unfinished),
                },
                "unmapped_users": past.unmapped,
                "unfinished_sittings": past.unfinished,
                "progress": progress_faults(dump),
                "faults": [*dump.faults, *bank.faults, *past.faults],
                "remarks": [*bank.remarks, *past.remarks],
            },
            as_json=options["json"],
        )

    def _report(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for name in ("faults", "remarks", "progress"):
            for sentence in report[name]:
                self.stdout.write(sentence)
        for user, count in report["unmapped_users"].items():
            self.stdout.write(f"User {user} is not listed in --users: {count} sittings were left out.")
        for pk in report["unfinished_sittings"]:
            self.stdout.write(f"quiz.sitting {pk} was never finished and was left out.")
        verb = "would be new" if report["dry_run"] else "new"
        for name in ("questions", "quizzes", "sittings"):
            counts = report[name]
            self.stdout.write(f"{name}: {counts['new']} {verb}, {counts['known']} known already")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotThisDump(f"{path} cannot be read: {error.strerror}.") from None
