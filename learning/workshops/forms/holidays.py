"""A public holiday as an administrator writes it."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from learning.workshops.models import ClosedDay


class HolidayForm(WagtailAdminModelForm):
    """A day that is a holiday already is named, not saved twice."""

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        same = ClosedDay.objects.filter(center__isnull=True, on=on).exclude(pk=self.instance.pk).first()
        if same:
            raise forms.ValidationError(_("This day is a holiday already: %(name)s.") % {"name": same.name})
        return on
