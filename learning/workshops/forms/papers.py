"""What an officer says of a paper before it is printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.thai.fields import ThaiDateField
from learning.workshops.choices import PaperKind
from learning.workshops.models import Session, Workshop

# Those that need nothing but a press of the button, or a day; the invitation has a form of its own.
AT_ONCE = (PaperKind.AGENDA, PaperKind.SIGN_IN, PaperKind.BADGES, PaperKind.SIGNS, PaperKind.REPORT)


class PaperForm(forms.Form):
    """`session`: the sheet of that day only; empty: of all days."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in AT_ONCE])
    session = forms.ModelChoiceField(Session.objects.none(), required=False)

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = Session.objects.filter(workshop=workshop)  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """What stays empty is left open on the paper, to be written by hand."""

    number = forms.CharField(
        label=_("Number of the letter"), max_length=60, required=False, help_text=_("For example: กษ 1115/ว 25")
    )
    dated_on = ThaiDateField(label=_("Date of the letter"), required=False)
    signer = forms.CharField(label=_("Who signs"), max_length=100, required=False, help_text=_("Title and full name."))
    signer_position = forms.CharField(label=_("Position of who signs"), max_length=150, required=False)
    reply_by = ThaiDateField(label=_("Names are wanted by"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("signer_position") and not cleaned.get("signer"):
            self.add_error("signer", _("Write who signs, or leave the position open too."))
        return cleaned

    @property
    def details(self) -> dict[str, str]:
        """What is kept of it: only texts, dates as ISO 8601."""
        cleaned = self.cleaned_data
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in cleaned.items()
            if value
        }
