"""Login, and one's own details."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.thai.dates import BE_OFFSET, BE_YEARS, CE_YEARS
from cms.thai.digits import to_arabic
from cms.thai.words import normalise
from learning.people.english import EnglishNameField
from learning.people.models import Gender, User
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


class BirthYearField(forms.IntegerField):
    """A year of birth in either era, shown in the Buddhist Era; the value is of the common era.

    Refused: years to come, and those of who would be older than 120.
    """

    OLDEST = 120
    default_error_messages = {
        "invalid": _("Write the year with four digits, for example 2510."),
        "implausible": _("Check the year of birth: nobody is that old, or it has not come yet."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Birth year (B.E.)"))
        kwargs.setdefault("help_text", _("For statistics only."))
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}), **kwargs)

    def to_python(self, value: Any) -> int | None:
        year = super().to_python(to_arabic(normalise(value)) if isinstance(value, str) else value)
        if year is None:
            return None
        if year in BE_YEARS:
            year -= BE_OFFSET
        elif year not in CE_YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        this_year = timezone.localdate().year
        if not this_year - self.OLDEST <= year <= this_year:
            raise forms.ValidationError(self.error_messages["implausible"], code="implausible")
        return year

    def prepare_value(self, value: Any) -> Any:
        return value + BE_OFFSET if isinstance(value, int) else value


class StatisticsFields(forms.Form):
    """What may stay empty, and is counted and never shown to others."""

    gender = forms.ChoiceField(
        label=_("Gender"),
        required=False,
        choices=[("", _("Not given")), *Gender.choices],
        help_text=_("For statistics only."),
    )
    birth_year = BirthYearField()


class DetailsForm(NameFields, StatisticsFields):
    """The name as it will stand on the next certificate, how to reach the person, and two facts for statistics."""

    name_en = EnglishNameField()
    phone = ThaiPhoneField(label=_("Phone number"), required=False)
    field_order = ["title", "first_name", "last_name", "name_en", "phone", "gender", "birth_year"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        initial = {name: getattr(user, name) for name in self.field_order}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_phone(self) -> str | None:
        phone = self.cleaned_data["phone"] or None
        if phone and User.objects.filter(phone=phone).exclude(pk=self.user.pk).exists():
            raise forms.ValidationError(_("Another account uses this phone number."))
        return phone
