"""What every template of the skin may know. It is asked on each request, so it asks the database nothing."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _


def skin(request: HttpRequest) -> dict[str, Any]:
    """The name of the site, and whether this person is shown the way into the admin.

    `is_staff` stands on the user's own row; the admin itself still asks for its permission, so a
    stale flag shows a link too many and opens nothing.
    """
    user = getattr(request, "user", None)
    return {
        "site_name": _("Sahakorn Academy"),
        "is_authoring": bool(user and user.is_authenticated and (user.is_staff or user.is_superuser)),
    }
