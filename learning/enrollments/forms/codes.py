"""Making a code, and typing one."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.thai.fields import ThaiDateField
from learning.enrollments.flows.codes import MOST
from learning.enrollments.forms.group import CourseChoiceForm
from learning.kernel.codes import code_written


class CodeForm(CourseChoiceForm):
    """For one course, until a day, for so many people."""

    until = ThaiDateField(label=_("Last day"), min_date=timezone.localdate)
    most = forms.IntegerField(
        label=_("For at most how many people?"),
        min_value=1,
        max_value=MOST,
        initial=100,
        help_text=_("A code in wrong hands does no more harm than this number."),
    )


class TypedCodeForm(forms.Form):
    """A code as a person types it from paper."""

    code = forms.CharField(
        label=_("Code"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("The large letters on the slip. Small letters, spaces and dashes do not matter."),
    )

    def clean_code(self) -> Any:
        code = code_written(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("Type the letters and digits of the code."))
        return code
