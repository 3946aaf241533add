"""What an office writes when it asks a center for a workshop: one page, and nothing typed is lost."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.thai.fields import ThaiDateField
from courses.catalog.choices import Topic
from courses.catalog.models import CoursePage
from learning.duties.queries import organizations_in
from learning.enrollments.forms.group import CourseField, ids_written
from learning.organizations.choices import OrganizationState
from learning.organizations.forms import kinds_field, positions_field
from learning.organizations.models import Organization
from learning.organizations.queries import organizations_named
from learning.places.models import ProvincialOffice
from learning.workshops.choices import DayLength, RequestState
from learning.workshops.forms.request_fields import BahtField, CenterField, WhereField, most_days_of_a_week, too_short
from learning.workshops.models import WorkshopRequest
from learning.workshops.queries.requests import public_holidays
from learning.workshops.queries.scope import Desk

WINDOWS = (1, 2, 3)
MOST_DAYS = 5
LONGEST_WINDOW = timedelta(days=366)
FARTHEST = timedelta(days=2 * 366)
FOUND = 20
OFFERED_AT_ONCE = 12
MOST_ORGANIZATIONS = 100
MOST_PEOPLE = 2000
COUNT = "count_"
FACTS = (
    "title", "topic", "course", "aim", "kinds", "positions", "day_count", "day_length", "place_wish", "budget_line",
    "budget", "letter_ref", "letter_on",
)  # fmt: skip


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def farthest() -> date:
    return timezone.localdate() + FARTHEST


class RequestForm(forms.Form):
    """Organizations are offered from the area of the officer, centers with those of the province first."""

    title = forms.CharField(
        label=_("Title of the workshop"),
        max_length=150,
        help_text=_("As it should stand on the invitation."),
        error_messages={
            "required": _("Write the title of the workshop."),
            "max_length": _("Write the title in at most 150 letters."),
        },
    )
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", _("As the course, or choose here")), *Topic.choices]
    )
    course = CourseField(
        label=_("Course it belongs to"),
        required=False,
        empty_label=_("No course of the academy"),
        help_text=_("If any."),
    )
    aim = forms.CharField(
        label=_("Aim"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What should people be able to do afterwards?"),
        error_messages={
            "required": _("Write what the workshop is for, in one or two sentences."),
            "max_length": _("Write the aim in at most 1,000 letters."),
        },
    )
    kinds = kinds_field()
    positions = positions_field()
    q = forms.CharField(label=_("Part of the organization's name"), required=False, max_length=100)
    day_count = forms.TypedChoiceField(
        label=_("Number of days"),
        coerce=int,
        choices=[
            (days, ngettext_lazy("%(days)d day", "%(days)d days", "days") % {"days": days})
            for days in range(1, MOST_DAYS + 1)
        ],
        initial=1,
    )
    day_length = forms.ChoiceField(
        label=_("Length of a day"), choices=DayLength.choices, initial=DayLength.FULL, widget=forms.RadioSelect
    )
    place_wish = forms.CharField(
        label=_("Wished place"),
        max_length=200,
        required=False,
        help_text=_("For example the hall of a cooperative. Empty: the center chooses."),
    )
    budget_line = forms.CharField(label=_("Budget line"), max_length=150, required=False)
    budget = BahtField(label=_("Budget (baht)"), required=False)
    letter_ref = forms.CharField(label=_("Number of the letter"), max_length=100, required=False)
    letter_on = ThaiDateField(label=_("Date of the letter"), required=False, max_date=timezone.localdate)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        desk: Desk,
        request: WorkshopRequest | None = None,
        like: WorkshopRequest | None = None,
        typed: QueryDict | None = None,
    ) -> None:
        """`request` is changed, `like` is asked for again. With `typed` it shows what was typed and checks nothing."""
        super().__init__(data)
        self.request, self.desk = request, desk
        shown = request or like
        offices = ProvincialOffice.objects.filter(pk__in=desk.offices).select_related("province")
        self.offices = [request.office] if request else list(offices)
        fields: dict[str, Any] = self.fields
        if request is None or request.state == RequestState.DRAFT:
            fields["center"] = CenterField(self.offices)
        if len(self.offices) > 1:
            fields["office"] = forms.ChoiceField(
                label=_("In the name of which office?"), choices=[(one.pk, str(one)) for one in self.offices]
            )
        fields["where"] = WhereField(self.offices)
        own = Q(pk=shown.course_id) if shown and shown.course_id else Q(pk__in=[])
        published = Q(live=True, outline__lesson_count__gt=0)
        fields["course"].queryset = CoursePage.objects.filter(published | own).order_by("path")
        for number in WINDOWS:
            names = {"number": number}
            fields[f"since_{number}"] = ThaiDateField(
                label=_("Wish %(number)d: from") % names, required=number == 1, min_date=tomorrow, max_date=farthest
            )
            fields[f"until_{number}"] = ThaiDateField(
                label=_("Wish %(number)d: until") % names, required=number == 1, min_date=tomorrow, max_date=farthest
            )
        if shown:
            self.initial = written_in(shown, with_days=request is not None)
        self._offer_organizations(typed if typed is not None else data)
        if typed is not None:
            self.initial = {
                name: field.widget.value_from_datadict(typed, {}, name) for name, field in self.fields.items()
            }

    # --- organizations -----------------------------------------------------------------------------------
    def _offer_organizations(self, sent: QueryDict | None) -> None:
        """A line each: those with people already, and those that a search has found."""
        within = organizations_in(self.desk.people).filter(state=OrganizationState.ACTIVE)
        known = {int(name.removeprefix(COUNT)) for name in self.initial if name.startswith(COUNT)}
        keys = self._keys_sent(sent) if sent is not None else known
        self.has_strangers = False
        offered = self._named(keys, within.values("pk"), known)
        self.has_strangers = len(offered) < len(keys)
        text = str(sent.get("q", "") if sent else "").replace("\x00", "")[:100]
        self.was_searched = bool(text.strip())
        found: list[Organization] = []
        if self.was_searched:
            named = organizations_named(text).filter(pk__in=within.order_by().values("pk")).exclude(pk__in=keys)
            found = list(named[: FOUND + 1])
        else:  # a small area is offered as a whole
            some = list(within.select_related("district", "province")[: OFFERED_AT_ONCE + 1])
            found = [one for one in some if one.pk not in keys] if len(some) <= OFFERED_AT_ONCE else []
        self.has_more = len(found) > FOUND
        self.found = found[:FOUND]
        self.offered = [*offered, *self.found]
        for organization in self.offered:
            self.fields[f"{COUNT}{organization.pk}"] = forms.IntegerField(
                label=str(organization),
                required=False,
                min_value=1,
                max_value=MOST_PEOPLE,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "invalid": _("Write how many people, in figures."),
                    "min_value": _("Write 1 or more, or leave the line empty."),
                    "max_value": _("Write at most 2,000 people."),
                },
            )

    def _keys_sent(self, sent: QueryDict) -> set[int]:
        names = [name.removeprefix(COUNT) for name in sent if name.startswith(COUNT) and sent[name].strip()]
        return set(sorted(ids_written(names))[: MOST_ORGANIZATIONS + 1])

    def _named(self, keys: set[int], within: Any, known: set[int]) -> list[Organization]:
        allowed = Q(pk__in=within) | Q(pk__in=known)
        if not keys:
            return []
        return list(Organization.objects.filter(allowed, pk__in=keys).select_related("district", "province"))

    @property
    def count_lines(self) -> Iterator[tuple[Organization, forms.BoundField]]:
        for organization in self.offered:
            yield organization, self[f"{COUNT}{organization.pk}"]

    @property
    def window_lines(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        return [(number, self[f"since_{number}"], self[f"until_{number}"]) for number in WINDOWS]

    # --- what was written --------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("topic") and "topic" not in self.errors:
            course = cleaned.get("course")
            if course:
                cleaned["topic"] = course.topic
            else:
                self.add_error("topic", _("Choose a topic, or a course below."))
        self._check_windows(cleaned)
        self._check_people()
        return cleaned

    def _check_windows(self, cleaned: dict[str, Any]) -> None:
        lines = []
        for number in WINDOWS:
            since, until = cleaned.get(f"since_{number}"), cleaned.get(f"until_{number}")
            if {f"since_{number}", f"until_{number}"} & self.errors.keys() or not (since or until):
                continue
            if not since:
                self.add_error(f"since_{number}", _("Write the first day as well."))
            elif not until:
                self.add_error(f"until_{number}", _("Write the last day as well. It may be the same day."))
            elif until < since:
                self.add_error(f"until_{number}", _("The last day comes before the first. Choose a later one."))
            elif until - since > LONGEST_WINDOW:
                self.add_error(f"until_{number}", _("Choose a last day within a year of the first."))
            else:
                lines.append((number, since, until))
        self._check_lengths(lines, cleaned.get("day_count"))
        self.windows = [(since, until) for _number, since, until in lines]

    def _check_lengths(self, lines: Iterable[tuple[int, date, date]], days: int | None) -> None:
        lines = list(lines)
        if not lines or not days:
            return
        holidays = public_holidays(min(line[1] for line in lines), max(line[2] for line in lines))
        seen: set[tuple[date, date]] = set()
        for number, since, until in lines:
            if (since, until) in seen:
                self.add_error(f"since_{number}", _("These days stand above already. Leave this wish empty."))
            elif most_days_of_a_week(since, until, holidays) < days:
                self.add_error(f"until_{number}", too_short(days))
            seen.add((since, until))

    def _check_people(self) -> None:
        if self.has_strangers:
            self.add_error("q", _("An organization is not of your area any more. Search for it again."))
        elif len(self.people) > MOST_ORGANIZATIONS:
            self.add_error("q", _("At most 100 organizations in one request. Write a second request for the others."))
        elif not self.people and not any(name.startswith(COUNT) for name in self.errors):
            self.add_error("q", _("Write for at least one organization how many people you expect."))

    @property
    def people(self) -> dict[int, int]:
        """Organization → how many are expected; once the form is checked."""
        counts = ((one.pk, self.cleaned_data.get(f"{COUNT}{one.pk}")) for one in self.offered)
        return {pk: count for pk, count in counts if count}

    @property
    def asking_office(self) -> ProvincialOffice:
        """In whose name; once the form is valid."""
        chosen = self.cleaned_data.get("office")
        return next(one for one in self.offices if chosen in (None, one.pk))

    @property
    def facts(self) -> dict[str, Any]:
        """The rest, as the flow wants it; once the form is valid."""
        facts = {name: self.cleaned_data[name] for name in FACTS}
        facts["province"], facts["district"] = self.cleaned_data["where"]
        if "center" in self.fields:
            facts["center"] = self.cleaned_data["center"]
        return facts


def written_in(request: WorkshopRequest, *, with_days: bool) -> dict[str, Any]:
    """A request as the form shows it; without its days and its letter when it is asked for again."""
    left_out = () if with_days else ("letter_ref", "letter_on")
    found = {name: getattr(request, name) for name in FACTS if name not in left_out}
    found |= {"center": request.center_id, "office": request.office_id, "course": request.course_id}
    found["where"] = request.district_id or request.province_id
    found |= {f"{COUNT}{line.organization_id}": line.count for line in request.people.all()}
    for number, window in enumerate(request.windows.all() if with_days else (), start=1):
        found |= {f"since_{number}": window.since, f"until_{number}": window.until}
    return found
