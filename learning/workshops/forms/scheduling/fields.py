"""A clock time as people write it, rooms with their seats, people and things to tick."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.thai.digits import to_arabic
from cms.thai.fields import ThaiDateField
from cms.thai.words import normalise
from courses.catalog.choices import Topic
from learning.enrollments.forms.group import ids_written
from learning.workshops.models import Resource

FORMATS = ["%H:%M", "%H.%M", "%H%M", "%H:%M:%S"]
TOPICS = dict(Topic.choices)


class ClockField(forms.TimeField):
    """A time of day: 9:00, 09.00, 0900 or ๐๙.๐๐ น."""

    default_error_messages = {
        "required": gettext_lazy("Write the time, for example 9.00."),
        "invalid": gettext_lazy("Write the time, for example 9.00."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput({"inputmode": "decimal", "autocomplete": "off", "size": 5}, format="%H:%M")
        super().__init__(input_formats=FORMATS, widget=widget, **kwargs)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = to_arabic(normalise(value)).removesuffix("น.").removesuffix("น").strip()
            value = f"{value}.00" if value.isdigit() and len(value) <= 2 else value
        return super().to_python(value)


def _is_key(value: Any) -> bool:
    return not isinstance(value, str) or bool(ids_written([value]))


class RoomField(forms.ModelChoiceField):
    """A room in use, with its venue and seats."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Resource.objects.none(),
            label=gettext_lazy("Room"),
            empty_label=gettext_lazy("Choose the room"),
            error_messages={
                "required": gettext_lazy("Choose the room."),
                "invalid_choice": gettext_lazy("Choose a room from the list."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> Resource | None:
        if value and not _is_key(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        found: Resource | None = super().to_python(value)
        return found

    def label_from_instance(self, obj: Resource) -> str:  # type: ignore[override]
        seats = obj.capacity or 0
        gaps = {"room": obj.name, "venue": obj.venue or "", "seats": seats}
        return ngettext("%(room)s, %(venue)s (%(seats)d seat)", "%(room)s, %(venue)s (%(seats)d seats)", seats) % gaps


class TickedField(forms.ModelMultipleChoiceField):
    """Trainers, vehicles or equipment, each to be ticked."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(
            queryset=Resource.objects.none(),
            label=label,
            required=False,
            help_text=help_text,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": gettext_lazy("Choose from the list."),
                "invalid_pk_value": gettext_lazy("Choose from the list."),
            },
        )

    def clean(self, value: Any) -> QuerySet[Resource]:
        if any(not _is_key(one) for one in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        found: QuerySet[Resource] = super().clean(value)
        return found

    def label_from_instance(self, obj: Resource) -> str:  # type: ignore[override]
        if not obj.is_trainer:
            return _("%(name)s (%(kind)s)") % {"name": obj.name, "kind": obj.get_kind_display()}
        topics = ", ".join(str(TOPICS[topic]) for topic in obj.topics if topic in TOPICS)
        return _("%(name)s (%(kind)s)") % {"name": obj.name, "kind": topics} if topics else obj.name


def day_fields(count: int, *, required: int = 1, initial: Iterable[date] = ()) -> dict[str, ThaiDateField]:
    """`day_1` to `day_n`, a line for each day."""
    days = [*initial]
    return {
        f"day_{number}": ThaiDateField(
            label=_("Day %(number)d") % {"number": number} if count > 1 else _("Day"),
            required=number <= required,
            initial=days[number - 1] if number <= len(days) else None,
        )
        for number in range(1, count + 1)
    }


def days_written(cleaned: dict[str, Any]) -> list[date]:
    """The days of `day_fields`, in order, each once."""
    return sorted({day for name, day in cleaned.items() if name.startswith("day_") and isinstance(day, date)})
