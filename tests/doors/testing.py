"""The doors of those who write tests: they mark, mark again, and give more time. The center's author holds them."""

from dataclasses import replace

from tests.doors.district import World
from tests.doors.way import Way

# Who may change everything reads these pages too.
AUTHORS = frozenset({"superuser"})


def ways_to_tests(world: World) -> list[Way]:
    """One for each door; the essay is of somebody in the secret district."""
    essay, quiz = {"response_id": world.essay.pk}, {"uid": world.essay.sitting.quiz.uid}
    points = {"points_1": "2", "points_2": "1", "comment": "ชัดเจน"}
    more = {"login": world.people[0].username, "minutes": "10", "reason": "อ่านช้า"}
    ways = [
        Way("sittings:marking"),
        Way("sittings:mark", parts=essay, sent=points),
        Way("sittings:marking_rule", parts=quiz, sent={"is_blind": "on", "tolerance": "1"}, is_silent=True),
        Way("sittings:regrade", parts=quiz, sent={"reason": "เฉลยผิด"}, is_silent=True),
        Way("sittings:allowances", parts=quiz, sent=more, is_silent=True),
    ]
    return [replace(way, holder="wipa", known_to=AUTHORS) for way in ways]
