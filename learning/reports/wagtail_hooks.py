"""Reports in the log of the site."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def report_actions(actions: Any) -> None:
    actions.register_action("reports.ask", _("Ask for a report"), _("Asked for a report as PDF"))
    actions.register_action("reports.download", _("Download a report"), _("Downloaded a report"))
