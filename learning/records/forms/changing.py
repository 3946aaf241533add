"""Why a certificate is taken back or issued anew, and what is corrected in the one that takes its place."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.choices import SheetLanguages
from certification.models import Certificate
from cms.thai.dates import format_be
from cms.thai.fields import ThaiDateField
from cms.thai.words import normalise
from learning.people.english import EnglishNameField
from learning.records.papers.rows import FIRST_DAY

REASON = 300
LEAST_HOURS, MOST_HOURS, STEP = Decimal("0.5"), Decimal("999.5"), Decimal("0.5")


class RevokeForm(forms.Form):
    """The reason stands on the public page of the certificate, so it is written for strangers too."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who checks the certificate reads it. Write nothing private."),
    )

    def clean_reason(self) -> str:
        said = _in_one_line(self.cleaned_data["reason"])
        if not any(sign.isalnum() for sign in said):
            raise forms.ValidationError(_("Write the reason in words."))
        return said


class IssueAnewForm(RevokeForm):
    """Why a revoked certificate gets a successor: for the holder and the register, not for the public page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "The holder reads it, and it stays in the history of both certificates. The public page does not show it."
        )


class ReplaceForm(RevokeForm):
    """The new certificate as it will be printed; filled in with the old one.

    A field that has the name of one of the certificate, and stands in `printed`, is compared, carried and corrected.
    """

    holder_name = forms.CharField(
        label=_("Name as printed"), max_length=250, help_text=_("With the title, as on the person’s papers of today.")
    )
    holder_name_en = EnglishNameField()
    holder_role = forms.CharField(label=_("Position and organization"), max_length=300, required=False)
    course_title = forms.CharField(label=_("Course as printed"), max_length=255)
    hours = forms.DecimalField(
        label=_("Training hours"),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("From 0.5 to 999.5, in whole and half hours."),
        error_messages={"invalid": _("Write the hours as a number, for example 6 or 12.5.")},
    )
    started_on = ThaiDateField(label=pgettext_lazy("of a certificate", "Began"), required=False)
    completed_on = ThaiDateField(label=pgettext_lazy("of a certificate", "Completed"))
    printed: tuple[str, ...] = (
        "holder_name",
        "holder_name_en",
        "holder_role",
        "course_title",
        "hours",
        "started_on",
        "completed_on",
    )

    def __init__(self, *args: Any, certificate: Certificate, **kwargs: Any) -> None:
        self.certificate = certificate
        initial = {name: getattr(certificate, name) for name in self.printed}
        if not certificate.holder_name_en and certificate.holder is not None:
            initial["holder_name_en"] = certificate.holder.name_en  # written since the day of issue
        initial["hours"] = f"{certificate.hours.normalize():f}"
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        if certificate.design is None or certificate.design.languages != SheetLanguages.BOTH:
            del self.fields["holder_name_en"]  # the new sheet would not print it
            self.printed = tuple(name for name in self.printed if name != "holder_name_en")
        self.order_fields([*self.printed, "reason"])
        self.fields["holder_role"].widget.attrs["autocomplete"] = "off"
        self.fields["started_on"].required = certificate.started_on is not None  # a day is corrected, not taken away

    def clean_holder_name(self) -> str:
        return self._words("holder_name")

    def clean_holder_role(self) -> str:
        return self._words("holder_role")

    def clean_course_title(self) -> str:
        return self._words("course_title")

    def clean_hours(self) -> Decimal:
        """What stands there already may stay, also a number of hours that nobody would write today."""
        hours: Decimal = self.cleaned_data["hours"]
        if hours != self.certificate.hours and not (LEAST_HOURS <= hours <= MOST_HOURS and hours % STEP == 0):
            raise forms.ValidationError(
                _("Write the training hours from 0.5 to 999.5, in whole and half hours, for example 6 or 12.5.")
            )
        return hours

    def clean_started_on(self) -> date | None:
        return self._day("started_on")

    def clean_completed_on(self) -> date | None:
        return self._day("completed_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        began, ended = cleaned.get("started_on"), cleaned.get("completed_on")
        days = (self.certificate.started_on, self.certificate.completed_on)
        if began and ended and ended < began and (began, ended) != days:
            self.add_error("completed_on", _("The course cannot end before it began. Check both days."))
        if not self.errors and not self.corrections():
            raise forms.ValidationError(_("Nothing is different from the old one. Correct what is wrong in it."))
        return cleaned

    def corrections(self) -> dict[str, Any]:
        """What differs from the old one, by the name of its field; once the fields are clean."""
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in self.printed if cleaned[name] != getattr(self.certificate, name)}

    def changes(self) -> list[dict[str, Any]]:
        """Old and new beside each other, in words, once the form is valid."""
        differing = self.corrections()
        return [
            {
                "label": self.fields[name].label,
                "old": _said(getattr(self.certificate, name)),
                "new": _said(self.cleaned_data[name]),
                "differs": name in differing,
            }
            for name in self.printed
        ]

    def _words(self, name: str) -> str:
        """In one line and one spelling; who left a text alone has not corrected it by that."""
        old: str = getattr(self.certificate, name)
        said = _in_one_line(self.cleaned_data[name])
        return old if said == _in_one_line(old) else said

    def _day(self, name: str) -> date | None:
        """Neither still to come nor of another era; for a paper not after the day on which it was issued."""
        day: date | None = self.cleaned_data[name]
        old = self.certificate
        if day is None or day == getattr(old, name):
            return day
        if day < FIRST_DAY:
            raise forms.ValidationError(_("This year is too early. Check whether it is of the Buddhist Era."))
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Nothing is certified before it was completed."))
        if old.is_recorded and day > old.issued_on:
            raise forms.ValidationError(
                _("A certificate is not issued before the course is completed. Check both days.")
            )
        return day


def _in_one_line(text: str) -> str:
    return normalise(text).replace("\n", " ")


def _said(value: Any) -> str:
    """A value as the office reads it: days in the Buddhist Era, hours without noughts."""
    if isinstance(value, date):
        return format_be(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value or ""
