"""Ways from the admin to the statistics of a quiz."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from courses.quizzes.models import Quiz
from learning.sittings.rules import may_manage
from learning.sittings.views import statistics


@hooks.register("register_admin_urls")
def statistics_urls() -> list[URLPattern]:
    return [
        path("quiz-statistics/<int:quiz_id>/", statistics.quiz_statistics, name="quiz_statistics"),
        path("quiz-statistics/<int:quiz_id>/again/", statistics.count_again, name="quiz_statistics_again"),
        path(
            "quiz-statistics/<int:quiz_id>/<slug:kind>/", statistics.quiz_statistics_file, name="quiz_statistics_file"
        ),
    ]


@hooks.register("register_snippet_listing_buttons")
def statistics_of_a_quiz(snippet: Any, user: AbstractBaseUser, next_url: str | None = None) -> Iterator[Any]:
    if isinstance(snippet, Quiz) and may_manage(user):
        yield Button(_("Statistics"), reverse("quiz_statistics", args=[snippet.pk]), icon_name="view", priority=15)
