"""Certificates whose file waits, in the admin: which ones and what is in the way; and the names of our log entries."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from certification.models import Certificate
from certification.queries import waiting_for_a_file
from cms.thai.dates import format_be


def _asked_again(certificate: Certificate) -> str:
    return format_be(certificate.try_at, "short")


def _why(certificate: Certificate) -> str:
    return certificate.trouble or _("It is being made.")


class WaitingView(IndexView):
    """What waits longest comes first; nothing to press: it is tried again by itself."""

    model = Certificate
    permission_policy = ModelPermissionPolicy(Certificate)
    any_permission_required = ["view", "change"]
    page_title = gettext_lazy("Certificates that wait for their file")
    header_icon = "time"
    index_url_name = "waiting_certificates:index"
    default_ordering = ["-try_count", "pk"]
    paginate_by = 50
    columns = [
        Column("number", label=gettext_lazy("Certificate number")),
        Column("holder_name", label=gettext_lazy("Name")),
        Column("course_title", label=gettext_lazy("Course")),
        Column("trouble", label=gettext_lazy("What is in the way"), accessor=_why),
        Column("try_count", label=gettext_lazy("Tried")),
        Column("try_at", label=gettext_lazy("Tried again from"), accessor=_asked_again),
    ]

    def get_base_queryset(self) -> Any:
        return waiting_for_a_file()


def may_see_waiting(request: HttpRequest) -> bool:
    policy = WaitingView.permission_policy
    return bool(policy.user_has_any_permission(request.user, WaitingView.any_permission_required))


class WaitingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_waiting(request)


class WaitingViewSet(ViewSet):
    name = "waiting_certificates"
    url_prefix = "waiting-certificates"
    icon = "time"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(WaitingView), name="index")]


class WaitingSummary(SummaryItem):
    """On the first page of the admin, while there is something in the way of a file."""

    order = 500
    template_name = "certification/admin/waiting_summary.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        count = waiting_for_a_file().exclude(trouble="").count()
        words = ngettext(
            "%(count)d certificate waits for its file", "%(count)d certificates wait for their file", count
        )
        return {"count": count, "words": words % {"count": count}, "url": reverse("waiting_certificates:index")}

    def is_shown(self) -> bool:
        return may_see_waiting(self.request) and waiting_for_a_file().exclude(trouble="").exists()


def register() -> None:
    """Called once, when the hooks of the app are read."""
    hooks.register("register_admin_viewset", lambda: WaitingViewSet())
    hooks.register("register_reports_menu_item", _menu_item)
    hooks.register("construct_homepage_summary_items", _add_summary)
    hooks.register("register_log_actions", _name_actions)


def _menu_item() -> MenuItem:
    return WaitingMenuItem(
        gettext_lazy("Certificates without a file"),
        reverse("waiting_certificates:index"),
        icon_name="time",
        order=1000,
    )


def _add_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    items.append(WaitingSummary(request))


def _name_actions(actions: Any) -> None:
    actions.register_action("certification.revoke", gettext_lazy("Revoke"), gettext_lazy("Certificate revoked"))
    actions.register_action("certification.replace", gettext_lazy("Replace"), gettext_lazy("Certificate replaced"))
    actions.register_action(
        "certification.issue_anew",
        gettext_lazy("Issue anew"),
        gettext_lazy("Certificate issued anew after a revocation"),
    )
