"""What is asked of a plan: which year, for whom, how long to search; and what dropped out."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.thai.fields import ThaiDateField
from learning.places.models import TransferCenter
from learning.workshops.choices import ResourceKind
from learning.workshops.models import Resource
from learning.workshops.planning.making import has_solver
from learning.workshops.planning.wishes import years_to_plan
from learning.workshops.queries.plans import may_drop_out
from learning.workshops.queries.scope import Desk

SECONDS = (30, 60, 120)
FARTHEST = timedelta(days=2 * 366)
ALL = "all"


def centers_planned_by(desk: Desk) -> list[tuple[str, str]]:
    """For whom somebody may ask for a plan: head office for all together or for one."""
    rows = TransferCenter.objects.all() if desk.is_head_office else TransferCenter.objects.filter(pk__in=desk.centers)
    choices = [(str(center.pk), str(center)) for center in rows]
    return [(ALL, _("All centers")), *choices] if desk.is_head_office else choices


class _OfCenters(forms.Form):
    center = forms.ChoiceField(label=gettext_lazy("Center"))

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = centers_planned_by(desk)
        self.fields["center"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["center"].widget = forms.HiddenInput()
            self.fields["center"].initial = choices[0][0]

    def clean_center(self) -> TransferCenter | None:
        """None: all of them."""
        value = self.cleaned_data["center"]
        return None if value == ALL else TransferCenter.objects.get(pk=value)


class PlanForm(_OfCenters):
    """The exact search is offered only where it is installed."""

    fiscal_year = forms.TypedChoiceField(label=gettext_lazy("Fiscal year"), coerce=int)
    seconds = forms.TypedChoiceField(
        label=gettext_lazy("How to search"), coerce=int, required=False, empty_value=0, widget=forms.RadioSelect
    )
    field_order = ["fiscal_year", "center", "seconds"]

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, desk=desk, **kwargs)
        self.fields["fiscal_year"].choices = [(year, str(year)) for year in years_to_plan()]  # type: ignore[attr-defined]
        if not has_solver():
            del self.fields["seconds"]
            return
        self.fields["seconds"].initial = 0
        self.fields["seconds"].choices = [  # type: ignore[attr-defined]
            (0, _("At once: a good plan")),
            *(
                (
                    seconds,
                    ngettext(
                        "%(count)d second: nearer to the best plan, and how near",
                        "%(count)d seconds: nearer to the best plan, and how near",
                        seconds,
                    )
                    % {"count": seconds},
                )
                for seconds in SECONDS
            ),
        ]

    def clean_seconds(self) -> int:
        return int(self.cleaned_data.get("seconds") or 0)


class RepairForm(_OfCenters):
    """A room or trainer, and the days on which it is not to be had."""

    resource = forms.ModelChoiceField(
        label=gettext_lazy("What drops out"),
        queryset=Resource.objects.none(),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose the room or the trainer.")},
    )
    since = ThaiDateField(label=gettext_lazy("From"), min_date=timezone.localdate)
    until = ThaiDateField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Empty: to the end of the fiscal year."),
    )
    field_order = ["resource", "since", "until", "center"]

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, desk=desk, **kwargs)
        field = self.fields["resource"]
        field.queryset = may_drop_out(desk)  # type: ignore[attr-defined]
        field.choices = [("", _("Choose")), *_grouped(list(field.queryset), desk)]  # type: ignore[attr-defined]
        self.fields["since"].initial = timezone.localdate() + timedelta(days=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first. Look at the days again."))
        if (since and since > _farthest()) or (until and until > _farthest()):
            self.add_error("since", _("Choose days within the next two years."))
        return cleaned


def _farthest() -> date:
    return timezone.localdate() + FARTHEST


def _grouped(resources: list[Resource], desk: Desk) -> list[tuple[str, list[tuple[int, str]]]]:
    """Rooms and trainers under their names; for several centers each under its own."""
    several = len({one.center_id for one in resources}) > 1

    def heading(one: Resource) -> str:
        kind = _("Rooms") if one.kind == ResourceKind.ROOM else _("Trainers")
        return f"{kind} · {one.center.short_name}" if several else kind

    return [(label, [(one.pk, _name(one)) for one in group]) for label, group in groupby(resources, key=heading)]


def _name(one: Resource) -> str:
    return f"{one.name} · {one.venue}" if one.venue else one.name
