"""Why a certificate is taken back, and what is corrected in the one that takes its place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.models import Certificate
from cms.thai.words import normalise

REASON = 300


class RevokeForm(forms.Form):
    """The reason stands on the public page of the certificate, so it is written for strangers too."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who checks the certificate reads it. Write nothing private."),
    )

    def clean_reason(self) -> str:
        said = normalise(self.cleaned_data["reason"]).replace("\n", " ")
        if not any(sign.isalnum() for sign in said):
            raise forms.ValidationError(_("Write the reason in words."))
        return said


class ReplaceForm(RevokeForm):
    """The new certificate as it will be printed; filled in with the old one."""

    holder_name = forms.CharField(
        label=_("Name as printed"), max_length=250, help_text=_("With the title, as on the person’s papers of today.")
    )
    holder_role = forms.CharField(label=_("Position and organization"), max_length=300, required=False)
    field_order = ["holder_name", "holder_role", "reason"]

    def __init__(self, *args: Any, certificate: Certificate, **kwargs: Any) -> None:
        self.certificate = certificate
        kwargs.setdefault("initial", {"holder_name": certificate.holder_name, "holder_role": certificate.holder_role})
        super().__init__(*args, **kwargs)
        self.fields["holder_role"].widget.attrs["autocomplete"] = "off"

    def clean_holder_name(self) -> str:
        return normalise(self.cleaned_data["holder_name"]).replace("\n", " ")

    def clean_holder_role(self) -> str:
        return normalise(self.cleaned_data["holder_role"]).replace("\n", " ")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        old = self.certificate
        if not self.errors and (cleaned["holder_name"], cleaned["holder_role"]) == (old.holder_name, old.holder_role):
            raise forms.ValidationError(_("Nothing is different from the old one. Correct the name or the position."))
        return cleaned

    def changes(self) -> list[dict[str, Any]]:
        """Old and new beside each other, once the form is valid."""
        old, new = self.certificate, self.cleaned_data
        pairs = (
            (_("Name as printed"), old.holder_name, new["holder_name"]),
            (_("Position and organization"), old.holder_role, new["holder_role"]),
        )
        return [
            {"label": label, "old": before, "new": after, "differs": before != after} for label, before, after in pairs
        ]
