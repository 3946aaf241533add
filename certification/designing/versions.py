"""The versions of a design in the admin, to be looked at: when, by whom, how many certificates, and the sheet."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import DeleteView, EditView

from certification.designing.preview import as_address
from certification.designing.sheets import facts_of_version
from certification.models import CertificateDesign, DesignVersion
from certification.rendering.engine import RenderingUnavailable
from cms.thai.dates import format_be

POLICY = ModelPermissionPolicy(CertificateDesign)


def design_url(name: str, *args: Any) -> str:
    """An address of the designs in the admin."""
    return reverse(f"wagtailsnippets_certification_certificatedesign:{name}", args=args)


def versions_of(design_id: int) -> QuerySet[DesignVersion]:
    """The versions of a design, newest first, with the number of certificates that each has."""
    versions = DesignVersion.objects.filter(design=design_id).select_related("design", "created_by")
    return versions.annotate(certificate_count=Count("certificates")).defer("spec").order_by("-number")


def _made_on(version: DesignVersion) -> str:
    return f"{format_be(version.created_at, 'short')} {format_be(version.created_at, 'time')}"


def _made_by(version: DesignVersion) -> str:
    return version.created_by.get_full_name() or version.created_by.get_username() if version.created_by else "–"


class VersionsView(IndexView):
    """Rows are only added: a version comes with the first certificate after a change."""

    model = DesignVersion
    permission_policy = POLICY
    any_permission_required = ["view", "change"]
    page_title = gettext_lazy("Versions")
    header_icon = "history"
    default_ordering = "-number"
    is_searchable = False
    columns = [
        TitleColumn(
            "number",
            label=gettext_lazy("Version"),
            get_url=lambda version: design_url("version", version.design_id, version.number),
        ),
        Column("created_at", label=gettext_lazy("Made on"), accessor=_made_on),
        Column("created_by", label=gettext_lazy("By"), accessor=_made_by),
        Column("certificate_count", label=gettext_lazy("Certificates")),
    ]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.design = get_object_or_404(CertificateDesign, pk=kwargs["pk"])
        super().setup(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[DesignVersion]:
        return versions_of(self.design.pk)

    def get_index_url(self) -> str:
        return design_url("versions", self.design.pk)

    def get_page_subtitle(self) -> str:
        return str(self.design)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _crumbs(self.design, {"url": "", "label": _("Versions")})


class VersionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One version: its sheet with example texts, and where it stands."""

    template_name = "certification/admin/version.html"
    permission_policy = POLICY
    any_permission_required = ["view", "change"]
    header_icon = "history"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.version = get_object_or_404(versions_of(kwargs["pk"]), number=kwargs["number"])

    def get_page_title(self) -> str:
        return _("Version %(number)d") % {"number": self.version.number}

    def get_page_subtitle(self) -> str:
        return str(self.version.design)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        versions = {"url": design_url("versions", self.version.design_id), "label": _("Versions")}
        return _crumbs(self.version.design, versions, {"url": "", "label": self.get_page_title()})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            picture = as_address(facts_of_version(self.version, self.request.GET.get("mode", "ordinary")))
        except (RenderingUnavailable, ValueError):
            picture = ""
        return {
            **super().get_context_data(**kwargs),
            "version": self.version,
            "picture": picture,
            "made_on": _made_on(self.version),
            "made_by": _made_by(self.version),
        }


def _crumbs(design: CertificateDesign, *last: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"url": design_url("list"), "label": _("Certificate designs")},
        {"url": design_url("edit", design.pk), "label": str(design)},
        *last,
    ]


class EditDesign(EditView):
    """With a way to the versions."""

    @property
    def header_more_buttons(self) -> list[Any]:
        url = design_url("versions", self.object.pk)
        return [*super().header_more_buttons, HeaderButton(_("Versions"), url=url, icon_name="history")]


class DeleteDesign(DeleteView):
    """Only a design that nothing rests on; others are archived."""

    def get_usage(self) -> None:
        """The model itself knows what keeps it."""

    def get_usage_url(self) -> None:
        return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if count := self.object.certificates.count():
            sentence = ngettext(
                "%(count)d certificate was issued with this design, so it is kept. Archive it instead.",
                "%(count)d certificates were issued with this design, so it is kept. Archive it instead.",
                count,
            )
            return self._refused(sentence % {"count": count})
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            return self._refused(_("A course or a workshop gives certificates of this design. Archive it instead."))
        return response

    def _refused(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence)
        return redirect(design_url("edit", self.object.pk))
