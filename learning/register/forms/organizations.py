"""What an office writes of an organization: its facts, and what becomes of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.dates import MONTHS
from cms.thai.fields import ThaiDateField
from cms.thai.names import organization_key
from cms.thai.words import normalise
from learning.organizations.choices import Kind, OrganizationState
from learning.organizations.models import Organization
from learning.places.areas import Area
from learning.places.models import District, Province

NOT_THE_DISTRICT = _("District not given")
OTHERS = 5


class PlaceField(forms.ChoiceField):
    """A district of an area, or a province of it without a district; the value is (province, district or None)."""

    default_error_messages = {
        "required": _("Choose the district."),
        "invalid_choice": _("Choose a district of your own area."),
    }

    def offer(self, area: Area, *, also: Organization | None = None) -> None:
        """The places of an area, in Thai order; `also` the place where something stands already."""
        inside = area.where(province="province", district="pk")
        if also and also.district_id:
            inside |= Q(pk=also.district_id)
        offered: dict[Province, list[tuple[str, str]]] = {}
        for district in District.objects.filter(inside).select_related("province"):
            province = district.province
            if province not in offered:
                stands_here = also is not None and also.district_id is None and also.province_id == province.pk
                whole = area.has_province(province.pk) or stands_here
                offered[province] = [(province.pk, str(NOT_THE_DISTRICT))] if whole else []
            offered[province].append((district.pk, str(district)))
        self.choices = [("", "—"), *((str(province), places) for province, places in offered.items())]

    def clean(self, value: Any) -> tuple[Province, District | None] | None:
        code = super().clean(value)
        if not code:
            return None
        if len(code) == 2:
            return Province.objects.get(pk=code), None
        district = District.objects.select_related("province").get(pk=code)
        return district.province, district


class ParentField(forms.CharField):
    """The organization that another belongs to, by its name or number; an empty line: none."""

    default_error_messages = {
        "unknown": _("No organization of this name is active in the register. Write its whole name or its number."),
        "several": _("Several organizations bear this name. Write the number of the one you mean."),
    }

    def resolve(self, written: str, *, near: tuple[Province, District | None] | None) -> Organization | None:
        """The one meant; of several with the name the one that stands nearest. ValidationError otherwise."""
        text = normalise(written)
        if not text:
            return None
        named = Q(search_key=organization_key(text)) | Q(registration_number=text) | Q(juristic_number=text)
        found = list(Organization.objects.filter(named, state=OrganizationState.ACTIVE).order_by()[:100])
        if near:
            province, district = near
            closest = [one for one in found if district and one.district_id == district.pk]
            found = closest or [one for one in found if one.province_id == province.pk] or found
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            raise forms.ValidationError(self.error_messages["several"], code="several")
        return found[0]


class OrderFields(forms.Form):
    """Since when something holds, and the paper that says so."""

    on = ThaiDateField(label=_("From which day"), initial=timezone.localdate, max_date=timezone.localdate)
    order_ref = forms.CharField(label=_("Number of the order or letter"), max_length=100, required=False)


class OrganizationForm(OrderFields):
    """The facts of an organization."""

    kind = forms.ChoiceField(label=pgettext_lazy("of an organization", "Kind"), choices=[("", "—"), *Kind.choices])
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("As it is registered, with สหกรณ์ and จำกัด where they belong to it."),
    )
    place = PlaceField(label=_("District"))
    parent = ParentField(
        label=_("Belongs to"),
        max_length=200,
        required=False,
        help_text=_("Of a group: the cooperative it is attached to. Its name, or its registration number."),
    )
    registration_number = forms.CharField(label=_("Registration number"), max_length=40, required=False)
    juristic_number = forms.CharField(label=_("13-digit number"), max_length=20, required=False)
    year_end_day = forms.IntegerField(
        label=_("Accounting year ends on day"),
        required=False,
        min_value=1,
        max_value=31,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    year_end_month = forms.TypedChoiceField(
        label=_("Accounting year ends in month"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "—"), *((number, name) for number, name in enumerate(MONTHS, start=1))],
    )
    field_order = [
        "kind",
        "name",
        "place",
        "parent",
        "registration_number",
        "juristic_number",
        "year_end_day",
        "year_end_month",
        "on",
        "order_ref",
    ]

    def __init__(self, *args: Any, area: Area, organization: Organization | None = None, **kwargs: Any) -> None:
        if organization:
            kwargs["initial"] = _facts(organization)
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(area, also=organization)  # type: ignore[attr-defined]
        if organization is None:
            on = self.fields["on"]
            on.required, on.initial = False, None
            on.label = _("Registered or founded on")
            on.help_text = _("If you do not know the day, leave it empty.")
        else:
            self.fields["on"].help_text = _("Reports of the days before keep what was true then.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "parent" in cleaned:
            try:
                cleaned["parent"] = self.fields["parent"].resolve(  # type: ignore[attr-defined]
                    cleaned["parent"], near=cleaned.get("place")
                )
            except forms.ValidationError as error:
                self.add_error("parent", error)
        if (cleaned.get("year_end_day") is None) != (cleaned.get("year_end_month") is None):
            self.add_error("year_end_day", _("Give both the day and the month, or neither."))
        if not self.errors:
            cleaned["province"], cleaned["district"] = cleaned.pop("place")
        return cleaned


def _facts(organization: Organization) -> dict[str, Any]:
    same = ("kind", "name", "registration_number", "juristic_number", "year_end_day", "year_end_month")
    return {
        **{name: getattr(organization, name) for name in same},
        "place": organization.district_id or organization.province_id,
        "parent": organization.parent.name if organization.parent else "",
    }


class EndingForm(OrderFields):
    """From which day an organization is no more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].help_text = _("The first day on which it is no more; positions end the day before.")


class SplitForm(OrderFields):
    """The new organization, and who goes to it."""

    name = forms.CharField(label=_("Name of the new organization"), max_length=200)
    place = PlaceField(label=_("District"))
    registration_number = forms.CharField(label=_("Registration number"), max_length=40, required=False)
    field_order = ["name", "place", "registration_number", "on", "order_ref"]

    def __init__(self, *args: Any, area: Area, organization: Organization, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"place": organization.district_id or organization.province_id})
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(area, also=organization)  # type: ignore[attr-defined]
        self.fields["on"].help_text = _("The first day of the new organization.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            cleaned["province"], cleaned["district"] = cleaned.pop("place")
        return cleaned


def hidden(form: forms.Form) -> Sequence[tuple[str, str]]:
    """What was sent, to be sent once more by a page that asks whether it is meant."""
    return [(field.html_name, str(field.value() or "")) for field in form]
