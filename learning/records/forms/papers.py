"""A list of papers to read, a row to put right, and the account of a holder."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.records.papers.columns import COLUMNS
from learning.records.queries import Reach, provinces_recorded_by
from learning.register.reading.cells import CELL_LENGTH


class PaperForm(forms.Form):
    """Where the papers were issued, and the file."""

    province = forms.ModelChoiceField(
        label=_("Province"), queryset=None, empty_label=None, help_text=_("Where the people of this list were at home.")
    )
    file = forms.FileField(
        label=_("The file"),
        max_length=200,
        allow_empty_file=True,  # the reader says it better
        help_text=_("One row for each certificate, the headings above."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces: Any = self.fields["province"]
        provinces.queryset = provinces_recorded_by(reach)
        if provinces.queryset.count() > 1:
            provinces.empty_label = _("Choose a province")


class PaperRowForm(forms.Form):
    """Cells of one row; a cell that is not sent stays as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for heading in COLUMNS:
            if heading.field in self.data:
                self.fields[heading.field] = forms.CharField(required=False, max_length=CELL_LENGTH)

    @property
    def cells(self) -> dict[str, str]:
        return dict(self.cleaned_data)


class HolderForm(forms.Form):
    login = forms.CharField(
        label=_("Phone number, e-mail or username of the holder"),
        max_length=254,
        help_text=_("Exactly as the person signs in. The same name alone is not enough: two people may bear it."),
    )
