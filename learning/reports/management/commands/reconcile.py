from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from learning.enrollments.flows import pass_due_days
from learning.organizations.schedule import pass_terms
from learning.reports.counting import differences, fold, rebuild


class Command(BaseCommand):
    help = "Prove that the counts kept ready for reports equal the facts. --repair counts everything anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="count anew when something differs")

    def handle(self, *args: Any, **options: Any) -> None:
        pass_terms()
        overdue, added = pass_due_days(today=timezone.localdate()), fold()
        self.stdout.write(f"{overdue} newly overdue; {added} events added")
        wrong = differences()
        if not wrong:
            self.stdout.write(self.style.SUCCESS("The counts equal the facts."))
            return
        for key, (kept, true) in sorted(wrong.items())[:20]:
            self.stdout.write(f"{key}: kept {kept}, true {true}")
        if not options["repair"]:
            raise CommandError(f"{len(wrong)} lines differ. Run again with --repair to count everything anew.")
        self.stdout.write(f"{rebuild()} lines counted anew")
        if left := differences():
            raise CommandError(f"{len(left)} lines still differ after counting anew: this is a fault of the program.")
        self.stdout.write(self.style.SUCCESS("The counts equal the facts."))
