"""Officers' pages of workshops: the pages of one beside each other, and its days in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learning.workshops.calendars.spans import days_in_words
from learning.workshops.models import Workshop
from learning.workshops.queries.scope import desk_of
from learning.workshops.rules import may_check_in

register = template.Library()


@dataclass(frozen=True, slots=True)
class OfficePage:
    name: str
    url: str
    label: str


@register.simple_tag(takes_context=True)
def office_pages(context: Mapping[str, Any], workshop: Workshop) -> list[OfficePage]:
    """Those that the one who looks may open; no query, since the view has asked for the duties of today."""
    user = context["request"].user
    desk = desk_of(user, areas=getattr(user, "areas_of_today", None))
    attends = may_check_in(user, workshop, desk=desk)
    pages = [
        ("manage", _("Overview"), True),
        ("seats", pgettext("of a workshop", "Seats"), True),
        ("check_in", _("Door"), attends),
        ("attendance", _("Attendance"), attends),
        ("papers", _("Papers"), attends),
        ("messages", _("Messages"), attends),
        ("results", _("Results"), attends),
        ("report", _("Report"), attends),
    ]
    return [OfficePage(name, url, label) for name, label, may in pages if may and (url := _address(name, workshop))]


def _address(name: str, workshop: Workshop) -> str:
    try:
        return reverse(f"workshops:{name}", args=[workshop.pk])
    except NoReverseMatch:
        return ""


@register.filter
def days_of_workshop(workshop: Workshop) -> str:
    """From its first to its last day: 12–14 มกราคม 2570."""
    return days_in_words(workshop.first_on, workshop.last_on)
