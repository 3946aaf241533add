"""Which course, and which of an organization's learners are shown."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from courses.catalog.models import CoursePage
from learning.enrollments.choices import EnrollmentState

OVERDUE = "overdue"
LONGEST_ID = 18


def ids_written(values: list[str]) -> set[int]:
    """Keys as a form sends them; anything else is left out."""
    return {int(one) for one in values if one.isascii() and one.isdigit() and len(one) <= LONGEST_ID}


class CourseField(forms.ModelChoiceField):
    """A course by its key; a number no key can be is no choice, where a database would fail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"queryset": CoursePage.objects.none(), "label": _("Course"), **kwargs})
        self.error_messages |= {"invalid_choice": _("Choose a course from the list.")}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value and not ids_written([value]):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class CourseChoiceForm(forms.Form):
    """One course of those open for enrollment today."""

    course = CourseField(error_messages={"required": _("Choose a course.")})

    def __init__(self, *args: Any, courses: QuerySet[CoursePage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]


class LearnersFilter(forms.Form):
    """What stands in the address; what is not known there filters nothing."""

    course = CourseField(required=False, empty_label=_("All courses"))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *EnrollmentState.choices, (OVERDUE, _("Overdue"))],
    )

    def __init__(self, *args: Any, courses: QuerySet[CoursePage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def conditions(self) -> dict[str, Any]:
        """As a filter of enrollments."""
        found: dict[str, Any] = {}
        if course := self.cleaned_data.get("course"):
            found["course"] = course
        state = self.cleaned_data.get("state")
        if state == OVERDUE:
            found["is_overdue"] = True
        elif state:
            found["state"] = state
        return found

    def chips(self, address: QueryDict) -> list[dict[str, Any]]:
        """What is filtered by, each with this page's address without it."""
        values = {"course": self.cleaned_data.get("course")}
        values["state"] = dict(self.fields["state"].choices).get(self.cleaned_data.get("state"))  # type: ignore[attr-defined]
        chips = []
        for name, value in values.items():
            if value and self.cleaned_data.get(name):
                rest = address.copy()
                for gone in (name, "page"):
                    rest.pop(gone, None)
                chips.append({"label": self.fields[name].label, "value": value, "url": f"?{rest.urlencode()}"})
        return chips
