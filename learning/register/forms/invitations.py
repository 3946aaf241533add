"""A first password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from learning.people.models import User
from learning.people.phones import ThaiPhoneField

_help = lazy(password_validators_help_text_html, str)


class WelcomeForm(forms.Form):
    """A password, and a phone number to sign in with when none is known."""

    phone = ThaiPhoneField(
        label=_("Phone number"), required=False, help_text=_("You sign in with it next time, instead of a username.")
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_help(),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if person.phone:
            del self.fields["phone"]

    def clean_phone(self) -> str | None:
        phone = self.cleaned_data["phone"] or None
        if phone and User.objects.filter(phone=phone).exists():
            raise ValidationError(_("Another account uses this phone number."))
        return phone

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password


class InvitationCodeForm(forms.Form):
    """The code of a slip as a person types it."""

    code = forms.CharField(
        label=_("Code"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("The large letters on the slip. Small letters, spaces and dashes do not matter."),
    )
