"""The admin's ways to the pages of those who manage tests, and what Wagtail's log says of sittings."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from courses.quizzes.models import Quiz
from learning.sittings.rules import may_manage
from learning.sittings.statistics import admin  # noqa: F401  its hooks


class MarkingMenuItem(MenuItem):
    """For whoever may mark."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_manage(request.user)


@hooks.register("register_admin_menu_item")
def marking_in_the_menu() -> MenuItem:
    return MarkingMenuItem(
        _("Answers to mark"), reverse_lazy("sittings:marking"), name="marking", icon_name="edit", order=210
    )


@hooks.register("register_snippet_listing_buttons")
def what_else_is_done_with_a_quiz(
    snippet: Any, user: AbstractBaseUser, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(snippet, Quiz) and may_manage(user):
        uid = snippet.uid
        yield Button(
            _("More time or attempts"), reverse("sittings:allowances", args=[uid]), icon_name="time", priority=50
        )
        yield Button(_("Mark again"), reverse("sittings:regrade", args=[uid]), icon_name="rotate", priority=60)


@hooks.register("register_log_actions")
def name_our_actions(actions: LogActionRegistry) -> None:
    actions.register_action("sittings.allow", _("Give more time or attempts"), _("More time or attempts given"))
    actions.register_action("sittings.marking_rule", _("Change how essays are marked"), _("Way of marking changed"))
    actions.register_action("sittings.regrade", _("Mark sittings again"), _("Sittings marked again"))
