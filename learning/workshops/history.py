"""What was done with a workshop, as a timeline."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import registry

from cms.thai.dates import format_be
from learning.workshops.models import Workshop
from learning.workshops.queries.scheduling import history_of

SIGNS = {
    "workshops.plan": "document",
    "workshops.schedule": "document",
    "workshops.open": "people",
    "workshops.close": "lock",
    "workshops.hold": "check",
    "workshops.cancel": "close",
    "workshops.move": "calendar",
    "workshops.change_room": "place",
}
ENDS = {"workshops.cancel", "workshops.hold"}


def happenings_of(workshop: Workshop) -> list[dict[str, Any]]:
    """The newest first, as `components/timeline.html` takes it."""
    found = []
    for entry in history_of(workshop):
        local = timezone.localtime(entry.timestamp)
        found.append(
            {
                "on": f"{format_be(local)} {format_be(local, 'time')}",
                "label": entry.message if registry.action_exists(entry.action) else "",
                "text": str(entry.user) if entry.user else "",
                "icon": SIGNS.get(entry.action, "edit"),
                "is_end": entry.action in ENDS,
            }
        )
    return found
