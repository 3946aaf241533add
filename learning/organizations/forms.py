"""Joining an organization."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.thai.fields import ThaiDateField
from learning.organizations.choices import COOPERATIVE_POSITIONS, GROUP_POSITIONS, Kind, Position
from learning.organizations.models import Organization


def positions_field() -> forms.MultipleChoiceField:
    """For which positions something is meant."""
    return forms.MultipleChoiceField(
        label=_("Positions"),
        choices=Position.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every position."),
    )


def kinds_field() -> forms.MultipleChoiceField:
    """For which kinds of organization something is meant."""
    return forms.MultipleChoiceField(
        label=_("Kinds of organization"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every kind."),
    )


class JoinForm(forms.Form):
    """In which position, since when."""

    position = forms.ChoiceField(label=_("Your position"))
    since = ThaiDateField(label=_("Since"), required=False, help_text=_("If you do not know the day, leave it empty."))

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = COOPERATIVE_POSITIONS if organization.is_cooperative else GROUP_POSITIONS
        self.fields["position"].choices = [(p.value, p.label) for p in offered]  # type: ignore[attr-defined]

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"] or timezone.localdate()
        if since > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Write the day you took up the position."))
        return since

    def clean_position(self) -> Position:
        return Position(self.cleaned_data["position"])
