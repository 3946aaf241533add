"""Giving and ending duties."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.fields import ThaiDateField
from learning.duties.choices import Role
from learning.duties.flows import yesterday
from learning.duties.models import Duty
from learning.duties.queries import person_called, posts_to_give
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.areas import Area


class GiveForm(forms.Form):
    """To whom, which duty, since when. With an `organization` the duty is that of its coordinator."""

    login = forms.CharField(
        label=_("Phone number, e-mail or username of the person"),
        max_length=254,
        help_text=_("Exactly as the person signs in. Whoever has no account yet signs up first."),
    )
    post = forms.ChoiceField(label=_("Duty"))
    since = ThaiDateField(label=pgettext_lazy("of days", "From"), initial=timezone.localdate)
    until = ThaiDateField(label=_("Until"), required=False, help_text=_("The last day. Empty: until you end it."))
    order_ref = forms.CharField(label=_("Number of the order or letter"), max_length=100, required=False)

    def __init__(self, *args: Any, area: Area, organization: Organization | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts: dict[str, tuple[str, Model]] = {}
        choices = []
        if organization:
            self.posts["coordinator"] = (Role.COORDINATOR, organization)
            del self.fields["post"]
            return
        groups, offices = posts_to_give(area)
        for group in groups:
            choices.append((f"group-{group.pk}", f"{Role.PROMOTION_OFFICER.label} · {group}"))
            self.posts[f"group-{group.pk}"] = (Role.PROMOTION_OFFICER, group)
        for office in offices:
            choices.append((f"office-{office.pk}", f"{Role.MANAGEMENT_OFFICER.label} · {office}"))
            self.posts[f"office-{office.pk}"] = (Role.MANAGEMENT_OFFICER, office)
        self.fields["post"].choices = choices  # type: ignore[attr-defined]

    def clean_login(self) -> User:
        person = person_called(self.cleaned_data["login"])
        if person is None:
            raise forms.ValidationError(
                _("Nobody signs in with this. Ask the person what they sign in with, and write it exactly.")
            )
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("A duty cannot end before it begins. Choose a later day."))
        return cleaned

    @property
    def chosen(self) -> tuple[str, Model]:
        """Role and place, once the form is valid."""
        return self.posts[self.cleaned_data.get("post", "coordinator")]


class EndForm(forms.Form):
    """From today on, or after a last day."""

    when = forms.ChoiceField(
        label=_("When does it end?"),
        choices=[
            ("today", _("From today: the area is closed at once")),
            ("day", _("After a last day, which still counts")),
        ],
        initial="today",
        widget=forms.RadioSelect,
    )
    day = ThaiDateField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, duty: Duty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duty = duty

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == "day" and "day" in cleaned:
            day = cleaned["day"]
            if day is None:
                self.add_error("day", _("Write the last day, for example 30/9/2570."))
            elif day < self.duty.since:
                self.add_error("day", _("A duty cannot end before it begins. Choose a later day."))
        return cleaned

    @property
    def on(self) -> date:
        """The last day, once the form is valid."""
        return self.cleaned_data["day"] if self.cleaned_data["when"] == "day" else yesterday()
