"""A new workshop: when, where and by whom, and its facts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.places.models import TransferCenter
from learning.workshops.choices import HALVES_OF, DayLength, Half
from learning.workshops.forms.scheduling.facts import FactsForm
from learning.workshops.forms.scheduling.fields import ClockField, RoomField, TickedField, day_fields, days_written
from learning.workshops.free import Alternative, wish_for
from learning.workshops.models import Resource, Workshop
from learning.workshops.proposing.problem import Wish
from learning.workshops.queries.scheduling import rooms_of, things_of, trainers_of
from learning.workshops.timetable import CLOCK, Part, parts_of

LINES = 5
CLOCKS = ("am_starts", "am_ends", "pm_starts", "pm_ends")


class PlanForm(FactsForm):
    """Days and places come before the facts."""

    day_length = forms.ChoiceField(
        label=_("Length of a day"), choices=DayLength.choices, initial=DayLength.FULL, widget=forms.RadioSelect
    )
    allows_weekend = forms.BooleanField(label=_("Also on a Saturday or Sunday"), required=False)
    am_starts = ClockField(label=_("Morning from"), initial=CLOCK[Half.AM][0])
    am_ends = ClockField(label=_("Morning until"), initial=CLOCK[Half.AM][1])
    pm_starts = ClockField(label=_("Afternoon from"), initial=CLOCK[Half.PM][0])
    pm_ends = ClockField(label=_("Afternoon until"), initial=CLOCK[Half.PM][1])
    room = RoomField()
    trainers = TickedField(label=_("Trainers"))
    things = TickedField(label=_("Vehicles and equipment"))
    note = forms.CharField(
        label=_("Note to the office"), max_length=600, required=False, widget=forms.Textarea({"rows": 3})
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, center: TransferCenter, days: int = LINES, is_asked: bool = False, **kwargs: Any
    ) -> None:
        kwargs["initial"] = facts_to_begin_with() | kwargs.get("initial", {})
        super().__init__(data, **kwargs)
        self.center = center
        self.fields |= day_fields(max(days, LINES))
        fields: dict[str, Any] = self.fields
        fields["room"].queryset = rooms_of(center.pk)
        fields["trainers"].queryset = trainers_of(center.pk)
        fields["things"].queryset = things_of(center.pk)
        if not is_asked:
            del self.fields["note"], self.fields["seen"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for half, starts, ends in ((Half.AM, "am_starts", "am_ends"), (Half.PM, "pm_starts", "pm_ends")):
            if half not in self.halves or not cleaned.get(starts) or not cleaned.get(ends):
                continue
            if cleaned[ends] <= cleaned[starts]:
                self.add_error(ends, _("It ends after it begins."))
        return cleaned

    def first_on(self, cleaned: dict[str, Any]) -> Any:
        return min(days_written(cleaned), default=None)

    @property
    def days(self) -> list[date]:
        return days_written(self.cleaned_data)

    @property
    def halves(self) -> Sequence[str]:
        return HALVES_OF.get(self.cleaned_data.get("day_length", ""), ())

    @property
    def planned(self) -> list[Part]:
        chosen = self.cleaned_data
        clock = {
            Half.AM: (chosen["am_starts"], chosen["am_ends"]),
            Half.PM: (chosen["pm_starts"], chosen["pm_ends"]),
        }
        return parts_of(self.days, self.halves, clock=clock)

    @property
    def wish(self) -> Wish | None:
        """What was wanted, for finding what is free instead."""
        slots = [(day, half) for day in self.days for half in self.halves]
        chosen = self.cleaned_data
        return wish_for(
            self.center,
            topic=chosen["topic"],
            people=chosen["capacity"],
            slots=slots,
            trainers=len(chosen["trainers"]) or 1,
        )

    @property
    def chosen(self) -> list[Resource]:
        """Room and trainers."""
        return [self.cleaned_data["room"], *self.cleaned_data["trainers"]]

    @property
    def day_lines(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("day_") and name != "day_length"]

    @property
    def has_more_days(self) -> bool:
        return any(line.value() or line.errors for line in self.day_lines[1:])

    @property
    def clock_lines(self) -> list[Any]:
        return self.part(*CLOCKS)


def facts_to_begin_with() -> dict[str, Any]:
    """What a new workshop is unless somebody says otherwise."""
    usual = Workshop()
    names = ("hours", "attendance_percent", "needs_evaluation", "is_listed", "min_participants")
    return {name: getattr(usual, name) for name in names}


def place_as_typed(found: Alternative, *, lines: int) -> dict[str, Any]:
    """An alternative as the lines of a form: days, room and trainers."""
    days = {f"day_{number}": "" for number in range(1, lines + 1)}
    days |= {f"day_{number}": f"{day:%Y-%m-%d}" for number, day in enumerate(found.days, start=1)}
    return {**days, "room": str(found.room.pk), "trainers": [str(one.pk) for one in found.trainers]}
