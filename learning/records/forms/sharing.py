"""Until which day a link is open, and a code that is typed from a paper."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.forms import CodeForm
from cms.thai.fields import ThaiDateField
from learning.records.flows.showing import LONGEST_SHARE

USUAL_SHARE = timedelta(days=90)


def usual_end() -> date:
    return timezone.localdate() + USUAL_SHARE


def latest_end() -> date:
    return timezone.localdate() + LONGEST_SHARE


class ShareForm(forms.Form):
    """A link to one's wallet."""

    ends_on = ThaiDateField(
        label=_("Last day on which the link is open"),
        initial=usual_end,
        min_date=timezone.localdate,
        max_date=latest_end,
        help_text=_("At most one year from today. You can take the link back at any time."),
    )


class RecordCodeForm(CodeForm):
    """The 12 characters beside the QR of a training record."""
