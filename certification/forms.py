"""Typing a code, and choosing a file to check."""

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


class FileForm(forms.Form):
    """The PDF of a certificate. What it is, `checking` says; here it only has to be there."""

    file = forms.FileField(
        label=_("PDF file of a certificate"),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Choose the PDF file first."),
            "empty": _("This file is empty. Choose the PDF as it was downloaded."),
            "missing": _("Choose the PDF file first."),
        },
    )
