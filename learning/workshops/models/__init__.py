"""What is asked for, booked, filled, attended and said."""

from learning.workshops.models.attendance import Attendance, Scan
from learning.workshops.models.evaluation import EvaluationAnswer, EvaluationItem, EvaluationSheet
from learning.workshops.models.messages import CalendarFeed, ScheduledMessage
from learning.workshops.models.papers import CostLine, WorkshopPaper, WorkshopPicture
from learning.workshops.models.plans import Proposal, SchedulePlan
from learning.workshops.models.requests import RequestedPeople, RequestEvent, RequestWindow, WorkshopRequest
from learning.workshops.models.resources import ClosedDay, Resource, ResourceSlot, Venue
from learning.workshops.models.workshops import Allotment, Party, Seat, Session, Workshop

__all__ = [
    "Allotment",
    "Attendance",
    "CalendarFeed",
    "ClosedDay",
    "CostLine",
    "EvaluationAnswer",
    "EvaluationItem",
    "EvaluationSheet",
    "Party",
    "Proposal",
    "RequestEvent",
    "RequestWindow",
    "RequestedPeople",
    "Resource",
    "ResourceSlot",
    "Scan",
    "SchedulePlan",
    "ScheduledMessage",
    "Seat",
    "Session",
    "Venue",
    "Workshop",
    "WorkshopPaper",
    "WorkshopPicture",
    "WorkshopRequest",
]
