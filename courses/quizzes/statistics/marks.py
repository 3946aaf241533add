"""The marks of many sittings, question by question, in little memory: a row is added as it is read."""

from array import array
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

NOT_ANSWERED = 0


def _integers() -> "array[int]":
    return array("l")


def _reals() -> "array[float]":
    return array("d")


@dataclass(slots=True)
class Column:
    """One question: in which sittings it was asked, the points it got, and what was answered.

    `answers` holds numbers that the reader gives to answers; 0 is no answer.
    """

    sittings: "array[int]" = field(default_factory=_integers)
    scores: "array[float]" = field(default_factory=_reals)
    answers: "array[int]" = field(default_factory=_integers)
    most: float = 0.0  # points that could be had, all sittings together

    def __len__(self) -> int:
        return len(self.sittings)

    @property
    def max_score(self) -> float:
        """Points of a full answer; the mean, when versions of the question differ."""
        return self.most / len(self.sittings) if self.sittings else 0.0


class Marks:
    """Sittings are numbered from 0; questions are called by any name."""

    def __init__(self, sittings: int) -> None:
        self.columns: dict[Hashable, Column] = {}
        self.totals = array("d", bytes(8 * sittings))
        self.most = array("d", bytes(8 * sittings))

    def add(self, sitting: int, question: Hashable, score: float, most: float, answer: int = NOT_ANSWERED) -> None:
        column = self.columns.get(question)
        if column is None:
            column = self.columns[question] = Column()
        column.sittings.append(sitting)
        column.scores.append(score)
        column.answers.append(answer)
        column.most += most
        self.totals[sitting] += score
        self.most[sitting] += most

    def shares(self) -> "array[float]":
        """Of each sitting the share of its points, 0 to 1; rounded, so that equal ones are equal."""
        return array("d", (_share(score, most) for score, most in zip(self.totals, self.most, strict=True)))

    @property
    def is_complete(self) -> bool:
        """True when every sitting asked the same questions."""
        return all(len(column) == len(self.totals) for column in self.columns.values())


def _share(score: float, most: float) -> float:
    return round(score / most, 9) if most else 0.0


def marks_of(rows: Iterable[Iterable[float]], *, most: float = 1.0) -> Marks:
    """A whole matrix, a row for each sitting and a column for each question."""
    lines = [list(row) for row in rows]
    found = Marks(len(lines))
    for number, line in enumerate(lines):
        for question, score in enumerate(line):
            found.add(number, question, float(score), most, 1)
    return found
