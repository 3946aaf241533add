"""What a center writes of its venues, rooms, trainers, vehicles and equipment, and when they cannot be had."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.fields import ThaiDateField
from courses.catalog.choices import Topic
from learning.duties.queries import person_called
from learning.people.models import User
from learning.places.models import District, Province, TransferCenter
from learning.workshops.choices import DayLength, ResourceKind
from learning.workshops.models import Resource, Venue

NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
MOST_SEATS = 5000
FARTHEST = timedelta(days=3 * 366)


def today() -> date:
    return timezone.localdate()


def farthest() -> date:
    return timezone.localdate() + FARTHEST


class WhereField(forms.ChoiceField):
    """A district of the provinces that a center serves, or any province; the value is (province, district or None)."""

    default_error_messages = {
        "required": _("Choose the district."),
        "invalid_choice": _("Choose a district or a province from the list."),
    }

    def __init__(self, center: TransferCenter, *, also: Venue | None = None) -> None:
        super().__init__(label=_("District"))
        self.provinces = {one.pk: one for one in Province.objects.all()}
        near = {center.host_province_id, *center.provinces.values_list("pk", flat=True)}
        if also:
            near.add(also.province_id)
        self.districts = {one.pk: one for one in District.objects.filter(province__in=near)}
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in self.districts.values():
            groups.setdefault(one.province_id, []).append((one.pk, one.full_name))
        own = [
            (
                self.provinces[code].full_name,
                [(code, _("%(province)s, district not given") % {"province": self.provinces[code]}), *places],
            )
            for code, places in groups.items()
        ]
        others = [(code, province.full_name) for code, province in self.provinces.items() if code not in near]
        self.choices = [("", "—"), *own, (_("Other provinces"), others)]

    def clean(self, value: Any) -> tuple[Province, District | None]:
        code = super().clean(value)
        return self.provinces[code[:2]], self.districts.get(code)


class VenueForm(forms.Form):
    """A house with rooms: the center's own, a cooperative's hall, a school."""

    name = forms.CharField(label=_("Name"), max_length=150)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    way_there = forms.CharField(
        label=_("How to get there"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands in the invitation."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, data: Any = None, *, center: TransferCenter, venue: Venue | None = None) -> None:
        initial: dict[str, Any] = {}
        if venue:
            initial = {name: getattr(venue, name) for name in ("name", "address", "way_there", "is_active")}
            initial["place"] = venue.district_id or venue.province_id
        super().__init__(data, initial=initial)
        self.fields["place"] = WhereField(center, also=venue)
        self.order_fields(["name", "place", "address", "way_there", "is_active"])
        if venue is None:
            del self.fields["is_active"]

    @property
    def facts(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        facts["province"], facts["district"] = facts.pop("place")
        return facts


class AccountField(forms.CharField):
    """Somebody's phone number, e-mail address or username; the value is the person."""

    default_error_messages = {
        "unknown": _("Nobody signs in with this. Write the whole phone number, e-mail address or username."),
    }

    def clean(self, value: Any) -> User | None:
        written = super().clean(value)
        if not written:
            return None
        found = person_called(written)
        if found is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found

    def prepare_value(self, value: Any) -> Any:
        return (value.phone or value.email or value.username) if isinstance(value, User) else value


class ResourceForm(forms.Form):
    """The lines that its kind has."""

    name = forms.CharField(label=_("Name"), max_length=150)
    venue = forms.ModelChoiceField(queryset=Venue.objects.none(), label=_("Venue"), empty_label=_("Choose the venue"))
    capacity = forms.IntegerField(
        label=pgettext_lazy("of a workshop", "Seats"), min_value=1, max_value=MOST_SEATS, widget=forms.TextInput(NUMBER)
    )
    equipment = forms.CharField(
        label=_("Equipment in the room"), max_length=300, required=False, help_text=_("For example projector, sound.")
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one topic.")},
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    person = AccountField(
        label=_("Account"),
        max_length=254,
        required=False,
        help_text=_(
            "Phone, e-mail or username with which the trainer signs in: then the workshops stand in the calendar."
        ),
    )
    most_days = forms.IntegerField(
        label=_("Most days of teaching in a month"),
        min_value=1,
        max_value=31,
        required=False,
        widget=forms.TextInput(NUMBER),
        help_text=_("It is kept when days are proposed."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    LINES = {
        ResourceKind.ROOM: ("name", "venue", "capacity", "equipment", "note"),
        ResourceKind.TRAINER: ("name", "topics", "phone", "person", "most_days", "note"),
        ResourceKind.VEHICLE: ("name", "note"),
        ResourceKind.EQUIPMENT: ("name", "note"),
    }

    def __init__(self, data: Any = None, *, resource: Resource) -> None:
        lines = self.LINES[ResourceKind(resource.kind)]
        initial = {name: getattr(resource, name) for name in lines} if resource.pk else {}
        super().__init__(data, initial=initial)
        self.fields = {name: self.fields[name] for name in lines}
        if "venue" in self.fields:
            venues = Venue.objects.filter(center=resource.center_id, is_active=True)
            also = Venue.objects.filter(pk=resource.venue_id)
            self.fields["venue"].queryset = (venues | also).distinct()  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Days on which somebody or something is not to be booked."""

    since = ThaiDateField(label=pgettext_lazy("of days", "From"), min_date=today, max_date=farthest)
    until = ThaiDateField(label=_("Until"), max_date=farthest, required=False, help_text=_("Empty: only that day."))
    day_length = forms.ChoiceField(
        label=_("Length of a day"), choices=DayLength.choices, initial=DayLength.FULL, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Your center reads it in the calendar. Leave out what is private."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("since") and not cleaned.get("until") and "until" not in self.errors:
            cleaned["until"] = cleaned["since"]
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("The last day lies before the first one."))
        return cleaned


class ClosedDayForm(forms.Form):
    """A day on which the center is closed."""

    on = ThaiDateField(label=_("Day"), min_date=today, max_date=farthest)
    name = forms.CharField(label=_("Why"), max_length=150)
