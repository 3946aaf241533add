"""Typing a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.codes import is_well_formed, read_code


class CodeForm(forms.Form):
    """The 12 characters under the QR."""

    code = forms.CharField(
        label=_("Certificate code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "spellcheck": "false",
                "placeholder": "7K3M-Q9TX-4B2F",
            }
        ),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not is_well_formed(code):
            raise forms.ValidationError(
                _("This code has a typing error. Compare it with the 12 characters under the QR and type it again.")
            )
        return code
