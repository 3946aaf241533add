"""The test cast, as in the demo: malee (learner), somchai (officer), wipa (officer of a center), krit (outsider)."""

from dataclasses import dataclass

from learning.desk.cast import PASSWORD, welcome_cast
from learning.organizations.models import Membership
from learning.people.models import User

__all__ = ["PASSWORD", "Cast", "make_cast"]


@dataclass(frozen=True)
class Cast:
    malee: User
    somchai: User
    wipa: User
    krit: User

    @property
    def board_seat(self) -> Membership:
        """Malee's seat on the board of her cooperative."""
        return Membership.objects.get(user=self.malee, position="board_member")


def make_cast() -> Cast:
    """Needs places and the opened academy."""
    return Cast(**welcome_cast())
