"""The doors of batches of certificates: a center's own, and those of people who completed a course."""

from tests.doors.district import World
from tests.doors.people import CENTERS, MEET
from tests.doors.sides import Side
from tests.doors.way import PRESSED, Way, by_center

ADMINISTRATOR = frozenset({"superuser"})  # sees all of the register


def ways_to_center_batches(side: Side) -> list[Way]:
    """What a center issues to those who attended."""
    its, past = {"pk": side.things["batch"].pk}, {"pk": side.workshops["past"].pk}
    return by_center(
        side,
        [
            Way("records:batches", MEET | CENTERS, known_to=ADMINISTRATOR),
            Way("records:batch", parts=its, known_to=ADMINISTRATOR),
            Way("records:batch_progress", parts=its, known_to=ADMINISTRATOR, is_json=True, is_silent=True),
            Way("records:issue_workshop", parts=past, sent=PRESSED, is_silent=True),
        ],
    )


def ways_to_course_batches(world: World) -> list[Way]:
    """What an office issues to those of its area who completed a course before it had a design."""
    saving = {"pk": world.courses["saving"].pk}
    return [Way("records:issue_course", parts=saving, sent=PRESSED, is_silent=True, known_to=ADMINISTRATOR)]
