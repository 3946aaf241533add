"""Duties in the admin: an administrator appoints heads of offices, centers and the head office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from learning.duties.models import Duty


class DutyViewSet(SnippetViewSet):
    model = Duty
    icon = "user"
    add_to_admin_menu = True
    menu_order = 225
    list_display = ["user", "role", "place", "since", "until"]
    list_filter = ["role", "office", "center"]
    search_fields = ["user__first_name", "user__last_name", "order_ref"]
    search_backend_name = None
    panels = [
        FieldPanel("user"),
        FieldPanel("role"),
        FieldPanel("promotion_group"),
        FieldPanel("office"),
        FieldPanel("center"),
        FieldPanel("organization"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldPanel("order_ref"),
    ]


register_snippet(DutyViewSet)


@hooks.register("register_log_actions")
def duty_actions(actions: Any) -> None:
    actions.register_action("duties.give", _("Give a duty"), _("Gave a duty"))
    actions.register_action("duties.end", _("End a duty"), _("Ended a duty"))
