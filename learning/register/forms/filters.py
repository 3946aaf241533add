"""What a list of the register is narrowed to; it is typed into the address, so anything may stand there."""

from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Collate
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.names import COLLATION
from learning.organizations.choices import Kind, OrganizationState
from learning.organizations.models import Organization
from learning.organizations.queries import organizations_holding
from learning.people.queries import naming
from learning.places.areas import Area
from learning.places.models import District, Province

LONGEST = 100
BY_NAME = Collate("search_key", COLLATION)
# Ends with the key: the pages of a list never show a row twice.
SORTS: dict[str, list[Any]] = {
    "name": [BY_NAME, "pk"],
    "-name": [BY_NAME.desc(), "pk"],
    "kind": ["kind", BY_NAME, "pk"],
    "-kind": ["-kind", BY_NAME, "pk"],
    "place": ["province__position", F("district__position").asc(nulls_first=True), BY_NAME, "pk"],
    "-place": ["-province__position", F("district__position").desc(nulls_last=True), BY_NAME, "pk"],
}
ALL = "all"


def typed(query: QueryDict) -> QueryDict:
    """The address as a form may read it: cut, without the sign that PostgreSQL refuses."""
    clean = query.copy()
    for name in list(clean):
        clean[name] = clean[name].replace("\x00", "")[:LONGEST]
    return clean


class Filters(forms.Form):
    """A form in the address: what it does not know it leaves out."""

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.query = query
        self.offer()
        self.is_valid()

    def offer(self) -> None:
        """Choices that depend on who looks, before what was typed is read."""

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    def chosen(self) -> list[dict[str, str]]:
        """Each filter that is set, in words, with the address of the list without it."""
        found = []
        for name, field in self.fields.items():
            if not (value := self.value(name)):
                continue
            rest = self.query.copy()
            for left_out in (name, "page"):
                rest.pop(left_out, None)
            said = dict(getattr(field, "choices", ())).get(value, value)
            found.append({"label": str(field.label), "value": str(said), "url": f"?{rest.urlencode()}"})
        return found


class OrganizationFilters(Filters):
    q = forms.CharField(label=_("Name or number"), required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("of an organization", "Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices]
    )
    province = forms.ChoiceField(label=_("Province"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("of an organization", "Active")),
            (OrganizationState.MERGED, OrganizationState.MERGED.label),
            (OrganizationState.DISSOLVED, OrganizationState.DISSOLVED.label),
            (ALL, _("All, ended ones too")),
        ],
    )

    def __init__(self, query: QueryDict, *, area: Area) -> None:
        self.area = area
        super().__init__(query)

    def offer(self) -> None:
        """Provinces when the area has several; districts of the only or the chosen one."""
        fields: Any = self.fields
        chosen = self.query.get("province", "")
        inside = self.area.where(province="province", district="pk")
        provinces = list(
            Province.objects.filter(pk__in=District.objects.filter(inside).order_by().values("province")).values_list(
                "pk", "name"
            )
        )
        known = {code for code, _name in provinces}
        only = provinces[0][0] if len(provinces) == 1 else chosen if chosen in known else None
        if len(provinces) > 1:
            fields["province"].choices = [("", _("All provinces")), *provinces]
        else:
            del fields["province"]
        districts = District.objects.filter(inside, province=only).values_list("pk", "name") if only else ()
        if districts:
            fields["district"].choices = [("", _("All districts")), *districts]
        else:
            del fields["district"]

    def narrow(self, organizations: QuerySet[Organization]) -> QuerySet[Organization]:
        condition = Q()
        if text := self.value("q").strip():
            condition &= organizations_holding(text)
        for name in ("kind", "province", "district"):
            if value := self.value(name):
                condition &= Q(**{name: value})
        state = self.value("state") or OrganizationState.ACTIVE
        if state != ALL:
            condition &= Q(state=state)
        return organizations.filter(condition)


class PeopleFilters(Filters):
    q = forms.CharField(label=_("Name or phone number"), required=False)

    def condition(self) -> Q:
        text = self.value("q").strip()
        return naming(text) if text else Q()
