"""A workshop that stands: other days, one half-day, other places, the end."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.fields import ThaiDateField
from learning.workshops.choices import Half
from learning.workshops.forms.scheduling.fields import ClockField, RoomField, TickedField, day_fields, days_written
from learning.workshops.models import Resource, Session, Workshop
from learning.workshops.queries.scheduling import rooms_of, things_of, trainers_of


class RevisedForm(forms.Form):
    """`revision` is the one that the page showed."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class MoveForm(RevisedForm):
    """As many days as the workshop has."""

    allows_weekend = forms.BooleanField(label=_("Also on a Saturday or Sunday"), required=False)
    note = forms.CharField(
        label=_("What people are told"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Empty: from which days to which it was moved."),
    )

    def __init__(
        self, data: Any = None, *, workshop: Workshop, days: list[date], wanted: list[date] | None = None
    ) -> None:
        """`days`: where it stands; `wanted`: what the form begins with, such as days chosen in the calendar."""
        weekend = any(day.weekday() > 4 for day in days)
        super().__init__(data, initial={"revision": workshop.revision, "allows_weekend": weekend})
        self.count = len(days)
        self.fields = {**day_fields(self.count, required=self.count, initial=wanted or days), **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and len(days_written(cleaned)) < self.count:
            raise forms.ValidationError(_("A day stands there twice. Write as many days as the workshop has."))
        return cleaned

    @property
    def days(self) -> list[date]:
        return days_written(self.cleaned_data)


class SessionForm(RevisedForm):
    """Day and half, clock times, title and agenda of one half-day."""

    day = ThaiDateField(label=_("Day"))
    half = forms.ChoiceField(label=_("Half"), choices=Half.choices, widget=forms.RadioSelect)
    starts = ClockField(label=pgettext_lazy("of a clock", "From"))
    ends = ClockField(label=pgettext_lazy("of a clock", "Until"))
    allows_weekend = forms.BooleanField(label=_("Also on a Saturday or Sunday"), required=False)
    title = forms.CharField(label=pgettext_lazy("of a session", "Title"), max_length=200, required=False)
    agenda = forms.CharField(
        label=_("Agenda"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("One line each, with the time first: 09.00 Opening."),
    )

    def __init__(self, data: Any = None, *, session: Session, workshop: Workshop) -> None:
        names = ("day", "half", "starts", "ends", "title", "agenda")
        initial = {name: getattr(session, name) for name in names}
        is_weekend = session.day.weekday() > 4
        super().__init__(data, initial=initial | {"revision": workshop.revision, "allows_weekend": is_weekend})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("It ends after it begins."))
        return cleaned


class PlacesForm(RevisedForm):
    """Room, trainers and things of all half-days to come, or of one of them."""

    room = RoomField()
    trainers = TickedField(label=_("Trainers"))
    things = TickedField(label=_("Vehicles and equipment"))

    def __init__(self, data: Any = None, *, workshop: Workshop, booked: list[Resource]) -> None:
        """`booked`: what is booked now; it is offered also when it comes from another center or is out of use."""
        room = next((one for one in booked if one.is_room), None)
        trainers = [one for one in booked if one.is_trainer]
        things = [one for one in booked if not one.is_room and not one.is_trainer]
        initial = {"revision": workshop.revision, "room": room, "trainers": trainers, "things": things}
        super().__init__(data, initial=initial)
        fields: dict[str, Any] = self.fields
        center, keys = workshop.center_id, [one.pk for one in booked]
        fields["room"].queryset = rooms_of(center, also=keys)
        fields["trainers"].queryset = trainers_of(center, also=keys)
        fields["things"].queryset = things_of(center, also=keys)

    @property
    def chosen(self) -> list[Resource]:
        return [self.cleaned_data["room"], *self.cleaned_data["trainers"], *self.cleaned_data["things"]]


class CancelForm(RevisedForm):
    """Why: everybody reads it."""

    reason = forms.CharField(
        label=_("Why it is cancelled"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody who registered reads this, and the office that asked."),
        error_messages={"required": _("Write why it is cancelled: everybody who registered reads it.")},
    )

    def __init__(self, data: Any = None, *, workshop: Workshop) -> None:
        super().__init__(data, initial={"revision": workshop.revision})
