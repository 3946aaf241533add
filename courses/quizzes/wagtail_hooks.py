"""The question bank in the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.quizzes.forms.quiz import QUIZ_HANDLER
from courses.quizzes.models import Category, Question, Quiz, SubCategory
from courses.quizzes.views import imports
from courses.quizzes.views.duplicates import Duplicates
from courses.quizzes.views.listing import COLUMNS, QuestionFilters, QuestionIndex, bank
from courses.quizzes.views.preview import PreviewQuestion
from courses.quizzes.views.questions import (
    ChooseKind,
    CreateQuestion,
    DeleteQuestion,
    EditQuestion,
    InspectQuestion,
    RetireQuestion,
)


class QuestionViewSet(SnippetViewSet):
    """Adding goes by the kind: first its choice, then its form."""

    model = Question
    icon = "help"
    list_display = COLUMNS
    list_per_page = 50
    filterset_class = QuestionFilters
    ordering = ["category__category", "uid"]
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = QuestionIndex
    add_view_class = CreateQuestion
    edit_view_class = EditQuestion
    inspect_view_class = InspectQuestion
    delete_view_class = DeleteQuestion
    edit_template_name = "quizzes/admin/edit.html"
    inspect_template_name = "quizzes/admin/inspect.html"
    # The views take the form of the question's kind instead.
    edit_handler = ObjectList([FieldPanel("content")])

    def get_queryset(self, request: Any) -> Any:
        return bank(request)

    def get_urlpatterns(self) -> list[URLPattern]:
        policy = {"permission_policy": self.permission_policy}
        own = [
            path("add/", ChooseKind.as_view(**policy), name="add"),
            path("add/<slug:kind>/", self.add_view, name="add_kind"),
            path("preview/<int:pk>/", PreviewQuestion.as_view(**policy), name="preview"),
            path("retire/<int:pk>/", RetireQuestion.as_view(**policy), name="retire"),
            path("duplicates/", Duplicates.as_view(**policy), name="duplicates"),
        ]
        return [*own, *(one for one in super().get_urlpatterns() if one.name != "add")]


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "form"
    list_display = ["title", "uid", "pass_mark", "max_questions", BooleanColumn("draft", label=_("Draft"))]
    edit_handler = QUIZ_HANDLER


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "tag"
    panels = [FieldPanel("category")]


class SubCategoryViewSet(SnippetViewSet):
    model = SubCategory
    icon = "tag"
    panels = [FieldPanel("category"), FieldPanel("sub_category")]


class QuestionBankGroup(SnippetViewSetGroup):
    items = (QuestionViewSet, QuizViewSet, CategoryViewSet, SubCategoryViewSet)
    menu_label = _("Question bank")
    menu_icon = "list-ul"
    menu_order = 200


register_snippet(QuestionBankGroup)


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern | URLResolver]:
    pages = [
        path("", imports.imports, name="imports"),
        path("template/", imports.download_template, name="template"),
        path("export/", imports.download_questions, name="questions"),
        path("<int:import_id>/", imports.one_import, name="import"),
    ]
    return [path("question-imports/", include((pages, "quiz_imports")))]


@hooks.register("insert_global_admin_css")
def room_for_questions() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("quizzes/admin.css"))


@hooks.register("before_bulk_action")
def questions_one_by_one(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    """Each question says for itself why it cannot be deleted."""
    if action.model is not Question or action_type != "delete":
        return None
    return redirect("wagtailsnippets_quizzes_question:list")
