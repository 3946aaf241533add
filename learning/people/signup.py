"""The name fields and the sign-up details.

They stand apart from `forms` because allauth imports them while its own forms are being made.
"""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.thai.words import normalise
from learning.people.phones import e164

TITLES = ("นาย", "นาง", "นางสาว")


class TitleInput(forms.TextInput):
    """The three usual titles are offered; a rank, ดร. or พระ is typed."""

    template_name = "people/title_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-titles"})
        context["titles"] = TITLES
        return context


class NameFields(forms.Form):
    """A name the Thai way: title, given name, family name."""

    title = forms.CharField(
        label=pgettext_lazy("before a name", "Title"),
        max_length=40,
        required=False,
        widget=TitleInput(attrs={"autocomplete": "honorific-prefix"}),
    )
    first_name = forms.CharField(
        label=_("Given name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Family name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("title", "first_name", "last_name"):
            if name in cleaned:
                cleaned[name] = normalise(cleaned[name])
        if cleaned.get("first_name") == "":  # nothing but signs that nobody sees
            self.add_error("first_name", self.fields["first_name"].error_messages["required"])
        return cleaned


class SignupDetails(NameFields):
    """What a new person tells besides phone, e-mail, username and password."""

    field_order = ["title", "first_name", "last_name", "phone", "email", "username", "password1"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if e164(cleaned.get("username") or "").startswith("+"):  # at sign-in it would be looked for among the phones
            self.add_error("username", _("This is a phone number. Write it in the line for the phone number."))
        if not self.errors and not any(cleaned.get(name) for name in ("phone", "email", "username")):
            self.add_error(
                "phone", _("Give a phone number, an e-mail address or a username: you sign in with it next time.")
            )
        return cleaned

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth with the new user, before it is first saved with a password."""
        for name in ("title", "first_name", "last_name"):
            setattr(user, name, self.cleaned_data[name])
        user.save(update_fields=["title", "first_name", "last_name"])
