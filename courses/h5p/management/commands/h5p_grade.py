import json
import sys
from collections.abc import Iterator
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.h5p.checking.parsing import parse_json
from courses.h5p.limits import LARGEST_JSON, MB
from courses.h5p.refusals import PackageRefused
from courses.h5p.scoring import NotScored, score


class Command(BaseCommand):
    help = (
        'Score states as the H5P libraries do. Reads lines {"library", "params", "state"} from standard input, prints'
        ' {"score", "max"} for each; a line that cannot be scored gives {"error"}, and the command ends with 1.'
    )
    requires_system_checks: list[str] = []  # nothing here asks the database or the addresses

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="JSON lines; there is no other way yet")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for line in lines_of(sys.stdin.buffer):
            if not line.strip():
                continue
            told = graded(line)
            wrong += "error" in told
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            self.stdout.flush()  # who asks line by line waits for it
        if wrong:
            raise CommandError(f"{wrong} lines could not be scored.", returncode=1)


def lines_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a stream, one at a time; of one that is far too long only its beginning."""
    while line := stream.readline(LARGEST_JSON + 1):
        yield line
        while len(line) > LARGEST_JSON and not line.endswith(b"\n"):
            line = stream.readline(LARGEST_JSON + 1)
            if not line:
                return


def graded(line: bytes) -> dict[str, Any]:
    """The points of one line, or why there are none."""
    if len(line) > LARGEST_JSON:
        return {"error": f"the line is longer than {LARGEST_JSON // MB} MB"}
    try:
        case = parse_json(line.strip(), "")
    except PackageRefused as refusal:
        return {"error": f"{refusal.code}: {refusal.sentence}"}
    if not isinstance(case, dict) or not isinstance(case.get("library"), str):
        return {"error": "a line is an object with library, params and state"}
    try:
        points, most = score(case["library"], case.get("params"), case.get("state"))
    except NotScored as error:
        return {"error": str(error)}
    except RecursionError:
        return {"error": "content lies within content too deep"}
    return {"score": _number(points), "max": _number(most)}


def _number(value: float) -> float | int:
    """3 rather than 3.0."""
    return int(value) if float(value).is_integer() else value
