"""What an office or a coordinator writes of a person and a position."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.thai.fields import ThaiDateField
from learning.organizations.choices import BOARD_POSITIONS, Position
from learning.organizations.kinds import positions_in
from learning.organizations.models import Membership, Organization
from learning.people.english import EnglishNameField
from learning.people.forms import StatisticsFields
from learning.people.phones import ThaiPhoneField
from learning.people.signup import NameFields
from learning.register.namesakes import Typed


class SeatForm(forms.Form):
    """Which position, since when, until when, in which term."""

    position = forms.ChoiceField(label=_("Position"))
    since = ThaiDateField(label=_("Since"), initial=timezone.localdate)
    until = ThaiDateField(
        label=_("Until"),
        required=False,
        help_text=_("The last day. Empty for a seat on a board: two years, as the law says."),
    )
    term_number = forms.TypedChoiceField(
        label=_("Term on the board"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("As the register counts")), (1, _("First term")), (2, _("Second term in a row"))],
    )

    def __init__(
        self, *args: Any, organization: Organization, membership: Membership | None = None, **kwargs: Any
    ) -> None:
        if membership:
            names = ("position", "since", "until", "term_number")
            kwargs["initial"] = {name: getattr(membership, name) for name in names}
        super().__init__(*args, **kwargs)
        offered = positions_in(organization.kind)
        self.fields["position"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((position.value, position.label) for position in offered),
        ]
        if membership:
            self.fields["until"].help_text = _("The last day. Empty: until it is ended.")
        if not set(offered) & set(BOARD_POSITIONS):
            del self.fields["term_number"]
            self.fields["until"].help_text = _("The last day. Empty: until it is ended.")

    def clean_position(self) -> Position:
        return Position(self.cleaned_data["position"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("A position cannot end before it begins. Choose a later day."))
        return cleaned


class PersonForm(NameFields, StatisticsFields):
    """A person whom an office enters; neither phone nor e-mail is needed."""

    name_en = EnglishNameField()
    phone = ThaiPhoneField(label=_("Phone number"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    field_order = ["title", "first_name", "last_name", "name_en", "phone", "email", "gender", "birth_year"]

    @property
    def typed(self) -> Typed:
        """Once the form is valid."""
        facts = self.cleaned_data
        return Typed(
            title=facts["title"],
            first_name=facts["first_name"],
            last_name=facts["last_name"],
            name_en=facts["name_en"],
            phone=facts["phone"] or None,
            email=facts["email"],
            gender=facts["gender"],
            birth_year=facts["birth_year"],
        )


class EndForm(forms.Form):
    """The last day of a position."""

    on = ThaiDateField(label=_("Last day"), initial=timezone.localdate)
