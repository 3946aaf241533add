"""The question bank in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.quizzes.forms import LINES, LinedQuestionForm
from courses.quizzes.models import Category, Question, Quiz, SubCategory


class QuestionFilters(WagtailFilterSet):
    class Meta:
        model = Question
        fields = ["category", "kind", "difficulty", "quizzes"]


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    list_display = ["content", "category", "kind", "difficulty", "version"]
    list_per_page = 50
    filterset_class = QuestionFilters
    ordering = ["category__category", "uid"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("uid"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("difficulty")]),
            FieldRowPanel([FieldPanel("category"), FieldPanel("sub_category")]),
            FieldPanel("content"),
            FieldPanel("figure"),
            FieldPanel("statement_is_true"),
            *[
                MultiFieldPanel(
                    [
                        FieldPanel(f"choice_{number}_text"),
                        FieldPanel(f"choice_{number}_correct"),
                        FieldPanel(f"choice_{number}_feedback"),
                    ],
                    heading=_("Choice"),
                    classname="" if number <= 4 else "collapsed",
                )
                for number in range(1, LINES + 1)
            ],
            FieldPanel("explanation"),
            FieldPanel("source"),
        ],
        base_form_class=LinedQuestionForm,
    )


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "form"
    list_display = ["title", "uid", "pass_mark", "max_questions", BooleanColumn("draft", label=_("Draft"))]
    panels = [
        FieldPanel("uid"),
        FieldPanel("title"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("max_questions")]),
        FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("time_limit_minutes")]),
        FieldRowPanel([FieldPanel("random_order"), FieldPanel("shuffle_choices"), FieldPanel("draft")]),
        FieldPanel("questions"),
        FieldPanel("success_text"),
        FieldPanel("fail_text"),
    ]


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
