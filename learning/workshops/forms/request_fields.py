"""Parts of the form of a request: the center that is asked, the place, an amount of money, how long a wish must be."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.thai.digits import to_arabic
from cms.thai.words import normalise
from learning.places.models import District, Province, ProvincialOffice, TransferCenter
from learning.workshops.calendars.working import working_days
from learning.workshops.queries.scope import centers_to_ask

BAHT = "บาท"


class CenterField(forms.ChoiceField):
    """The centers that serve the provinces of some offices, then the others; the value is the center."""

    default_error_messages = {
        "required": _("Choose the center that you ask."),
        "invalid_choice": _("Choose a center from the list."),
    }

    def __init__(self, offices: Sequence[ProvincialOffice], **kwargs: Any) -> None:
        super().__init__(label=_("Which center do you ask?"), **kwargs)
        self.centers = {str(center.pk): center for center in TransferCenter.objects.all()}
        near = [center.pk for center in centers_to_ask([office.pk for office in offices])]
        first = [(str(pk), str(self.centers[str(pk)])) for pk in near]
        others = [(key, str(center)) for key, center in self.centers.items() if center.pk not in near]
        if others:
            self.choices = [
                ("", _("Choose a center")),
                (_("Centers for your province"), first),
                (_("Other centers"), others),
            ]
        else:
            self.choices = [("", _("Choose a center")), *first]
        if len(near) == 1:
            self.initial = str(near[0])

    def clean(self, value: Any) -> TransferCenter | None:
        return self.centers.get(super().clean(value))


class WhereField(forms.ChoiceField):
    """A district of the office's province, the whole province, or another province.

    The value is (province, district or None).
    """

    default_error_messages = {
        "required": _("Choose where the workshop should be held."),
        "invalid_choice": _("Choose a district or a province from the list."),
    }

    def __init__(self, offices: Sequence[ProvincialOffice], **kwargs: Any) -> None:
        super().__init__(label=_("Where should it be held?"), **kwargs)
        provinces = {province.pk: province for province in Province.objects.all()}
        own = list(dict.fromkeys(office.province_id for office in offices))
        self.provinces = provinces
        self.districts = {one.pk: one for one in District.objects.filter(province__in=own)}
        groups: list[tuple[Any, list[tuple[str, Any]]]] = []
        for code in own:
            inside = [(one.pk, one.full_name) for one in self.districts.values() if one.province_id == code]
            anywhere = _("Anywhere in %(province)s") % {"province": provinces[code].full_name}
            groups.append((provinces[code].full_name, [(code, anywhere), *inside]))
        others = [(code, province.full_name) for code, province in provinces.items() if code not in own]
        self.choices = [*groups, (_("Other provinces"), others)]
        self.initial = own[0] if own else None

    def clean(self, value: Any) -> tuple[Province, District | None]:
        code = super().clean(value)
        district = self.districts.get(code)
        return self.provinces[code[:2]], district


class BahtField(forms.DecimalField):
    """An amount as people write it: 25,000 or ๒๕,๐๐๐ บาท."""

    default_error_messages = {
        "invalid": _("Write the amount in baht, for example 25,000."),
        "min_value": _("Write an amount of 0 baht or more."),
        "max_digits": _("Write an amount below 1,000,000,000 baht."),
        "max_whole_digits": _("Write an amount below 1,000,000,000 baht."),
        "max_decimal_places": _("Write at most two figures after the point."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(min_value=Decimal(0), max_digits=11, decimal_places=2, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = to_arabic(normalise(value)).replace(",", "").removesuffix(BAHT).strip()
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.2f}".removesuffix(".00") if isinstance(value, Decimal) else value


def most_days_of_a_week(since: date, until: date, holidays: set[date]) -> int:
    """How many working days the fullest week between two days has; a workshop never crosses a weekend."""
    weeks: dict[tuple[int, int], int] = {}
    for day in working_days(since, until, holidays):
        week = day.isocalendar()[:2]
        weeks[week] = weeks.get(week, 0) + 1
    return max(weeks.values(), default=0)


def too_short(days: int) -> Any:
    if days == 1:
        return _("There is no working day between these days. Choose a longer time.")
    sentence = _("There are not %(days)d working days of one week between these days. Choose a longer time.")
    return sentence % {"days": days}
