"""Small drawings of figures: lengths and places written for SVG attributes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

COLUMN = 120  # height of the tallest column, in the drawing's own units
STEP = 10


@dataclass(frozen=True, slots=True)
class BandColumn:
    """How many sittings had from `since` to below `until` percent; the last band includes its end."""

    since: int
    until: int
    count: int
    top: str
    height: str
    x: str
    middle: str
    label_y: str


def columns_of(bands: Sequence[int]) -> list[BandColumn]:
    """Columns side by side in a drawing 600 wide."""
    most = max(bands, default=0) or 1
    wide = 600 / max(1, len(bands))
    found = []
    for place, count in enumerate(bands):
        height = COLUMN * count / most
        top = 20 + COLUMN - height
        found.append(
            BandColumn(
                since=place * STEP,
                until=(place + 1) * STEP,
                count=count,
                top=_number(top),
                height=_number(height),
                x=_number(place * wide + 4),
                middle=_number((place + 0.5) * wide),
                label_y=_number(top - 6),
            )
        )
    return found


def line_of(percents: Sequence[int]) -> str:
    """The points of a line through percentages, in a drawing 100 wide and 100 high; empty below two."""
    if len(percents) < 2:
        return ""
    step = 100 / (len(percents) - 1)
    return " ".join(f"{_number(place * step)},{100 - percent}" for place, percent in enumerate(percents))


def _number(value: float) -> str:
    # Text, because templates would write numbers as the reader's language does.
    return f"{value:.1f}".removesuffix(".0")
