"""Means, variances with n - 1, covariance, and skewness and kurtosis by k-statistics.

Whatever cannot be said of so few or of equal values is None.
"""

from collections.abc import Sequence
from math import fsum, sqrt

# Sums of decimal points differ in their last binary digit: a spread below this share of the values is none.
NOTHING = 1e-12


def mean(values: Sequence[float]) -> float | None:
    return fsum(values) / len(values) if values else None


def centred(values: Sequence[float]) -> list[float]:
    """How far each value is from their mean; all zero when they are equal but for rounding."""
    if not values:
        return []
    middle = fsum(values) / len(values)
    most = max(map(abs, values))
    apart = [value - middle for value in values]
    if max(map(abs, apart)) <= NOTHING * most:
        return [0.0] * len(apart)
    return apart


def dot(first: Sequence[float], second: Sequence[float]) -> float:
    return fsum(map(float.__mul__, first, second))


def variance(values: Sequence[float]) -> float | None:
    """None below two values."""
    if len(values) < 2:
        return None
    apart = centred(values)
    return dot(apart, apart) / (len(values) - 1)


def deviation(values: Sequence[float]) -> float | None:
    found = variance(values)
    return None if found is None else sqrt(found)


def median(values: Sequence[float]) -> float | None:
    if not values:
        return None
    line, middle = sorted(values), len(values) // 2
    return line[middle] if len(line) % 2 else (line[middle - 1] + line[middle]) / 2


def skewness(values: Sequence[float]) -> float | None:
    """k3 / k2^1.5: what spreadsheets call SKEW. None below three values, or when all are equal."""
    count, apart = len(values), centred(values)
    squares = dot(apart, apart)
    if count < 3 or squares == 0:
        return None
    second = squares / (count - 1)
    third = count * fsum(one**3 for one in apart) / ((count - 1) * (count - 2))
    return third / second**1.5


def kurtosis(values: Sequence[float]) -> float | None:
    """k4 / k2², 0 for a normal distribution: what spreadsheets call KURT. None below four values, or all equal."""
    count, apart = len(values), centred(values)
    squares = dot(apart, apart)
    if count < 4 or squares == 0:
        return None
    second = squares / (count - 1)
    fourths = fsum(one**4 for one in apart)
    fourth = count * (count + 1) * fourths - 3 * (count - 1) * squares**2
    return fourth / ((count - 1) * (count - 2) * (count - 3)) / second**2
