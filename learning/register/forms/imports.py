"""A file to read in, a row to put right, a question to answer, a way to save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.register.choices import Decision, ImportKind, Mode
from learning.register.models import ImportRow
from learning.register.reading.cells import CELL_LENGTH
from learning.register.reading.headings import HEADINGS, TableKind


class ImportForm(forms.Form):
    """What the file lists, and the file."""

    kind = forms.ChoiceField(
        label=_("What does the file list?"),
        choices=ImportKind.choices,
        initial=ImportKind.PEOPLE,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("The file"),
        max_length=200,
        allow_empty_file=True,  # the reader says it better
        help_text=_("One row for each, the headings above. Headings that are not known are told, and not read."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class CorrectionForm(forms.Form):
    """Cells of one row, named as the columns are; a cell that is not sent stays as it is."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for heading in HEADINGS[TableKind(kind)]:
            if heading.field in self.data:
                self.fields[heading.field] = forms.CharField(required=False, max_length=CELL_LENGTH)

    @property
    def cells(self) -> dict[str, str]:
        return dict(self.cleaned_data)


class DecisionForm(forms.Form):
    """The same one (which), a different one, leave out; or take the answer back."""

    answer = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: Any, row: ImportRow, **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, **kwargs)

    def clean_answer(self) -> tuple[str, int | None]:
        decision, _sign, number = self.cleaned_data["answer"].partition(":")
        if decision == Decision.SAME_ONE and number.removeprefix("-").isdecimal():
            return decision, int(number)
        if decision in ("", Decision.NEW_ONE, Decision.LEAVE_OUT):
            return decision, None
        raise forms.ValidationError(_("Choose one of the answers."))


class SavingForm(forms.Form):
    """All rows or none, or every row that is right."""

    mode = forms.ChoiceField(
        label=_("How it is saved"), choices=Mode.choices, initial=Mode.ROW_BY_ROW, widget=forms.RadioSelect
    )
