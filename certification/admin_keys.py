"""The signing keys in the admin, to be read only: keys change on the command line, beside their private halves."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from certification.keys.chains import last_moment
from certification.keys.readiness import ends_soon, warnings_of_end
from certification.models import SigningKey
from cms.thai.dates import format_be


def _standing(key: SigningKey) -> str:
    """The state in words, with the reason of a revoked key, and the mark of a test key."""
    words = [key.get_state_display()]
    if key.reason:
        words.append(key.reason)
    if key.is_test:
        words.append(_("For trying out only"))
    return " · ".join(words)


def _used_since(key: SigningKey) -> str:
    return format_be(key.created_at, "short")


def _certificate_until(key: SigningKey) -> str:
    last = last_moment(key.chain)
    if not last:
        return "–"
    until = format_be(last, "short")
    # Not inside an f-string: there the collector of words does not see it.
    return " · ".join([until, _("Renew it now")]) if ends_soon(key) else until


class KeysView(IndexView):
    """Every key with what it signs, whose it is, and until when; nothing to press."""

    model = SigningKey
    permission_policy = ModelPermissionPolicy(SigningKey)
    page_title = gettext_lazy("Signing keys")
    header_icon = "key"
    index_url_name = "signing_keys:index"
    default_ordering = ["purpose", "state", "-created_at"]
    columns = [
        Column("purpose", label=gettext_lazy("What it signs"), accessor="get_purpose_display"),
        Column("name", label=gettext_lazy("Signer")),
        Column("state", label=gettext_lazy("State"), accessor=_standing),
        Column("created_at", label=gettext_lazy("Used since"), accessor=_used_since),
        Column("until", label=gettext_lazy("Certificate until"), accessor=_certificate_until),
        Column("kid", label=gettext_lazy("Key (JWK thumbprint)")),
    ]


class KeysMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_keys(request)


class KeysViewSet(ViewSet):
    name = "signing_keys"
    url_prefix = "signing-keys"
    icon = "key"
    menu_label = gettext_lazy("Signing keys")
    menu_order = 215
    add_to_admin_menu = False
    add_to_settings_menu = True
    menu_item_class = KeysMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(KeysView), name="index")]


class EndingSummary(SummaryItem):
    """On the first page of the admin, from sixty days before the certificate of a key ends."""

    order = 490
    template_name = "certification/admin/ending_keys_summary.html"

    @cached_property
    def sentences(self) -> list[str]:
        return warnings_of_end()

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"sentences": self.sentences, "url": reverse("signing_keys:index")}

    def is_shown(self) -> bool:
        return may_see_keys(self.request) and bool(self.sentences)


def may_see_keys(request: HttpRequest) -> bool:
    policy = KeysView.permission_policy
    return bool(policy.user_has_any_permission(request.user, KeysView.any_permission_required))


def _add_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    items.append(EndingSummary(request))


def register() -> None:
    """Put the list of keys into the admin, and what is to be said of them on its first page."""
    hooks.register("register_admin_viewset", lambda: KeysViewSet())
    hooks.register("construct_homepage_summary_items", _add_summary)
