"""The best and the weakest 27 of 100: difficulty p, discrimination r, and who chose what.

The share is that of Kelley (1939), Journal of Educational Psychology 30: 17-24. Where people tie at the border of a
group, each of them belongs to it in part, so that the figures depend on nobody's place in a list.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, fsum

from courses.quizzes.statistics.marks import Column

GROUP = 0.27


@dataclass(frozen=True, slots=True)
class Group:
    """So many people beyond a cut; of those who stand on it, everybody in part."""

    size: int
    cut: float
    part: float
    is_upper: bool

    def weight(self, share: float) -> float:
        """How far somebody with this share of all points belongs to the group, 0 to 1."""
        if share == self.cut:
            return self.part
        return 1.0 if (share > self.cut) == self.is_upper else 0.0


def groups(shares: Sequence[float]) -> tuple[Group, Group] | None:
    """The upper and the lower group of people by their share of all points; None when there is no upper and lower."""
    line = sorted(shares)
    count = len(line)
    if count < 2 or line[0] == line[-1]:
        return None
    size = max(1, floor(count * GROUP + 0.5))
    high, low = line[count - size], line[size - 1]
    above, below = count - bisect_right(line, high), bisect_left(line, low)
    at_high, at_low = count - above - bisect_left(line, high), bisect_right(line, low) - below
    upper = Group(size, high, (size - above) / at_high, is_upper=True)
    return upper, Group(size, low, (size - below) / at_low, is_upper=False)


def p_and_r(
    column: Column, shares: Sequence[float], found: tuple[Group, Group] | None
) -> tuple[float | None, float | None]:
    """Difficulty p = (H + L) / 2 and discrimination r = H - L of the mean shares of points in both groups.

    For right-or-wrong questions these are the counts that teachers make by hand; for parts of points the same
    with points (Whitney and Sabers, 1970).
    """
    most = column.max_score
    if found is None or most <= 0:
        return None, None
    high, low = (
        fsum(group.weight(shares[who]) * score for who, score in zip(column.sittings, column.scores, strict=True))
        / (group.size * most)
        for group in found
    )
    return (high + low) / 2, high - low


@dataclass(frozen=True, slots=True)
class ChoiceUse:
    """How often something could be chosen and was: count of all, shares of all and of both groups.

    `id` is empty for no answer; shares of groups are None when there are none.
    """

    id: str
    text: str
    is_right: bool
    count: int
    share: float
    upper: float | None
    lower: float | None

    @property
    def is_answer(self) -> bool:
        return bool(self.id)


def uses_of_choices(
    column: Column,
    shares: Sequence[float],
    found: tuple[Group, Group] | None,
    *,
    choices: Iterable[tuple[str, str, bool]],
    chosen: Sequence[Sequence[str]],
) -> list[ChoiceUse]:
    """Every choice as it was used, and at the end how often nothing was answered.

    `choices` are id, text and rightness; `chosen[number]` the ids that the answer of that number chose.
    """
    asked = len(column)
    if not asked:
        return []
    counts: dict[str, list[float]] = {}
    by_answer: dict[int, list[float]] = {}
    for who, answer in zip(column.sittings, column.answers, strict=True):
        row = by_answer.get(answer)
        if row is None:
            row = by_answer[answer] = [0.0, 0.0, 0.0]
        row[0] += 1
        if found:
            row[1] += found[0].weight(shares[who])
            row[2] += found[1].weight(shares[who])
    for answer, row in by_answer.items():
        for identifier in chosen[answer] or [""]:
            total = counts.setdefault(identifier, [0.0, 0.0, 0.0])
            for place in range(3):
                total[place] += row[place]
    lines = []
    for identifier, text, is_right in [*choices, ("", "", False)]:
        count, upper, lower = counts.get(identifier, (0.0, 0.0, 0.0))
        lines.append(
            ChoiceUse(
                identifier,
                text,
                is_right,
                int(count),
                count / asked,
                upper / found[0].size if found else None,
                lower / found[1].size if found else None,
            )
        )
    return lines
