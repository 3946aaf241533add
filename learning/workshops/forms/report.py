"""Costs and pictures of a workshop."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.workshops.choices import CostKind

MOST_BYTES = 15 * 1024 * 1024


class CostForm(forms.Form):
    """One line: what for, how many, at which price."""

    kind = forms.ChoiceField(label=pgettext_lazy("of a cost", "kind"), choices=CostKind.choices)
    text = forms.CharField(
        label=_("for what"), max_length=200, help_text=_("For example: lunch, or per diem of two trainers.")
    )
    quantity = forms.DecimalField(
        label=_("quantity"), min_value=Decimal("0.01"), max_digits=8, decimal_places=2, initial=1
    )
    price = forms.DecimalField(label=_("price (baht)"), min_value=Decimal(0), max_digits=10, decimal_places=2)


class PictureForm(forms.Form):
    """One picture and a sentence about it."""

    file = forms.FileField(
        label=_("picture"), help_text=_("JPEG, PNG or WebP, at most 15 MB. Ask those who can be seen before.")
    )
    caption = forms.CharField(label=_("what it shows"), max_length=200, required=False)

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 15 MB. Choose a smaller picture."))
        return file
