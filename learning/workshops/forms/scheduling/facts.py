"""The facts of a workshop besides its days and places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.models import CertificateDesign
from certification.queries import offered_designs
from cms.thai.fields import ThaiDateField
from courses.catalog.choices import Topic
from courses.catalog.queries import published_courses
from courses.quizzes.models import Quiz
from learning.enrollments.forms.group import CourseField
from learning.organizations.forms import kinds_field, positions_field
from learning.places.models import Province
from learning.workshops.models import Workshop

NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
MOST_SEATS = 2000
WHAT = ("title", "topic", "course", "aim")
SEATS = ("capacity", "min_participants", "registration_closes_on", "confirms_by_officer", "is_listed")
FOR_WHOM = ("positions", "kinds", "provinces", "most_per_organization")
LEARNING = (
    "hours", "attendance_percent", "needs_evaluation", "pre_test", "post_test", "needs_post_test", "needs_lessons",
    "certificate_design",
)  # fmt: skip
WHOM_TO_ASK = ("contact", "contact_phone")


def _number(label: Any, *, least: int, most: int, required: bool = True, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=required, widget=forms.TextInput(NUMBER), **kwargs
    )


class FactsForm(forms.Form):
    """All facts that `flows.scheduling.change_workshop` changes; `revision` is the one that the page showed."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=pgettext_lazy("of a workshop", "Title"),
        max_length=150,
        help_text=_("As it should stand on the invitation."),
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    course = CourseField(label=_("Course it belongs to"), required=False, empty_label=_("No course of the academy"))
    aim = forms.CharField(
        label=_("Aim"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What should people be able to do afterwards?"),
    )
    capacity = _number(pgettext_lazy("of a workshop", "Seats"), least=1, most=MOST_SEATS)
    min_participants = _number(
        _("Fewest people"), least=0, most=MOST_SEATS, required=False, help_text=_("With fewer it is not worth it.")
    )
    registration_closes_on = ThaiDateField(
        label=_("Last day to register"), required=False, help_text=_("Empty: until it begins.")
    )
    confirms_by_officer = forms.BooleanField(label=_("An officer confirms each seat"), required=False)
    is_listed = forms.BooleanField(label=_("Learners find it and register themselves"), required=False, initial=True)
    positions = positions_field()
    kinds = kinds_field()
    provinces = forms.ModelMultipleChoiceField(
        queryset=Province.objects.none(),
        label=_("Provinces"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: people from everywhere."),
    )
    most_per_organization = _number(_("Most people of one organization"), least=1, most=MOST_SEATS, required=False)
    contact = forms.CharField(label=_("Whom to ask"), max_length=150, required=False)
    contact_phone = forms.CharField(
        label=_("Phone"), max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    hours = forms.DecimalField(
        label=_("Training hours"),
        min_value=0,
        max_digits=5,
        decimal_places=1,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("They stand on the certificate."),
    )
    attendance_percent = _number(
        _("Attendance needed (percent)"), least=0, most=100, help_text=_("Over all planned half-days.")
    )
    needs_evaluation = forms.BooleanField(label=_("The evaluation must be sent"), required=False)
    pre_test = forms.ModelChoiceField(
        queryset=Quiz.objects.none(), label=_("Pre-test"), required=False, empty_label=_("None")
    )
    post_test = forms.ModelChoiceField(
        queryset=Quiz.objects.none(), label=_("Post-test"), required=False, empty_label=_("None")
    )
    needs_post_test = forms.BooleanField(label=_("The post-test must be passed"), required=False)
    needs_lessons = forms.BooleanField(label=_("Lessons of the course must be done first"), required=False)
    certificate_design = forms.ModelChoiceField(
        queryset=CertificateDesign.objects.none(),
        label=_("Certificate"),
        required=False,
        empty_label=pgettext_lazy("a certificate", "None is issued"),
    )

    def __init__(self, data: Any = None, *, workshop: Workshop | None = None, **kwargs: Any) -> None:
        if workshop:
            kwargs["initial"] = facts_of(workshop) | kwargs.get("initial", {})
        super().__init__(data, **kwargs)
        self.workshop = workshop
        for name, rows in {
            "course": published_courses(),
            "provinces": Province.objects.all(),
            "pre_test": Quiz.objects.filter(draft=False),
            "post_test": Quiz.objects.filter(draft=False),
            "certificate_design": offered_designs(chosen=workshop.certificate_design_id if workshop else None),
        }.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What one line says must fit what another one says."""
        cleaned = super().clean() or {}
        for when, missing, name, sentence in (
            ("needs_post_test", "post_test", "post_test", _("Choose the post-test that must be passed.")),
            ("needs_lessons", "course", "course", _("Choose the course whose lessons must be done first.")),
        ):
            if cleaned.get(when) and not cleaned.get(missing) and name not in self.errors:
                self.add_error(name, sentence)
        if (cleaned.get("min_participants") or 0) > cleaned.get("capacity", MOST_SEATS):
            self.add_error("min_participants", _("There are not so many seats."))
        first_on, closes_on = self.first_on(cleaned), cleaned.get("registration_closes_on")
        if first_on and closes_on and closes_on > first_on:
            self.add_error("registration_closes_on", _("Choose a day before the workshop begins."))
        return cleaned

    def first_on(self, cleaned: dict[str, Any]) -> Any:
        """The first day, as far as it is known."""
        return self.workshop.first_on if self.workshop else None

    @property
    def facts(self) -> dict[str, Any]:
        """For the flows, without what is no fact of the model."""
        names = (*WHAT, *SEATS, *FOR_WHOM, *LEARNING, *WHOM_TO_ASK)
        facts = {name: self.cleaned_data[name] for name in names}
        facts["min_participants"] = facts["min_participants"] or 0
        facts["provinces"] = list(facts["provinces"])
        return facts

    def part(self, *names: str) -> list[Any]:
        return [self[name] for name in names]

    @property
    def parts(self) -> dict[str, list[Any]]:
        """The lines of the page, by section."""
        return {
            "what": self.part(*WHAT),
            "seats": self.part(*SEATS),
            "for_whom": self.part(*FOR_WHOM),
            "learning": self.part(*LEARNING),
            "whom_to_ask": self.part(*WHOM_TO_ASK),
        }

    @property
    def faulty_parts(self) -> set[str]:
        """Sections with a line to be looked at again: they stand open."""
        return {part for part, lines in self.parts.items() if any(line.errors for line in lines)}


def facts_of(workshop: Workshop) -> dict[str, Any]:
    names = {*WHAT, *SEATS, *FOR_WHOM, *LEARNING, *WHOM_TO_ASK} - {"provinces"}
    facts = {name: getattr(workshop, name) for name in names}
    return facts | {"revision": workshop.revision, "provinces": workshop.provinces.all() if workshop.pk else []}
