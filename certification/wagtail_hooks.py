"""Certificate designs in the admin. A certificate keeps the version of its design that it was printed from."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from certification import admin_keys, admin_waiting
from certification.designing.forms import DESIGN_HANDLER
from certification.designing.versions import DeleteDesign, EditDesign, VersionsView, VersionView, design_url
from certification.models import CertificateDesign
from certification.queries import offered_designs


class _Offered:
    def get_object_list(self) -> QuerySet[CertificateDesign]:
        return offered_designs()


class ChooseDesign(_Offered, ChooseView):
    """Archived designs are not offered."""


class ChooseDesignResults(_Offered, ChooseResultsView):
    """The same list, as it is searched."""


class DesignChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseDesign
    choose_results_view_class = ChooseDesignResults


class CertificateDesignViewSet(SnippetViewSet):
    model = CertificateDesign
    icon = "doc-full-inverse"
    add_to_admin_menu = True
    menu_order = 210
    list_display = [
        "name",
        "issuer",
        "number_pattern",
        BooleanColumn("is_archived", label=gettext_lazy("Archived")),
    ]
    list_filter = ["is_archived", "layout"]
    copy_view_enabled = True
    edit_view_class = EditDesign
    delete_view_class = DeleteDesign
    chooser_viewset_class = DesignChooserViewSet
    edit_handler = DESIGN_HANDLER

    def get_urlpatterns(self) -> list[URLPattern]:
        own = [
            path("versions/<int:pk>/", VersionsView.as_view(), name="versions"),
            path("versions/<int:pk>/<int:number>/", VersionView.as_view(), name="version"),
        ]
        return [*super().get_urlpatterns(), *own]


@hooks.register("register_snippet_listing_buttons")
def way_to_the_versions(snippet: Any, user: Any, next_url: str | None = None) -> list[Button]:
    """Beside each design in the list."""
    if not isinstance(snippet, CertificateDesign):
        return []
    return [Button(_("Versions"), url=design_url("versions", snippet.pk), icon_name="history", priority=30)]


register_snippet(CertificateDesignViewSet)
admin_keys.register()
admin_waiting.register()
