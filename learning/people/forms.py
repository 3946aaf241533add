"""Login, and one's own details."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from learning.people.models import User
from learning.people.phones import ThaiPhoneField, e164
from learning.people.signup import NameFields


class LoginForm(AllauthLoginForm):
    """One field for phone, e-mail or username, each as people write it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Phone number, e-mail or username")
        self.fields["login"].max_length = 254
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "placeholder": "081-234-5678"})

    def clean_login(self) -> str:
        login = str(self.cleaned_data["login"]).strip()
        return login if "@" in login else e164(login)


class SignupForm(AllauthSignupForm):
    """allauth writes "(optional)" into its labels; ours say once what is needed of the three."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = _("Phone number")
        self.fields["email"].label = _("E-mail")
        self.fields["username"].label = _("Username")
        self.fields["username"].help_text = _("Only if you have neither phone nor e-mail.")


class DetailsForm(NameFields):
    """The name as it will stand on the next certificate, and how to reach the person."""

    phone = ThaiPhoneField(label=_("Phone number"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        initial = {name: getattr(user, name) for name in ("title", "first_name", "last_name", "phone")}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_phone(self) -> str | None:
        phone = self.cleaned_data["phone"] or None
        if phone and User.objects.filter(phone=phone).exclude(pk=self.user.pk).exists():
            raise forms.ValidationError(_("Another account uses this phone number."))
        return phone
