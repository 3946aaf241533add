"""The register of organizations in the admin, and what the log says of it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from learning.organizations.flows import change_organization, register_organization
from learning.organizations.models import Organization


class EnterView(CreateView):
    """An organization comes into the register by the same flow as on the officers' pages."""

    def save_instance(self) -> Organization:
        return register_organization(by=self.request.user, **self.form.cleaned_data)


class ChangeView(EditView):
    """What is changed here holds from today; reports of the days before keep what was true."""

    def save_instance(self) -> Organization:
        return change_organization(self.object, on=timezone.localdate(), by=self.request.user, **self.form.cleaned_data)


class OrganizationViewSet(SnippetViewSet):
    model = Organization
    icon = "group"
    add_to_admin_menu = True
    menu_order = 220
    add_view_class = EnterView
    edit_view_class = ChangeView
    list_display = ["name", "kind", "province", "state"]
    list_filter = ["kind", "province", "state"]
    search_fields = ["name", "registration_number"]
    search_backend_name = None  # a name in the register is looked up as it is written
    panels = [
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("registration_number"),
        FieldPanel("juristic_number"),
        FieldRowPanel([FieldPanel("province"), FieldPanel("district")]),
        FieldPanel("parent"),
        FieldRowPanel([FieldPanel("year_end_day"), FieldPanel("year_end_month")]),
    ]


register_snippet(OrganizationViewSet)

ACTIONS = (
    ("organizations.register", _("Enter an organization"), _("Entered in the register")),
    ("organizations.change", _("Change an organization"), _("Changed in the register")),
    ("organizations.merge", _("Merge organizations"), _("Merged into another")),
    ("organizations.split", _("Split an organization"), _("A part was split off")),
    ("organizations.dissolve", _("Dissolve an organization"), _("Dissolved")),
    ("organizations.seat", _("Enter a position"), _("Entered in a position")),
    ("organizations.end_membership", _("End a position"), _("Ended a position")),
    ("organizations.correct_membership", _("Correct a position"), _("Corrected a position")),
    ("people.enter", _("Enter a person"), _("Entered by an office")),
    ("people.correct", _("Correct"), _("Name and phone corrected by an office")),
)


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    for name, label, message in ACTIONS:
        actions.register_action(name, label, message)
