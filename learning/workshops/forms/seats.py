"""Finding a workshop, registering, and what officers say of seats."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.thai.fields import ThaiDateField
from courses.catalog.choices import Topic
from learning.enrollments.forms.learner import MembershipChoice
from learning.organizations.models import Membership
from learning.places.models import Province
from learning.workshops.models import Session


class WorkshopsFilter(forms.Form):
    """What stands in the address; what is not known there filters nothing."""

    province = forms.ModelChoiceField(
        label=_("Province"), queryset=Province.objects.all(), required=False, empty_label=_("All provinces")
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("All topics")), *Topic.choices])
    course = forms.SlugField(required=False, widget=forms.HiddenInput, max_length=255)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def conditions(self) -> dict[str, Any]:
        """As a filter of workshops."""
        names = {"province": "province", "topic": "topic", "course": "course__slug"}
        return {names[name]: value for name, value in self.cleaned_data.items() if value}


class SeatForm(forms.Form):
    """As whose member one comes; and that one knows of another workshop at the same time."""

    membership = MembershipChoice(
        label=_("You come as a member of"),
        queryset=Membership.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose the organization you come for."),
            "invalid_choice": _("This workshop is not for this organization, or you are no longer its member."),
        },
    )
    knows = forms.BooleanField(
        label=_("I know that both are at the same time, and want this seat all the same."),
        error_messages={"required": _("Tick this if you want the seat all the same, or look for another day.")},
    )

    def __init__(
        self, data: Any = None, *, memberships: Sequence[Membership], clashes: Sequence[Session], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["membership"]
        field.queryset = Membership.objects.filter(pk__in=[one.pk for one in memberships]).select_related(
            "organization__province", "organization__district"
        )
        if memberships:
            self.initial["membership"] = memberships[0]
        if not clashes:
            del self.fields["knows"]


class ReasonForm(forms.Form):
    """Why a seat is declined or cancelled."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write the reason: the person reads it.")},
    )

    def __init__(self, *args: Any, is_own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not is_own
        self.fields["reason"].help_text = "" if is_own else _("The person reads it.")


class PersonForm(forms.Form):
    """Somebody by what they sign in with; there is no list to look through."""

    login = forms.CharField(
        label=_("Phone number, e-mail address or username"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the phone number, e-mail address or username.")},
    )


class KeepForm(forms.Form):
    """Seats kept for an organization before the names are known."""

    count = forms.IntegerField(label=_("Seats kept"), min_value=0, max_value=10_000)
    until = ThaiDateField(
        label=_("Kept until"),
        required=False,
        min_date=timezone.localdate,
        help_text=_("On the next day they go to those in line."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("count") and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Write until when they are kept."))
        return cleaned


class QuotaForm(forms.Form):
    """How many people an organization may send."""

    most = forms.IntegerField(
        label=_("Most people"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=_("Empty: as for everybody."),
    )
