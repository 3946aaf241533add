"""What a picture with pieces on it is worth: the rules of H5P.DragQuestion, on our own body."""

from collections.abc import Iterable
from typing import Any

from courses.quizzes.kinds.kind import Body, Mark

Placing = tuple[str, str]  # a piece and the zone it was put on


def max_points(body: Body) -> int:
    """A point for each piece that belongs somewhere; one for each of its zones when it can be used several times."""
    if body["single_point"]:
        return 1
    return _points_of_all(body)


def _points_of_all(body: Body) -> int:
    return sum(len(piece["zones"]) if piece["multiple"] else 1 for piece in body["pieces"] if piece["zones"])


def right_placings(body: Body) -> set[Placing]:
    return {(piece["id"], zone) for piece in body["pieces"] for zone in piece["zones"]}


def placings_of(body: Body, answer: Any) -> list[Placing]:
    """The placings of an answer that this body knows, in the order of its pieces and zones, none of them twice."""
    pieces = {piece["id"]: place for place, piece in enumerate(body["pieces"])}
    zones = {zone["id"]: place for place, zone in enumerate(body["zones"])}
    found = {
        (entry[0], entry[1])
        for entry in (answer if isinstance(answer, list) else [])
        if isinstance(entry, (list, tuple)) and len(entry) == 2 and all(isinstance(part, str) for part in entry)
    }
    known = [(piece, zone) for piece, zone in found if piece in pieces and zone in zones]
    return sorted(known, key=lambda placing: (pieces[placing[0]], zones[placing[1]]))


def grade(body: Body, placings: Iterable[Placing]) -> Mark:
    """A point for each piece on a right zone; less one for each on a wrong zone, never below zero.

    `apply_penalties` off: wrong ones cost nothing. `single_point`: one point, for all right and nothing wrong.
    """
    right = right_placings(body)
    placed = list(placings)
    hits = sum(placing in right for placing in placed)
    points = max(0, hits - (len(placed) - hits))
    if body["single_point"]:
        return Mark(int(points == _points_of_all(body)), 1)
    return Mark(points if body["apply_penalties"] else hits, max_points(body))
