"""Choosing as whose member one learns."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learning.organizations.models import Membership


class MembershipChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organization} · {obj.get_position_display()}"


class EnrollForm(forms.Form):
    """An enrollment counts for exactly one organization: the one chosen here."""

    membership = MembershipChoice(
        label=_("You learn as a member of"),
        queryset=Membership.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose the organization you learn for."),
            "invalid_choice": _("You are not a member of this organization today. Choose another."),
        },
    )

    def __init__(self, *args: Any, memberships: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["membership"]
        field.queryset = memberships  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial["membership"] = memberships.first()
