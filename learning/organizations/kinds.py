"""What kinds of organization have in common: which merge with each other, and which positions there are in them."""

from enum import Enum

from learning.organizations.choices import (
    COOPERATIVE_POSITIONS,
    COOPERATIVES,
    GROUP_POSITIONS,
    INFORMAL_GROUPS,
    Position,
)


class Sort(Enum):
    """Cooperatives and farmers' groups are juristic persons (Cooperatives Act, s. 37, s. 119); the rest are none."""

    COOPERATIVE = "cooperative"
    FARMERS_GROUP = "farmers_group"
    INFORMAL_GROUP = "informal_group"


def sort_of(kind: str) -> Sort:
    """Organizations of one sort merge with each other; none becomes one of another sort."""
    if kind in COOPERATIVES:
        return Sort.COOPERATIVE
    return Sort.INFORMAL_GROUP if kind in INFORMAL_GROUPS else Sort.FARMERS_GROUP


def positions_in(kind: str) -> tuple[Position, ...]:
    """The positions a person may hold in an organization of a kind."""
    return COOPERATIVE_POSITIONS if kind in COOPERATIVES else GROUP_POSITIONS
