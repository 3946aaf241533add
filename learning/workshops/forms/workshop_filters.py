"""What the list of workshops is narrowed to; it is typed into the address, so anything may stand there."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from courses.catalog.choices import Topic
from learning.places.models import TransferCenter
from learning.workshops.choices import COMING, WorkshopState
from learning.workshops.models import Workshop
from learning.workshops.queries.scope import Desk

LONGEST = 100
AHEAD, PAST = "ahead", "past"


class WorkshopFilters(forms.Form):
    """What it does not know it leaves out."""

    q = forms.CharField(label=_("Part of the title"), required=False)
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("To come and past")), (AHEAD, _("Still to come")), (PAST, _("Past"))],
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *WorkshopState.choices])
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=[("", _("All topics")), *Topic.choices])
    center = forms.ChoiceField(label=_("Transfer center"), required=False)

    def __init__(self, query: QueryDict, *, desk: Desk) -> None:
        clean = query.copy()
        for name in list(clean):
            clean[name] = clean[name].replace("\x00", "")[:LONGEST]
        super().__init__(clean)
        self.query = clean
        if desk.is_head_office or desk.people:
            centers = [(str(one.pk), str(one)) for one in TransferCenter.objects.all()]
            self.fields["center"].choices = [("", _("All centers")), *centers]  # type: ignore[attr-defined]
        else:
            del self.fields["center"]
        self.is_valid()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    def narrow(self, rows: QuerySet[Workshop], *, today: date) -> QuerySet[Workshop]:
        """Those to come in their order; the others, and both together, with the latest first."""
        for name in ("state", "topic", "center"):
            if value := self.value(name):
                rows = rows.filter(**{name: value})
        if text := self.value("q").strip():
            rows = rows.filter(title__icontains=text)
        match self.value("when"):
            case "ahead":
                return rows.filter(state__in=COMING, last_on__gte=today).order_by("first_on", "pk")
            case "past":
                rows = rows.filter(last_on__lt=today)
        return rows.order_by("-first_on", "-pk")

    @property
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
