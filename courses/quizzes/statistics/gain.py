"""Normalised gain of a test before and a test after.

Hake (1998), American Journal of Physics 66: 64-74: g = (after - before) / (100 - before), what was learnt of what
was not known. A loss is a negative gain and is shown. Who had everything right before could gain nothing: undefined.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import fmean, variance

MEDIUM, HIGH = 0.3, 0.7
FULL = 100.0  # percent


class GainLevel(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class ClassGain:
    """Of those who sat both tests: means in percent, the gain of the class from its means, the mean of single gains.

    `effect_size` is Cohen's d: the difference of the means in pooled standard deviations. Undefined is None.
    """

    people: int
    before: float
    after: float
    gain: float | None
    mean_gain: float | None
    undefined_count: int  # people who had everything right before
    effect_size: float | None

    @property
    def points(self) -> float:
        """Percentage points."""
        return self.after - self.before

    @property
    def level(self) -> GainLevel | None:
        return level_of(self.gain)


def normalised_gain(before: float, after: float) -> float | None:
    """Of percentages; None when everything was right before."""
    return (after - before) / (FULL - before) if before < FULL else None


def level_of(gain: float | None) -> GainLevel | None:
    """Low below 0.3, high above 0.7, as Hake calls them."""
    if gain is None:
        return None
    return GainLevel.LOW if gain < MEDIUM else GainLevel.HIGH if gain > HIGH else GainLevel.MEDIUM


def class_gain(pairs: Iterable[tuple[float, float]]) -> ClassGain | None:
    """Of pairs before and after, in percent, one for each person who sat both; None without any."""
    both = list(pairs)
    if not both:
        return None
    before, after = [one for one, _after in both], [one for _before, one in both]
    gains = [gain for pair in both if (gain := normalised_gain(*pair)) is not None]
    return ClassGain(
        people=len(both),
        before=fmean(before),
        after=fmean(after),
        gain=normalised_gain(fmean(before), fmean(after)),
        mean_gain=fmean(gains) if gains else None,
        undefined_count=len(both) - len(gains),
        effect_size=_effect_size(before, after),
    )


def _effect_size(before: list[float], after: list[float]) -> float | None:
    if len(before) < 2:
        return None
    pooled = sqrt((variance(before) + variance(after)) / 2)
    return (fmean(after) - fmean(before)) / pooled if pooled else None
