"""How authors set up a quiz."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)

from courses.quizzes.models import Question, Quiz
from courses.quizzes.queries import question_count, rule_fills


class ByCategory(ModelChoiceIterator):
    """Questions under the names of their categories."""

    def __iter__(self) -> Iterator[tuple[str, list[Any]]]:
        for category, questions in groupby(self.queryset, key=lambda question: str(question.category)):
            yield category, [self.choice(question) for question in questions]


class QuizForm(WagtailAdminModelForm):
    """Offers the questions in use, and those that the quiz holds already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Q(retired_at__isnull=True)
        if self.instance.pk:
            offered |= Q(quizzes=self.instance.pk)
        questions = Question.objects.filter(offered).distinct().select_related("category")
        field = self.fields["questions"]
        field.iterator = ByCategory
        field.queryset = questions.order_by("category__category", "uid").defer("body", "explanation")


class BankHelp(HelpPanel):
    """What the rules of the quiz find in the bank today."""

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.content = fills_of(self.instance) if self.instance and self.instance.pk else ""

        def is_shown(self) -> bool:
            return bool(self.content) and super().is_shown()


def fills_of(quiz: Quiz) -> SafeString:
    """In sentences: how many questions an attempt has, and which rule finds too few."""
    lines = [
        gettext("This rule asks for %(wanted)d questions, there are %(found)d: %(rule)s.")
        % {"wanted": fill.wanted, "found": fill.found, "rule": fill.rule}
        for fill in rule_fills(quiz)
        if fill.is_short
    ]
    count = question_count(quiz)
    first = gettext("One attempt has %(count)d questions.") % {"count": count}
    return format_html("<p>{}</p>{}", first, format_html_join("", "<p><strong>{}</strong></p>", ((x,) for x in lines)))


PANELS: list[Panel] = [
    MultiFieldPanel(
        [
            FieldPanel("title"),
            FieldPanel("uid", help_text=_("Small Latin letters, digits and hyphens. Keep it once the quiz is in use.")),
            FieldPanel("description", help_text=_("Stands above the test, before it begins.")),
            FieldRowPanel([FieldPanel("category"), FieldPanel("draft")]),
        ],
        heading=_("Quiz"),
    ),
    MultiFieldPanel(
        [
            BankHelp(),
            FieldPanel(
                "questions",
                widget=forms.CheckboxSelectMultiple(attrs={"class": "quiz-questions"}),
                help_text=_("Questions that every attempt may hold."),
            ),
            InlinePanel(
                "draws",
                label=_("Rule"),
                help_text=_("Draws so many questions of a category at random, besides those chosen above."),
                panels=[
                    FieldRowPanel([FieldPanel("category"), FieldPanel("sub_category")]),
                    FieldRowPanel([FieldPanel("difficulty"), FieldPanel("tag"), FieldPanel("count")]),
                ],
            ),
            FieldPanel("max_questions", help_text=_("An attempt never has more than this. Empty: all of them.")),
        ],
        heading=_("Questions"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("layout"),
                    FieldPanel("navigation", help_text=_("Never going back needs one question per page.")),
                ]
            ),
            FieldRowPanel([FieldPanel("random_order"), FieldPanel("shuffle_choices")]),
            FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("wait_minutes")]),
            FieldPanel("time_limit_minutes", help_text=_("Counted by the server from the start. 0: no limit.")),
        ],
        heading=_("Sitting it"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("grading")]),
            FieldPanel("success_text"),
            FieldPanel("fail_text"),
        ],
        heading=_("Grading"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("review_marks", help_text=_("Points and whether it is passed.")),
            FieldPanel("review_answers", help_text=_("Which answer would have been right.")),
            FieldPanel("review_reasons", help_text=_("Explanations, and what is said to a wrong choice.")),
            FieldPanel("review_from", help_text=_("Needed when one of the three is shown from a moment on.")),
        ],
        heading=_("What is shown afterwards"),
    ),
]

QUIZ_HANDLER = ObjectList(PANELS, base_form_class=QuizForm)
