"""Who must learn what, by when: one page in three parts."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.thai.fields import ThaiDateField
from courses.catalog.models import CoursePage
from courses.catalog.queries import learning_paths
from learning.duties.queries import organizations_in
from learning.enrollments.audiences import Audience
from learning.enrollments.choices import CountsFrom
from learning.enrollments.forms.group import CourseField, ids_written
from learning.enrollments.models.assignment import usual_reminders
from learning.organizations.choices import OrganizationState
from learning.organizations.forms import kinds_field, positions_field
from learning.organizations.models import Organization
from learning.organizations.queries import organizations_named
from learning.places.areas import Area
from learning.places.models import District, Province

COURSES = 5
FOUND = 20
MOST_ORGANIZATIONS = 100
REMINDER_DAYS = (-30, -14, -7, -3, -1, 1, 7, 14, 30)
VALIDITY = (6, 12, 24, 36, 48, 60)


def _reminder_label(days: int) -> Any:
    if days < 0:
        return ngettext_lazy("%(days)d day before", "%(days)d days before", "days") % {"days": -days}
    return ngettext_lazy("%(days)d day after", "%(days)d days after", "days") % {"days": days}


class OrganizationsField(forms.ModelMultipleChoiceField):
    """Organizations by their keys; numbers that no key can be are no choice, where a database would fail."""

    def clean(self, value: Any) -> Any:
        written = {str(one) for one in value or ()}
        if len(ids_written(list(written))) < len(written):
            raise forms.ValidationError(_("Choose organizations from the list."), code="invalid_choice")
        return super().clean(value)


class AssignmentForm(forms.Form):
    """Places and organizations are offered only from the area in which a person assigns."""

    title = forms.CharField(label=_("Title"), max_length=150, help_text=_("As it stands in the reminder."))
    reason = forms.CharField(
        label=_("Why"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A sentence for those who must learn."),
    )
    positions = positions_field()
    kinds = kinds_field()
    where = forms.ChoiceField(
        label=_("Where?"),
        choices=[
            ("places", _("Everywhere in the places ticked below")),
            ("organizations", _("Only in single organizations")),
        ],
        initial="places",
        widget=forms.RadioSelect,
    )
    provinces = forms.ModelMultipleChoiceField(
        label=_("Whole provinces"),
        queryset=Province.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    districts = forms.ModelMultipleChoiceField(
        label=_("Districts"), queryset=District.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    organizations = OrganizationsField(
        label=_("Organizations"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    includes_groups = forms.BooleanField(
        label=_("Also the groups attached to these organizations"), required=False, initial=True
    )
    starts_on = ThaiDateField(label=_("Begins"), initial=timezone.localdate)
    counts_from = forms.ChoiceField(
        label=_("The days are counted from"),
        choices=CountsFrom.choices,
        initial=CountsFrom.DATE,
        widget=forms.RadioSelect,
    )
    due_days = forms.IntegerField(
        label=_("Days to complete it"),
        min_value=1,
        max_value=1000,
        initial=60,
        help_text=_("Whoever comes in late still gets two weeks."),
    )
    reminders = forms.TypedMultipleChoiceField(
        label=_("Reminders"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(days, _reminder_label(days)) for days in REMINDER_DAYS],
        initial=usual_reminders,
        help_text=_("Days before and after the due day."),
    )
    required_hours = forms.DecimalField(
        label=_("Hours that are enough"),
        min_value=0.5,
        max_value=999,
        max_digits=4,
        decimal_places=1,
        required=False,
        help_text=_("Empty: all the courses are needed."),
    )
    validity_months = forms.TypedChoiceField(
        label=_("To be learnt anew after"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            ("", _("Never: once is enough")),
            *(
                (months, ngettext_lazy("%(months)d month", "%(months)d months", "months") % {"months": months})
                for months in VALIDITY
            ),
        ],
    )
    renews_each_term = forms.BooleanField(label=_("Anew with each term of office"), required=False)

    def __init__(
        self, data: Any = None, *, area: Area, courses: QuerySet[CoursePage], typed: QueryDict | None = None
    ) -> None:
        """With `typed` instead of `data` the form shows what was typed and checks nothing yet."""
        super().__init__(data)
        self.open_courses = courses
        self.fields["path"] = forms.ModelChoiceField(
            queryset=learning_paths(),
            required=False,
            empty_label=_("No learning path"),
            label=_("A learning path"),
            help_text=_("Its courses in their order. Or choose single courses below."),
        )
        for number in range(1, COURSES + 1):
            self.fields[f"course_{number}"] = CourseField(
                queryset=courses,
                required=False,
                empty_label=_("No course"),
                label=_("Course %(number)d") % {"number": number},
            )
        fields: Any = self.fields
        fields["provinces"].queryset = Province.objects.filter(pk__in=area.provinces)
        fields["districts"].queryset = District.objects.filter(
            Q(pk__in=area.districts) | Q(province__in=area.provinces)
        ).select_related("province")
        within = organizations_in(area).filter(state=OrganizationState.ACTIVE)
        fields["organizations"].queryset = within
        if typed is not None:
            self.initial = {
                name: field.widget.value_from_datadict(typed, {}, name) for name, field in self.fields.items()
            }
        self._offer(within, typed if typed is not None else data)

    def _offer(self, within: QuerySet[Organization], sent: QueryDict | None) -> None:
        """Organizations to tick: those ticked already, and those that a search has found."""
        ticked = sent.getlist("organizations")[:MOST_ORGANIZATIONS] if sent else []
        keys = ids_written(ticked)
        self.offered = list(within.filter(pk__in=keys).select_related("district", "province"))
        self.ticked = {organization.pk for organization in self.offered}
        self.q = text = str(sent.get("q", "") if sent else "").replace("\x00", "")[:100]
        if text.strip():
            found = organizations_named(text).filter(pk__in=within.order_by().values("pk")).exclude(pk__in=keys)
            self.offered += found[:FOUND]

    @property
    def course_fields(self) -> list[Any]:
        return [self[f"course_{number}"] for number in range(1, COURSES + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.courses and not {"path", "course_1"} & self.errors.keys():
            self.add_error("course_1", _("Choose at least one course."))
        if cleaned.get("where") == "places" and not (cleaned.get("provinces") or cleaned.get("districts")):
            self.add_error("where", _("Tick at least one province or district."))
        if cleaned.get("where") == "organizations":
            if not cleaned.get("organizations"):
                self.add_error("where", _("Search for the organizations by name and tick at least one."))
            elif len(cleaned["organizations"]) > MOST_ORGANIZATIONS:
                self.add_error("where", _("At most 100 single organizations. Tick places instead."))
        return cleaned

    @property
    def courses(self) -> list[CoursePage]:
        """Of the path first, as far as they are open for enrollment, then the single ones; each once."""
        path = self.cleaned_data.get("path")
        of_path = [step.course for step in path.steps.all()] if path else []
        is_open = set(self.open_courses.filter(pk__in=[course.pk for course in of_path]).values_list("pk", flat=True))
        single = [self.cleaned_data.get(f"course_{number}") for number in range(1, COURSES + 1)]
        return list(dict.fromkeys([*(course for course in of_path if course.pk in is_open), *filter(None, single)]))

    @property
    def audience(self) -> Audience:
        """Once the form is valid. A district inside a ticked province adds nothing."""
        facts = self.cleaned_data
        is_single = facts["where"] == "organizations"
        provinces = set() if is_single else {one.pk for one in facts["provinces"]}
        districts = set() if is_single else {one.pk for one in facts["districts"] if one.province_id not in provinces}
        return Audience(
            area=Area.of(provinces=provinces, districts=districts),
            positions=facts["positions"],
            kinds=facts["kinds"],
            organizations=list(facts["organizations"]) if is_single else (),
            includes_groups=facts["includes_groups"],
        )

    @property
    def terms(self) -> dict[str, Any]:
        """The rest, as the flow wants it."""
        names = ("title", "reason", "starts_on", "counts_from", "due_days", "reminders", "required_hours")
        return {name: self.cleaned_data[name] for name in (*names, "validity_months", "renews_each_term")}
