"""What is written on the page of a request, and how its list is narrowed."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.fields import ThaiDateField
from learning.register.forms.filters import Filters
from learning.workshops.choices import RequestState
from learning.workshops.flows.holds import LONGEST_HOLD, USUAL_HOLD
from learning.workshops.looking import FARTHEST, Place, place_written
from learning.workshops.models import WorkshopRequest

LONGEST_KEY = 18
NEEDS_WORDS = {
    "return": _("Write what you want to know, so that the office can answer."),
    "decline": _("Write the reason, so that the office knows what it can do."),
    "say": _("Write your note first."),
}


def usual_hold() -> date:
    return timezone.localdate() + USUAL_HOLD


def longest_hold() -> date:
    return timezone.localdate() + LONGEST_HOLD


class DecisionForm(forms.Form):
    """A note, and for the center a place in time to hold; which button was pressed says what of it is needed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Your note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": _("Write the note in at most 1,000 letters.")},
    )
    place = forms.CharField(required=False)
    held_until = ThaiDateField(
        label=_("Hold it until"),
        required=False,
        initial=usual_hold,
        min_date=timezone.localdate,
        max_date=longest_hold,
        help_text=_("After this day room and trainer are free for others again."),
    )

    def __init__(
        self, data: QueryDict | None = None, *, request: WorkshopRequest, verb: str = "", **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.request, self.verb = request, verb

    def clean_seen(self) -> int:
        """The last line that the page showed; what is no number has seen nothing."""
        written = self.cleaned_data["seen"]
        return int(written) if written.isascii() and written.isdigit() and len(written) <= LONGEST_KEY else 0

    def clean_place(self) -> Place | None:
        key = self.cleaned_data["place"]
        if not key or self.verb not in ("accept", "return"):
            return None
        place = place_written(self.request, key)
        if place is None:
            raise forms.ValidationError(_("This place in time cannot be held. Choose one of those below."))
        return place

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "note" not in self.errors and not cleaned.get("note") and self.verb in NEEDS_WORDS:
            self.add_error("note", NEEDS_WORDS[self.verb])
        return cleaned


def farthest() -> date:
    """A year of free days is looked through from there on."""
    return timezone.localdate() + FARTHEST - timedelta(days=366)


class NearForm(forms.Form):
    """Another day to look at before deciding."""

    near = ThaiDateField(label=_("Look at another day"), required=False, max_date=farthest)

    @property
    def day(self) -> date | None:
        """The day to look at, tomorrow or later; None when none was asked for."""
        if not self.is_valid() or not self.cleaned_data["near"]:
            return None
        return max(self.cleaned_data["near"], timezone.localdate() + timedelta(days=1))


class RequestFilters(Filters):
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *RequestState.choices])
    year = forms.ChoiceField(label=pgettext_lazy("of the wished days", "Fiscal year"), required=False)

    def __init__(self, query: QueryDict, *, years: list[int]) -> None:
        self.years = years
        super().__init__(query)

    def offer(self) -> None:
        choices = [(str(year), str(year)) for year in self.years]
        self.fields["year"].choices = [("", _("All years")), *choices]  # type: ignore[attr-defined]
