"""Questions that are in the bank twice, and those that nearly are."""

from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from courses.quizzes.models import Category, Question
from courses.quizzes.queries import alike_in, twice_in_the_bank

MOST = 1_000  # questions on the page


class Duplicates(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The same ones in groups; of one category that is chosen, also the pairs that are nearly the same."""

    template_name = "quizzes/admin/duplicates.html"
    any_permission_required = ["add", "change", "delete", "view"]
    page_title = gettext_lazy("Duplicates")
    model = Question
    header_icon = "copy"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailsnippets_quizzes_question:list"), "label": _("Questions")},
            {"url": "", "label": _("Duplicates")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        twice = list(twice_in_the_bank().select_related("category").defer("body")[:MOST])
        chosen = self.request.GET.get("category", "")
        category = Category.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 10 else None
        return {
            **super().get_context_data(**kwargs),
            "groups": [list(same) for _fingerprint, same in groupby(twice, key=lambda one: one.fingerprint)],
            "categories": Category.objects.all(),
            "category": category,
            "alike": alike_in(category) if category else [],
        }
