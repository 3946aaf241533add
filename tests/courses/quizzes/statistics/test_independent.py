"""The same figures computed by numpy and scipy, for matrices that hypothesis makes up."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from courses.quizzes.statistics.gain import class_gain
from courses.quizzes.statistics.groups import groups
from courses.quizzes.statistics.items import item_statistics, quiz_statistics
from courses.quizzes.statistics.marks import Marks, marks_of

# Marks are kept with two decimals.
POINTS = st.integers(0, 100).map(lambda points: points / 100)


@st.composite
def matrices(draw: Any) -> Any:
    rows, columns = draw(st.integers(1, 24)), draw(st.integers(1, 7))
    return np.array(draw(st.lists(st.lists(POINTS, min_size=columns, max_size=columns), min_size=rows, max_size=rows)))


def same(found: float | None, expected: float | None) -> None:
    if expected is None or not np.isfinite(expected):
        assert found is None
    else:
        assert found == pytest.approx(expected, rel=1e-7, abs=1e-9)


def spread(values: Any) -> float:
    """The variance with n - 1; exactly nothing when all are equal but for binary rounding."""
    return 0.0 if np.ptp(values) < 1e-9 else float(np.var(values, ddof=1))


@settings(deadline=None, max_examples=150)
@given(matrices())
def test_questions(matrix: Any) -> None:
    count = len(matrix)
    totals = matrix.sum(axis=1)
    weights = []
    for place in range(matrix.shape[1]):
        weights.append(float(np.cov(matrix[:, place], totals)[0, 1]) if count > 1 else np.nan)
    rooted = np.sqrt([weight for weight in weights if weight > 1e-12])
    for place, one in item_statistics(marks_of(matrix)).items():
        own = matrix[:, place]
        rest = totals - own
        same(one.facility, own.mean())
        same(one.deviation, np.std(own, ddof=1) if count > 1 else None)
        if count > 1 and spread(own) and spread(rest):
            same(one.discrimination, stats.pearsonr(own, rest).statistic)
            highest = np.cov(np.sort(own), np.sort(rest))[0, 1]
            same(one.efficiency, np.cov(own, rest)[0, 1] / highest)
        else:
            assert (one.discrimination, one.efficiency) == (None, None)
        if count > 1 and weights[place] > 1e-12:
            same(one.weight, np.sqrt(weights[place]) / rooted.sum())
        elif count < 2 or weights[place] < -1e-12:
            assert one.weight is None


@settings(deadline=None, max_examples=150)
@given(matrices())
def test_tests(matrix: Any) -> None:
    count, questions = matrix.shape
    totals = matrix.sum(axis=1)
    found = quiz_statistics(marks_of(matrix))
    same(found.mean, totals.mean())
    same(found.median, float(np.median(totals)))
    same(found.deviation, np.std(totals, ddof=1) if count > 1 else None)
    varies = count > 1 and spread(totals) > 0
    same(found.skewness, float(stats.skew(totals, bias=False)) if varies and count > 2 else None)
    same(found.kurtosis, float(stats.kurtosis(totals, bias=False)) if varies and count > 3 else None)
    if varies and questions > 1:
        alpha = questions / (questions - 1) * (1 - np.var(matrix, axis=0, ddof=1).sum() / np.var(totals, ddof=1))
        same(found.alpha, alpha)
        same(found.error_ratio, np.sqrt(max(0, 1 - alpha)))
        same(found.standard_error, np.sqrt(max(0, 1 - alpha)) * np.std(totals, ddof=1))
    else:
        assert (found.alpha, found.error_ratio, found.standard_error) == (None, None, None)


def member(totals: Any, size: int, *, is_upper: bool) -> Any:
    """How far each belongs to a group: the mean over all orders in which people who tie can stand."""
    line = -totals if is_upper else totals
    ranks_low, ranks_high = stats.rankdata(line, "min"), stats.rankdata(line, "max")
    return np.clip((size - ranks_low + 1) / (ranks_high - ranks_low + 1), 0, 1)


@settings(deadline=None, max_examples=150)
@given(matrices())
def test_p_and_r_of_the_upper_and_lower_27_percent(matrix: Any) -> None:
    count = len(matrix)
    shares = np.round(matrix.mean(axis=1), 9)
    size = max(1, int(np.floor(count * 0.27 + 0.5)))
    for place, one in item_statistics(marks_of(matrix)).items():
        if count < 2 or np.ptp(shares) == 0:
            assert (one.p, one.r) == (None, None)
            continue
        high = (member(shares, size, is_upper=True) * matrix[:, place]).sum() / size
        low = (member(shares, size, is_upper=False) * matrix[:, place]).sum() / size
        same(one.p, (high + low) / 2)
        same(one.r, high - low)


@given(st.lists(st.integers(0, 20), min_size=2, max_size=80))
def test_a_group_is_as_large_as_it_says(points: list[int]) -> None:
    found = groups([float(point) for point in points])
    if len(set(points)) == 1:
        assert found is None
        return
    assert found is not None
    for group in found:
        assert sum(group.weight(float(point)) for point in points) == pytest.approx(group.size)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=40))
def test_gain_of_a_class(pairs: list[tuple[int, int]]) -> None:
    found = class_gain([(float(before), float(after)) for before, after in pairs])
    assert found is not None
    both = np.array(pairs, dtype=float)
    before, after = both[:, 0], both[:, 1]
    known = before < 100
    same(found.gain, (after.mean() - before.mean()) / (100 - before.mean()) if known.any() else None)
    same(found.mean_gain, ((after - before)[known] / (100 - before[known])).mean() if known.any() else None)
    pooled = np.sqrt((before.var(ddof=1) + after.var(ddof=1)) / 2)
    same(found.effect_size, (after.mean() - before.mean()) / pooled if pooled else None)


def test_when_people_were_asked_different_questions_each_is_judged_among_its_own() -> None:
    marks = Marks(4)
    for sitting, row in enumerate([{"a": 1, "b": 1}, {"a": 0, "c": 1}, {"a": 1, "c": 0}, {"b": 0, "c": 0}]):
        for question, score in row.items():
            marks.add(sitting, question, float(score), 1.0)
    found = item_statistics(marks)
    assert [(name, one.asked_count, one.facility) for name, one in found.items()] == [
        ("a", 3, pytest.approx(2 / 3)),
        ("b", 2, 0.5),
        ("c", 3, pytest.approx(1 / 3)),
    ]
    assert found["a"].discrimination == pytest.approx(stats.pearsonr([1, 0, 1], [1, 1, 0]).statistic)
    assert quiz_statistics(marks).alpha is None
