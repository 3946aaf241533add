"""An officer's own words to the participants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.thai.words import normalise

LONGEST = 1000


class OwnWordsForm(forms.Form):
    text = forms.CharField(
        label=_("What you want to say"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Days, place and whom to ask are added by themselves. Write what else they need to know."),
    )

    def clean_text(self) -> str:
        return normalise(self.cleaned_data["text"])
