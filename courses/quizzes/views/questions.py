"""Writing a question: choose its kind, fill in its form. Looking at it. Taking it out of use."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.panels import Panel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, InspectView

from courses.quizzes.flows import restore_question, retire_question
from courses.quizzes.forms.question import question_panel
from courses.quizzes.kinds import kinds
from courses.quizzes.models import Question
from courses.quizzes.queries import twins_of


def question_url(name: str, *args: Any) -> str:
    """An address of the question bank in the admin."""
    return reverse(f"wagtailsnippets_quizzes_question:{name}", args=args)


class ChooseKind(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Which kind of question: its name, and when to choose it."""

    template_name = "quizzes/admin/choose_kind.html"
    permission_required = "add"
    page_title = gettext_lazy("Which kind of question?")
    model = Question
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": question_url("list"), "label": _("Questions")},
            {"url": "", "label": _("Which kind of question?")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = [(question_url("add_kind", code), kind) for code, kind in kinds().items()]
        return {**super().get_context_data(**kwargs), "kinds": offered}


class _FormOfTheKind(ABC):
    """The form is that of the question's kind."""

    panel: Panel | None

    @abstractmethod
    def kind_code(self) -> str:
        """The code of the kind that the form is for."""

    def get_panel(self) -> Panel:
        if self.kind_code() not in kinds():
            raise Http404
        return question_panel(self.kind_code())

    def get_form_class(self) -> type:
        assert self.panel is not None
        return self.panel.get_form_class()

    def get_page_subtitle(self) -> str:
        return str(kinds()[self.kind_code()].name)

    def save_instance(self) -> Question:
        question: Question = super().save_instance()  # type: ignore[misc]
        if twins := list(twins_of(question)[:5]):
            messages.warning(self.request, _twins_sentence(twins))  # type: ignore[attr-defined]
        return question


def _twins_sentence(twins: list[Question]) -> str:
    links = format_html_join(
        ", ", '<a href="{}">{}</a>', ((question_url("inspect", twin.pk), twin.uid) for twin in twins)
    )
    return format_html(_("It is saved. The bank already holds the same question: {}"), links)


class CreateQuestion(_FormOfTheKind, CreateView):
    def kind_code(self) -> str:
        return str(self.kwargs["kind"])

    def get_add_url(self) -> str:
        return question_url("add_kind", self.kind_code())

    def get_initial_form_instance(self) -> Question:
        return Question(kind=self.kind_code())


class EditQuestion(_FormOfTheKind, EditView):
    def kind_code(self) -> str:
        return str(self.object.kind)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "twins": list(twins_of(self.object)[:5])}


class InspectQuestion(InspectView):
    """What it looks like, its key, its versions, where it is asked, how it went."""

    def get_object(self, queryset: Any = None) -> Question:
        question: Question = super().get_object(queryset)
        return question

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        question: Question = context["object"]
        kind = kinds().get(question.kind)
        return {
            **context,
            "question": question,
            "kind": kind,
            "statistics": getattr(question, "statistics", None),
            "versions": question.versions.defer("body"),
            "quizzes": question.quizzes.order_by("title"),
            "twins": twins_of(question),
            "tags": question.tags.order_by("name"),
            "may_change": self.user_has_permission("change"),
        }


class DeleteQuestion(DeleteView):
    """Only a question that no quiz asks and nobody was asked; others are taken out of use."""

    def get_usage(self) -> None:
        """Its versions point at it and go with it; the model itself knows what keeps it."""

    def get_usage_url(self) -> None:
        return None

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            messages.error(self.request, error.args[0])
            return redirect(question_url("inspect", self.object.pk))


class RetireQuestion(PermissionCheckedMixin, TemplateView):
    """POST takes a question out of use, or back into it."""

    permission_required = "change"
    http_method_names = ["post"]
    model = Question

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        question = Question.objects.filter(pk=pk).first()
        if question is None:
            raise Http404
        if request.POST.get("use") == "again":
            restore_question(question, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The question is in use again."))
        else:
            retire_question(question, by=request.user)  # type: ignore[arg-type]
            messages.success(
                request, _("The question is out of use: it is asked no more. Who is sitting it goes on undisturbed.")
            )
        return redirect(question_url("inspect", question.pk))
