"""What the register of certificates is narrowed to; it is typed into the address, so anything may stand there."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max, Min, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from certification.choices import CertificateState, Origin
from certification.models import Certificate
from courses.catalog.models import CoursePage
from learning.places.models import TransferCenter
from learning.records.batching import batches_visible_to
from learning.records.narrowing import EXPIRED, WAITING
from learning.records.queries import Reach, districts_in, provinces_in, workshops_shown_to
from learning.register.forms.filters import Filters


class CertificateFilters(Filters):
    """`workshop` and `batch` come from links: they are no lines of the form, but stand among what is chosen."""

    q = forms.CharField(label=_("Name, number or code"), required=False)
    year = forms.ChoiceField(label=_("Fiscal year"), required=False)
    course = forms.ChoiceField(label=_("Course"), required=False)
    organization = forms.CharField(label=_("Cooperative or group"), required=False)
    province = forms.ChoiceField(label=_("Province"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    center = forms.ChoiceField(label=_("Transfer center"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("of certificates", "All states")),
            (CertificateState.VALID, CertificateState.VALID.label),
            (EXPIRED, pgettext_lazy("of certificates", "Expired")),
            (CertificateState.REVOKED, CertificateState.REVOKED.label),
            (CertificateState.REPLACED, CertificateState.REPLACED.label),
            (WAITING, _("Waiting for its file")),
        ],
    )
    origin = forms.ChoiceField(
        label=pgettext_lazy("of a certificate", "Origin"),
        required=False,
        choices=[("", _("Issued and recorded")), *Origin.choices],
    )
    workshop = forms.ChoiceField(label=_("Workshop"), required=False, widget=forms.HiddenInput)
    batch = forms.ChoiceField(label=_("Batch"), required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, *, reach: Reach, user: AbstractBaseUser) -> None:
        self.reach, self.user = reach, user
        super().__init__(query)

    def offer(self) -> None:
        """Years that have certificates; places of the area; the center when there is more than one."""
        fields: Any = self.fields
        known = Certificate.objects.aggregate(first=Min("fiscal_year"), last=Max("fiscal_year"))
        years = range(known["last"] or 0, (known["first"] or 1) - 1, -1)
        fields["year"].choices = [("", gettext("All years")), *((str(year), str(year)) for year in years)]
        courses = CoursePage.objects.order_by("title").values_list("pk", "title")
        fields["course"].choices = [("", gettext("All courses")), *courses]
        self._offer_places(fields)
        self._offer_linked(fields, "workshop", workshops_shown_to(self.user, reach=self.reach))
        self._offer_linked(fields, "batch", batches_visible_to(self.user, reach=self.reach))

    def _offer_places(self, fields: Any) -> None:
        area = self.reach.area
        provinces = list(provinces_in(area).values_list("pk", "name")) if area else []
        chosen, codes = self.query.get("province", ""), {code for code, _name in provinces}
        only = provinces[0][0] if len(provinces) == 1 else chosen if chosen in codes else ""
        districts = list(districts_in(area).filter(province=only).values_list("pk", "name")) if only else []
        centers: list[Any] = []
        if area.is_country or len(self.reach.centers) > 1 or (self.reach.centers and area):
            every = TransferCenter.objects.values_list("pk", "name")
            centers = list(every if area.is_country else every.filter(pk__in=self.reach.centers))
        for name, found, least, everywhere in (
            ("province", provinces, 2, gettext("All provinces")),
            ("district", districts, 2, gettext("All districts")),
            ("center", centers, 1, gettext("All centers")),
        ):
            if len(found) < least:
                del fields[name]
            else:
                fields[name].choices = [("", everywhere), *found]

    def _offer_linked(self, fields: Any, name: str, offered: QuerySet[Any]) -> None:
        """Only the one in the address, for there may be thousands."""
        wanted = self.query.get(name, "")
        title = None
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 10:
            title = offered.filter(pk=int(wanted)).values_list("title", flat=True).first()
        if title is None:
            del fields[name]
        else:
            fields[name].choices = [(wanted, title)]

    @property
    def asked(self) -> dict[str, str]:
        """What is asked, cleaned: for `narrowing` and for an address."""
        return {name: value for name in self.fields if (value := self.value(name).strip())}
