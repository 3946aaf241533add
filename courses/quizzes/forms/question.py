"""How authors write a question: the fields of every question, then those of its kind."""

import re
from functools import cache
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from courses.quizzes.choices import Format
from courses.quizzes.kinds import Kind, kind_of
from courses.quizzes.markup import clean_html
from courses.quizzes.models import Question
from courses.quizzes.queries import twins_of

NUMBERED = re.compile(r"(?P<group>\w+?_(?P<number>\d+))_\w+")


class QuestionForm(WagtailAdminModelForm):
    """A question of one kind, which never changes. The kind makes the body of its own fields and checks it."""

    kind: ClassVar[Kind]
    own: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = self.kind.code
        self._body_is_made = False
        self.fields["content"].strip = True
        if self.instance.body:
            self.initial = {**self.kind.written(self.instance.body), **self.initial}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("format") == Format.HTML:
            for name in ("content", "explanation"):
                cleaned[name] = clean_html(cleaned.get(name) or "")
            if not cleaned["content"] and "content" not in self.errors:
                self.add_error(
                    "content", gettext("Nothing of this question is left without its formatting. Write words.")
                )
        if not any(name in self.errors for name in self.own):
            before = self.instance.body or {}
            try:
                body = self.kind.body_from(cleaned, before)
            except ValidationError as error:
                self._add_error_of_the_kind(error)
            else:
                kept = {"h5p": before["h5p"]} if "h5p" in before and "h5p" not in body else {}
                self.instance.body = {**body, **kept}
                self._body_is_made = True
        return cleaned

    def _update_errors(self, errors: ValidationError) -> None:
        """What the kind says of the whole body stands beside the first of its fields."""
        if hasattr(errors, "error_dict") and NON_FIELD_ERRORS in errors.error_dict:
            of_the_kind = errors.error_dict.pop(NON_FIELD_ERRORS)
            if self._body_is_made:
                self._add_error_of_the_kind(ValidationError(of_the_kind))
        super()._update_errors(errors)

    def _add_error_of_the_kind(self, error: ValidationError) -> None:
        named = getattr(error, "error_dict", {})
        if named and named.keys() <= self.fields.keys():
            self.add_error(None, error)
        else:
            self.add_error(self.own[0] if self.own else None, ValidationError(error.messages))

    def twins(self) -> list[Question]:
        """Other questions that say the same."""
        return list(twins_of(self.instance)[:5])


@cache
def question_panel(code: str) -> Panel:
    """The panels of one kind, with their form, bound to Question. KeyError when there is no such kind."""
    kind = kind_of(code)
    own = kind.form_fields()
    form = type(
        f"{type(kind).__name__}Form",
        (QuestionForm,),
        {**own, "kind": kind, "own": tuple(own), "__module__": QuestionForm.__module__},
    )
    return ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("content", widget=forms.Textarea(attrs={"rows": 4})),
                    FieldPanel("figure"),
                ],
                heading=_("What is asked"),
            ),
            MultiFieldPanel(_own_panels(own), heading=kind.name, help_text=kind.about),
            MultiFieldPanel(
                [
                    FieldPanel(
                        "explanation",
                        help_text=_("Shown after grading: why the right answer is right."),
                        widget=forms.Textarea(attrs={"rows": 3}),
                    ),
                    FieldPanel("source", help_text=_("What it rests on, such as a section of the Act.")),
                ],
                heading=_("For learning from it"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("category"), FieldPanel("sub_category")]),
                    FieldRowPanel([FieldPanel("difficulty"), FieldPanel("format")]),
                    FieldPanel("tags"),
                    FieldPanel(
                        "uid",
                        help_text=_("Small Latin letters, digits and hyphens. Leave it empty and one is made."),
                    ),
                ],
                heading=_("Where it stands in the bank"),
            ),
        ],
        base_form_class=form,
    ).bind_to_model(Question)


def _own_panels(own: dict[str, forms.Field]) -> list[Panel]:
    """Fields called `choice_3_text`, `choice_3_correct` stand in one row; all others one below the other."""
    panels: list[Panel] = []
    for (group, number), names in groupby(own, key=_group):
        members = [FieldPanel(name) for name in names]
        if group is None or len(members) == 1:
            panels += members
            continue
        heading = format_lazy("{} {}", own[members[0].field_name].label, number)
        panels.append(FieldRowPanel(members, heading=heading))
    return panels


def _group(name: str) -> tuple[str | None, str]:
    match = NUMBERED.fullmatch(name)
    return (match["group"], match["number"]) if match else (None, name)
