"""What one organization has of a workshop: how many it may send, and the chairs that are kept for it.

The workshop's row is locked by whoever calls, so that a share is made once and figures belong together.
"""

from django.db.models import F

from learning.workshops.choices import TAKEN_SEATS
from learning.workshops.models import Allotment, Seat, Workshop


class Shares:
    """The shares of a workshop by organization; one is made when there is a quota to keep."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self._known = {share.organization_id: share for share in Allotment.objects.filter(workshop=workshop.pk)}

    def of(self, organization_id: int) -> Allotment | None:
        share = self._known.get(organization_id)
        if share is None and self.workshop.most_per_organization is not None:
            share = self._known[organization_id] = new_share(self.workshop, organization_id)
        return share

    @property
    def keep_seats(self) -> bool:
        """Somewhere a chair is kept."""
        return any(share.reserved for share in self._known.values())

    def room(self, organization_id: int) -> int:
        """How many more people of an organization may come, those on its kept seats included."""
        share = self.of(organization_id)
        most = quota(self.workshop, share)
        if most is None:
            return self.workshop.capacity
        return max(most - share.taken, 0) if share else most


def share_of(workshop: Workshop, organization_id: int) -> Allotment | None:
    """One share alone, as `Shares.of` gives it."""
    share = Allotment.objects.filter(workshop=workshop.pk, organization=organization_id).first()
    if share is None and workshop.most_per_organization is not None:
        share = new_share(workshop, organization_id)
    return share


def new_share(workshop: Workshop, organization_id: int) -> Allotment:
    """Counts those who are in already."""
    taken = Seat.objects.filter(workshop=workshop.pk, organization=organization_id, state__in=TAKEN_SEATS).count()
    return Allotment.objects.create(workshop_id=workshop.pk, organization_id=organization_id, taken=taken)


def quota(workshop: Workshop, share: Allotment | None) -> int | None:
    """The most people of an organization: its own figure, else the workshop's; None without any."""
    return share.most if share and share.most is not None else workshop.most_per_organization


def count_in(share: Allotment, workshop: Workshop, count: int, *, from_kept: int = 0) -> bool:
    """Count people into a share if its quota allows, some of them on chairs kept for it: one conditional update."""
    rows = Allotment.objects.filter(pk=share.pk, reserved__gte=from_kept)
    most = quota(workshop, share)
    if most is not None:
        rows = rows.filter(taken__lte=most - count + from_kept - F("reserved"))
    if not rows.update(taken=F("taken") + count, reserved=F("reserved") - from_kept):
        return False
    share.taken += count
    share.reserved -= from_kept
    return True
