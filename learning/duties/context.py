"""The tabs of officers' pages, by what somebody holds today."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from learning.duties.queries import Areas

OFFICE = "/office/"


def office(request: HttpRequest) -> dict[str, Any]:
    """For pages under /office/ only; it asks the database nothing: the view has asked already."""
    areas: Areas | None = getattr(getattr(request, "user", None), "areas_of_today", None)
    if areas is None or not request.path.startswith(OFFICE):
        return {}
    return {"office_tabs": tabs(areas, request.path)}


def tabs(areas: Areas, path: str) -> list[dict[str, Any]]:
    """Label, address and icon of each tab, and which one the page at this address belongs to."""
    keeps, assigns = bool(areas.register), bool(areas.assigning)
    meets_holders = bool(areas.people) or any(post.duty.center_id for post in areas.posts)
    found = [
        (reverse("reports:dashboard"), _("My area"), "chart", True, ()),
        (reverse("reports:reports"), _("Reports"), "document", True, ()),
        (reverse("register:organizations"), _("Register"), "building", True, ("/office/people/",)),
        (reverse("register:imports"), _("Import"), "upload", keeps, ()),
        (reverse("enrollments:assignments"), _("Assignments"), "assign", assigns, ()),
        (reverse("workshops:office"), _("Workshops"), "calendar", True, ()),
        (reverse("records:certificates"), _("Certificates"), "certificate", meets_holders, ()),
        (reverse("duties:my_areas"), _("What I may see"), "eye", True, ("/office/duties/",)),
    ]
    return [
        {
            "url": url,
            "label": label,
            "icon": icon,
            "current": path == url or (url != OFFICE and path.startswith((url, *others))),
        }
        for url, label, icon, is_shown, others in found
        if is_shown
    ]
