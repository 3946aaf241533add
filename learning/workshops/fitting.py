"""For whom a workshop is."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from learning.organizations.choices import Kind, Position
from learning.organizations.models import Membership
from learning.workshops.models import Workshop


class Audience:
    """Kinds of organization, positions and provinces; one query. Nothing of a sort means everything."""

    def __init__(self, workshop: Workshop) -> None:
        self.kinds = [str(kind) for kind in workshop.kinds]
        self.positions = [str(position) for position in workshop.positions]
        self.provinces = {province.pk: str(province) for province in workshop.provinces.all()}

    def misfit(self, membership: Membership) -> str:
        """Why it is not for this member of an organization, in a sentence; empty when it is."""
        organization = membership.organization
        if self.kinds and organization.kind not in self.kinds:
            return _("This workshop is for other kinds of organization: %(list)s.") % {
                "list": ", ".join(self.kind_words)
            }
        if self.provinces and organization.province_id not in self.provinces:
            return _("This workshop is for organizations of other provinces: %(list)s.") % {
                "list": ", ".join(self.provinces.values())
            }
        if self.positions and membership.position not in self.positions:
            return _("This workshop is for other positions: %(list)s.") % {"list": ", ".join(self.position_words)}
        return ""

    def fitting(self, memberships: Iterable[Membership]) -> list[Membership]:
        return [membership for membership in memberships if not self.misfit(membership)]

    @property
    def kind_words(self) -> list[str]:
        return _words(Kind.choices, self.kinds)

    @property
    def position_words(self) -> list[str]:
        return _words(Position.choices, self.positions)

    @property
    def words(self) -> list[str]:
        """Every kind, position and province, for the page of a workshop."""
        return [*self.kind_words, *self.position_words, *self.provinces.values()]


def _words(choices: Iterable[tuple[str, object]], chosen: list[str]) -> list[str]:
    return [str(label) for value, label in choices if value in chosen]
