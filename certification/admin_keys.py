"""The signing keys in the admin, to be read only: keys change on the command line, beside their private halves."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from certification.keys.chains import last_moment
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
    return format_be(last, "short") if last else "–"


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
        return KeysView.permission_policy.user_has_any_permission(request.user, KeysView.any_permission_required)


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


def register() -> None:
    """Put the list of keys into the admin."""
    hooks.register("register_admin_viewset", lambda: KeysViewSet())
