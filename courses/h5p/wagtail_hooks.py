"""H5P in the admin: addresses, the line in the menu of the question bank, the button beside each quiz."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.admin.widgets.button import Button

from courses.quizzes.models import Question, Quiz

MAY = "quizzes.add_question"


class PackagesMenuItem(MenuItem):
    """For whoever may add questions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY))  # type: ignore[union-attr]


@hooks.register("register_admin_urls")
def h5p_addresses() -> list[URLResolver]:
    return [path("h5p/", include("courses.h5p.urls"))]


@hooks.register("construct_main_menu")
def h5p_in_the_question_bank(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """A line at the end of the group that lists the questions."""
    questions = reverse(Question.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    for item in menu_items:
        if not isinstance(item, SubmenuMenuItem):
            continue
        inside = item.menu.registered_menu_items
        if any(str(one.url).startswith(questions) for one in inside) and not any(one.name == "h5p" for one in inside):
            inside.append(
                PackagesMenuItem("H5P", reverse_lazy("h5p:packages"), name="h5p", icon_name="upload", order=100)
            )


@hooks.register("register_snippet_listing_buttons")
def write_as_h5p(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Quiz) and user.has_perm(MAY):
        yield Button(
            _("Write as H5P"), reverse("h5p:export_quiz", args=[snippet.uid]), icon_name="download", priority=40
        )
