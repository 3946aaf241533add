"""The list of questions: what authors choose by."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from courses.quizzes.kinds import kind_choices
from courses.quizzes.models import Question
from courses.quizzes.queries import listed_questions, twice_in_the_bank

NO_FIGURE = "–"


def _tags(request: HttpRequest) -> QuerySet[Tag]:
    return Tag.objects.filter(
        taggit_taggeditem_items__content_type__app_label="quizzes",
        taggit_taggeditem_items__content_type__model="question",
    ).distinct()


class QuestionFilters(WagtailFilterSet):
    """Retired questions are shown when asked for."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=kind_choices)
    tag = django_filters.ModelChoiceFilter(field_name="tags", label=gettext_lazy("Tag"), queryset=_tags)
    use = django_filters.ChoiceFilter(
        label=gettext_lazy("Use"),
        method="filter_use",
        choices=[("in_use", gettext_lazy("In use")), ("retired", gettext_lazy("Out of use"))],
        empty_label=gettext_lazy("All"),
    )
    twice = django_filters.ChoiceFilter(
        label=gettext_lazy("In the bank twice"),
        method="filter_twice",
        choices=[("yes", gettext_lazy("Only these"))],
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Question
        fields = ["category", "sub_category", "kind", "difficulty", "tag", "quizzes", "use", "twice"]

    def filter_use(self, questions: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        return questions.filter(retired_at__isnull=value == "in_use")

    def filter_twice(self, questions: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        return questions.filter(pk__in=twice_in_the_bank().order_by().values("pk"))


def bank(request: HttpRequest) -> QuerySet[Question]:
    """The questions of the list, with all that its columns show."""
    return listed_questions()


def figure_of(question: Question, name: str) -> str:
    """A figure of the statistics with two decimals; a dash for what is not defined."""
    value = getattr(getattr(question, "statistics", None), name, None)
    return NO_FIGURE if value is None else f"{value:.2f}"


def asked(question: Question) -> str:
    statistics = getattr(question, "statistics", None)
    return str(statistics.asked_count) if statistics else NO_FIGURE


def where(question: Question) -> str:
    return _("Out of use") if question.is_retired else _("In use")


COLUMNS = [
    "__str__",
    Column("category", label=gettext_lazy("Category"), sort_key="category__category"),
    Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
    Column("difficulty", label=gettext_lazy("Difficulty"), accessor="get_difficulty_display", sort_key="difficulty"),
    Column("version", label=gettext_lazy("Version"), sort_key="version"),
    Column("quiz_count", label=gettext_lazy("In quizzes"), sort_key="quiz_count"),
    Column("asked", label=gettext_lazy("Asked"), accessor=asked, sort_key="statistics__asked_count"),
    Column(
        "facility",
        label=gettext_lazy("p (facility)"),
        accessor=lambda question: figure_of(question, "facility"),
        sort_key="statistics__facility",
    ),
    Column(
        "discrimination",
        label=gettext_lazy("r (discrimination)"),
        accessor=lambda question: figure_of(question, "discrimination"),
        sort_key="statistics__discrimination",
    ),
    Column("use", label=gettext_lazy("Use"), accessor=where, sort_key="retired_at"),
]


class QuestionIndex(IndexView):
    """The list, with the ways to files and to duplicates."""

    @cached_property
    def columns(self) -> list[Column]:
        """The words of a question get the room that its figures leave."""
        columns = [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]
        columns[0].width = "36%"
        return columns

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        duplicates = reverse("wagtailsnippets_quizzes_question:duplicates")
        buttons = [*super().header_more_buttons, Button(_("Duplicates"), url=duplicates, icon_name="copy")]
        if self.user_has_permission("add"):
            url = reverse("quiz_imports:imports")
            buttons.append(Button(_("Import and export"), url=url, icon_name="upload"))
        return buttons
