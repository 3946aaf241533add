"""`manage.py regrade QUIZ`: mark the handed-in sittings of a quiz again."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.quizzes.models import Question, Quiz
from learning.kernel.refusals import Refused
from learning.sittings.flows import Outlook, Wanted, look_ahead, regrade
from learning.sittings.regrading import Change


class Command(BaseCommand):
    help = (
        "Mark the handed-in sittings of a quiz again and say what changes. A completion or certificate is never "
        "taken away; a new pass completes its lesson."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quiz", help="identifier of the quiz")
        parser.add_argument("--question", metavar="UID", help="only this question")
        parser.add_argument("--newest", action="store_true", help="by the newest version of each question")
        parser.add_argument("--reason", default="", help="why; it stays on record. Needed unless --dry-run.")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = Wanted(
            _found(Quiz, options["quiz"]),
            _found(Question, options["question"]) if options["question"] else None,
            options["newest"],
        )
        try:
            outlook = look_ahead(wanted) if options["dry_run"] else regrade(wanted, reason=options["reason"], by=None)
        except Refused as refused:
            raise CommandError(refused.sentence) from None
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(outlook), ensure_ascii=False, indent=1))
            return
        for change in outlook.changes:
            self.stdout.write(_line(change))
        is_tried = "nothing was written" if outlook.regrade is None else f"kept as regrade {outlook.regrade.pk}"
        self.stdout.write(
            f"{outlook.sitting_count} sittings, {len(outlook.changes)} with another result, "
            f"{len(outlook.passing)} pass now, {len(outlook.failing)} fail now; {is_tried}."
        )


def _found(model: Any, uid: str) -> Any:
    try:
        return model.objects.get(uid=uid)
    except model.DoesNotExist:
        raise CommandError(f"There is no {model.__name__.lower()} with the identifier {uid}.") from None


def _line(change: Change) -> str:
    before, after = change.before, change.after
    word = " · passes now" if change.passes_anew else " · fails now" if change.fails_anew else ""
    return f"{change.sitting.pk}: {before.score} of {before.max_score} → {after.score} of {after.max_score}{word}"


def _as_json(outlook: Outlook) -> dict[str, Any]:
    return {
        "sittings": outlook.sitting_count,
        "regrade": outlook.regrade.pk if outlook.regrade else None,
        "passing": len(outlook.passing),
        "failing": len(outlook.failing),
        "changes": [
            {
                "sitting": str(change.sitting.pk),
                "user": change.sitting.user_id,
                "before": _outcome(change.before),
                "after": _outcome(change.after),
            }
            for change in outlook.changes
        ],
    }


def _outcome(outcome: Any) -> dict[str, Any]:
    return {
        "score": float(outcome.score),
        "max_score": float(outcome.max_score),
        "percent": outcome.percent,
        "passed": outcome.passed,
    }
