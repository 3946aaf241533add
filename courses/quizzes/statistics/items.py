"""Statistics of the questions of a test, and of the test: the formulas of Moodle's quiz statistics.

Shares run from 0 to 1, discrimination from -1 to 1; standard deviations are in points. What is undefined is None.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from courses.quizzes.statistics import moments
from courses.quizzes.statistics.groups import Group, groups, p_and_r
from courses.quizzes.statistics.marks import Column, Marks


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One question: `discrimination` against the rest of the test, `efficiency` of what was possible with these marks.

    `weight` is the share of the question in the spread of the whole test; None when it works against the others.
    """

    asked_count: int
    max_score: float
    facility: float | None
    deviation: float | None
    discrimination: float | None
    efficiency: float | None
    weight: float | None
    p: float | None
    r: float | None


@dataclass(frozen=True, slots=True)
class TestStatistics:
    """A test: points of its sittings, and how far they can be relied on.

    `alpha` is Cronbach's, Moodle's coefficient of internal consistency; None also when not everybody was asked the
    same questions. `error_ratio` is √(1 - alpha), `standard_error` in points.
    """

    __test__ = False  # no test of pytest's

    sitting_count: int
    question_count: int
    max_score: float | None
    mean: float | None
    median: float | None
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    error_ratio: float | None
    standard_error: float | None


def item_statistics(marks: Marks) -> dict[Hashable, ItemStatistics]:
    """Every question of the sittings."""
    shares = marks.shares()
    everybody = groups(shares)
    with_total = {name: _with_total(column, marks) for name, column in marks.columns.items()}
    all_weights = fsum(sqrt(found) for found in with_total.values() if found is not None and found > 0)
    return {
        name: _item(column, marks, shares, groups_of(column, shares, everybody), with_total[name], all_weights)
        for name, column in marks.columns.items()
    }


def groups_of(
    column: Column, shares: Sequence[float], everybody: tuple[Group, Group] | None
) -> tuple[Group, Group] | None:
    """The groups among those who were asked a question."""
    return everybody if len(column) == len(shares) else groups([shares[who] for who in column.sittings])


def _with_total(column: Column, marks: Marks) -> float | None:
    """Covariance of the question with the whole test."""
    if len(column) < 2:
        return None
    totals = moments.centred([marks.totals[who] for who in column.sittings])
    return moments.dot(moments.centred(column.scores), totals) / (len(column) - 1)


def _item(
    column: Column,
    marks: Marks,
    shares: Sequence[float],
    found: tuple[Group, Group] | None,
    with_total: float | None,
    all_weights: float,
) -> ItemStatistics:
    own = moments.centred(column.scores)
    rest = moments.centred(
        [marks.totals[who] - score for who, score in zip(column.sittings, column.scores, strict=True)]
    )
    together = moments.dot(own, rest)
    spread = moments.dot(own, own) * moments.dot(rest, rest)
    at_most = moments.dot(sorted(own), sorted(rest))
    p, r = p_and_r(column, shares, found)
    return ItemStatistics(
        asked_count=len(column),
        max_score=column.max_score,
        facility=fsum(column.scores) / column.most if column.most > 0 else None,
        deviation=moments.deviation(column.scores),
        discrimination=together / sqrt(spread) if spread > 0 else None,
        efficiency=together / at_most if spread > 0 and at_most > 0 else None,
        weight=sqrt(with_total) / all_weights if with_total is not None and with_total >= 0 and all_weights else None,
        p=p,
        r=r,
    )


def quiz_statistics(marks: Marks) -> TestStatistics:
    totals = marks.totals
    deviation = moments.deviation(totals)
    alpha = _alpha(marks)
    error_ratio = None if alpha is None else sqrt(max(0.0, 1 - alpha))
    return TestStatistics(
        sitting_count=len(totals),
        question_count=len(marks.columns),
        max_score=moments.mean(marks.most),
        mean=moments.mean(totals),
        median=moments.median(totals),
        deviation=deviation,
        skewness=moments.skewness(totals),
        kurtosis=moments.kurtosis(totals),
        alpha=alpha,
        error_ratio=error_ratio,
        standard_error=None if error_ratio is None or deviation is None else error_ratio * deviation,
    )


def _alpha(marks: Marks) -> float | None:
    """k / (k - 1) · (1 - Σ variance of questions / variance of totals); Cronbach (1951), Psychometrika 16: 297-334."""
    count = len(marks.columns)
    total = moments.variance(marks.totals)
    if count < 2 or not total or not marks.is_complete:
        return None
    parts = fsum(moments.variance(column.scores) or 0.0 for column in marks.columns.values())
    return count / (count - 1) * (1 - parts / total)
