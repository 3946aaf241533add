"""The register of organizations in the admin."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from learning.organizations.models import Organization


class OrganizationViewSet(SnippetViewSet):
    model = Organization
    icon = "group"
    add_to_admin_menu = True
    menu_order = 220
    list_display = ["name", "kind", "province", "state"]
    list_filter = ["kind", "province", "state"]
    search_fields = ["name", "registration_number"]
    search_backend_name = None  # a name in the register is looked up as it is written
    panels = [
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("registration_number"),
        FieldRowPanel([FieldPanel("province"), FieldPanel("district")]),
        FieldPanel("parent"),
    ]


register_snippet(OrganizationViewSet)
