"""Thai phone numbers: written 081-234-5678, kept as +66812345678 (E.164)."""

import re

import phonenumbers
from allauth.account.fields import PhoneField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.thai.digits import to_arabic


def e164(text: str) -> str:
    """The number as +66…; text that is no phone number comes back stripped and unchanged."""
    text = to_arabic(text).strip().lstrip("'")
    try:
        number = phonenumbers.parse(text, "TH")
    except phonenumbers.NumberParseException:
        return text
    # The library reads letters as the keys of a telephone (0800-FLOWERS); a username is no number.
    is_written = str(number.national_number) in re.sub(r"[\W_]", "", text)
    if not is_written or not phonenumbers.is_valid_number(number):
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def local(number: str) -> str:
    """081-234-5678 for +66812345678; a foreign number stays as it is."""
    if not number.startswith("+66"):
        return number
    digits = "0" + number[3:]
    return (
        f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 10 else f"{digits[:1]}-{digits[1:5]}-{digits[5:]}"
    )


class ThaiPhoneField(PhoneField):
    """Accepts a Thai number the way it is written in Thailand."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("validators", [])
        super().__init__(*args, **kwargs)
        self.widget.attrs.update({"inputmode": "tel", "placeholder": "081-234-5678"})

    def to_python(self, value: object) -> str:
        text = e164(str(super().to_python(value) or ""))
        if text and not text.startswith("+"):
            raise ValidationError(_("This is not a phone number. Write it like 081-234-5678."), code="invalid_phone")
        return text

    def prepare_value(self, value: object) -> object:
        return local(value) if isinstance(value, str) else value
