"""Transfer centers in the admin: which provinces each serves is an administrator's to say."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from learning.places.models import TransferCenter


class TransferCenterViewSet(SnippetViewSet):
    model = TransferCenter
    icon = "site"
    add_to_admin_menu = True
    menu_order = 230
    list_display = ["name", "short_name", "host_province"]
    panels = [FieldPanel("name"), FieldPanel("short_name"), FieldPanel("name_en"), FieldPanel("provinces")]


register_snippet(TransferCenterViewSet)
