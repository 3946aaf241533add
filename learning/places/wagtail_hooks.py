"""Centers, offices and promotion groups in the admin: which places each serves is an administrator's to say."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from learning.places.models import PromotionGroup, ProvincialOffice, TransferCenter


class TransferCenterViewSet(SnippetViewSet):
    model = TransferCenter
    icon = "site"
    list_display = ["name", "short_name", "host_province"]
    panels = [FieldPanel("name"), FieldPanel("short_name"), FieldPanel("name_en"), FieldPanel("provinces")]


class ProvincialOfficeViewSet(SnippetViewSet):
    model = ProvincialOffice
    icon = "home"
    list_display = ["name", "province"]
    list_filter = ["province"]
    search_fields = ["name"]
    search_backend_name = None
    panels = [FieldPanel("name"), FieldPanel("districts")]


class PromotionGroupViewSet(SnippetViewSet):
    model = PromotionGroup
    icon = "group"
    list_display = ["name", "office", "number"]
    list_filter = ["office"]
    panels = [FieldRowPanel([FieldPanel("office"), FieldPanel("number")]), FieldPanel("districts")]


class PlacesViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Offices and centers")
    menu_icon = "site"
    menu_order = 230
    add_to_admin_menu = True
    items = (TransferCenterViewSet, ProvincialOfficeViewSet, PromotionGroupViewSet)


register_snippet(PlacesViewSetGroup)
