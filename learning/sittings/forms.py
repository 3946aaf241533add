"""Marking, marking again, and more time or attempts for a person."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.quizzes.models import Question, Quiz
from learning.duties.queries import person_called
from learning.people.models import User
from learning.sittings.flows.allowing import MOST_ATTEMPTS, MOST_MINUTES, MOST_PERCENT
from learning.sittings.models import MarkingRule, Response
from learning.sittings.queries.marking import Criterion

REASON = 300  # characters


class MarkForm(forms.Form):
    """Points by criterion and a comment for the learner."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for number, criterion in enumerate(criteria, 1):
            self.fields[f"points_{number}"] = forms.DecimalField(
                label=criterion.text or _("Points"),
                min_value=0,
                max_value=criterion.most,
                max_digits=6,
                decimal_places=2,
                help_text=gettext("0 to %(most)s points") % {"most": f"{criterion.most.normalize():f}"},
                widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )
        self.fields["comment"] = forms.CharField(
            label=_("Comment for the learner"),
            max_length=4_000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    @property
    def points(self) -> dict[str, Decimal]:
        """By criterion, once the form is valid."""
        return {one.id: self.cleaned_data[f"points_{number}"] for number, one in enumerate(self.criteria, 1)}

    @property
    def most(self) -> dict[str, Decimal]:
        return {one.id: one.most for one in self.criteria}


class MarkingRuleForm(forms.ModelForm):
    class Meta:
        model = MarkingRule
        fields = ["is_blind", "needs_second", "tolerance"]
        help_texts = {
            "tolerance": _("Further apart than this, a third person decides. Otherwise the mean of the two counts.")
        }


class AllowanceForm(forms.Form):
    """More time or attempts for one person."""

    login = forms.CharField(
        label=_("Phone number, e-mail or username of the person"),
        max_length=254,
        help_text=_("Exactly as the person signs in."),
    )
    minutes = forms.IntegerField(label=_("More minutes"), min_value=0, max_value=MOST_MINUTES, required=False)
    percent = forms.IntegerField(
        label=_("More time in percent of the limit"),
        min_value=0,
        max_value=MOST_PERCENT,
        required=False,
        help_text=_("25: a quarter more."),
    )
    attempts = forms.IntegerField(label=_("More attempts"), min_value=0, max_value=MOST_ATTEMPTS, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=REASON, help_text=_("It stays on record."))

    def clean_login(self) -> User:
        person = person_called(self.cleaned_data["login"])
        if person is None:
            raise forms.ValidationError(
                _("Nobody signs in with this. Ask the person what they sign in with, and write it exactly.")
            )
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.get(name) for name in ("minutes", "percent", "attempts")):
            raise forms.ValidationError(_("Say what you give: minutes, percent or attempts."))
        return cleaned


class RegradeForm(forms.Form):
    """What is marked again, and by which version."""

    question = forms.ModelChoiceField(
        label=_("Question"), queryset=Question.objects.none(), required=False, empty_label=_("All questions")
    )
    with_newest = forms.BooleanField(
        label=_("By the newest version of each question"),
        required=False,
        help_text=_("When a wrong key was mended. Otherwise by the version that each learner saw."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=REASON, required=False, help_text=_("It stays on record."))

    def __init__(self, *args: Any, quiz: Quiz, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Response.objects.filter(sitting__quiz=quiz).values("question__question")
        self.fields["question"].queryset = Question.objects.filter(pk__in=asked).order_by("uid")  # type: ignore[attr-defined]
