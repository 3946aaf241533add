"""Type sizes that let every text have its room: of one block, and of blocks that stand under each other."""

from collections.abc import Callable, Sequence
from math import ceil
from typing import NamedTuple

from certification.rendering.text_map import advances

MM_PER_POINT = 25.4 / 72
FILLED = 0.92  # of a line that ends where the next word would be too long
FILLED_NARROW = 0.8  # the same where a line holds few words
NARROW_MM = 100
WIDEST_GAP_MM = 4.0
RESERVE_MM = 5.0  # for a word that breaks where nobody expected it
SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)


class Kind(NamedTuple):
    """How a block is set: sizes in points, how many lines it may have, leading as a multiple of the size.

    `space` is the room above it in millimetres; `floor` is the size below which it is never set; down to
    `alone`, a share of the largest size, one line is rather set smaller than broken in two.
    """

    largest: float
    floor: float
    lines: int = 1
    leading: float = 1.5
    bold: bool = False
    space: float = 0.0
    alone: float = 0.85


class Block(NamedTuple):
    """A text in its size (pt) and width (mm), and the height (mm) that it takes; `fits` is False when it runs over."""

    name: str
    text: str
    size: float
    width: float
    leading: float
    space: float
    lines: int
    fits: bool

    @property
    def height(self) -> float:
        return self.space + self.lines * self.leading

    @property
    def style(self) -> str:
        """As CSS; millimetres and points with two decimals, so that the same facts give the same bytes."""
        wraps = f"width: {self.width:.0f}mm; white-space: normal; overflow-wrap: anywhere; " if self.lines > 1 else ""
        return f"{wraps}font-size: {self.size:g}pt; line-height: {self.leading:.2f}mm; margin-top: {self.space:.2f}mm"


def width_of(text: str, *, size: float, bold: bool) -> float:
    """Millimetres of a line in a type size. KeyError for a character that the typeface cannot draw."""
    return sum(map(advances(bold=bold).__getitem__, text)) * size * MM_PER_POINT


def fit(name: str, text: str, kind: Kind, *, room: float, scale: float = 1.0) -> Block:
    """The first size, from the largest down, at which a text needs no more than its lines.

    When none is small enough: the floor, in the full width, on as many lines as it needs.
    """
    em = width_of(text, size=1, bold=kind.bold)
    filled = FILLED if room > NARROW_MM else FILLED_NARROW
    sizes = _sizes(max(kind.floor, round(kind.largest * scale * 2) / 2), kind.floor)
    one_line = [size for size in sizes if size >= kind.alone * sizes[0] and em * size <= room]
    enough = one_line or [s for s in sizes if em * s <= room * (1 if kind.lines == 1 else kind.lines * filled)]
    size = enough[0] if enough else sizes[-1]
    width = em * size
    lines = 1 if width <= room else ceil(width / (room * filled))
    even = min(room, width / lines / filled)
    return Block(name, text, size, even, size * MM_PER_POINT * kind.leading, kind.space * scale, lines, bool(enough))


def _sizes(largest: float, floor: float) -> list[float]:
    """Half points, from the largest down to the floor."""
    return [largest - step / 2 for step in range(int((largest - floor) * 2) + 1)]


def fit_under_each_other(
    blocks_in: Callable[[float], Sequence[Block]], *, height: float
) -> tuple[float, Sequence[Block]]:
    """The largest scale at which all blocks have room together, and the blocks; the smallest when none is enough."""
    for scale in SCALES:
        blocks = blocks_in(scale)
        if sum(block.height for block in blocks) <= height:
            break
    return scale, blocks


def spread(blocks: Sequence[Block], *, height: float) -> list[Block]:
    """Share what is left of the height among the gaps that a block has above it, up to a widest gap."""
    left = height - RESERVE_MM - sum(block.height for block in blocks)
    gaps = sum(block.space > 0 for block in blocks)
    more = max(0.0, min(left / gaps, WIDEST_GAP_MM)) if gaps else 0.0
    return [block._replace(space=block.space + more) if block.space > 0 else block for block in blocks]
