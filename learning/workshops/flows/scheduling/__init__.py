"""A workshop from its plan to its last day: planned, changed, moved, opened, closed, held or cancelled.

Every verb asks who may (403), locks the row of the workshop, and refuses a page that is out of date (409) when it is
told the `revision` that the page showed. What a verb returns is the row as it stands now.
"""

from learning.workshops.flows.scheduling.changing import (
    change_places,
    change_room,
    change_session,
    change_trainers,
    change_workshop,
    replace_resource,
)
from learning.workshops.flows.scheduling.living import (
    cancel_workshop,
    close_registration,
    hold_workshop,
    open_registration,
)
from learning.workshops.flows.scheduling.locking import Stale
from learning.workshops.flows.scheduling.moving import arrange_session, move_session, move_workshop
from learning.workshops.flows.scheduling.planning import plan_workshop, schedule_request

__all__ = [
    "Stale",
    "arrange_session",
    "cancel_workshop",
    "change_places",
    "change_room",
    "change_session",
    "change_trainers",
    "change_workshop",
    "close_registration",
    "hold_workshop",
    "move_session",
    "move_workshop",
    "open_registration",
    "plan_workshop",
    "replace_resource",
    "schedule_request",
]
