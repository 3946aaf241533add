"""A form field that reads dates as they are written in Thailand."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.thai.dates import BE_OFFSET, NotAThaiDate, format_be, parse_thai_date
from cms.thai.words import normalise

Limit = date | Callable[[], date] | None


class ThaiDateInput(forms.TextInput):
    """One line for a date: shows dd/mm/yyyy of the Buddhist Era, or what was typed when that is no date.

    Not `<input type="date">`: most browsers show the Gregorian year in it. The number pad of a phone may
    lack the slash, so the field reads 23112569 as well.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        hints = {"inputmode": "numeric", "placeholder": _("dd/mm/yyyy (B.E.)"), "autocomplete": "off"}
        super().__init__({**hints, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value.day:02}/{value.month:02}/{value.year + BE_OFFSET}"
        return value or None


class ThaiDateField(forms.DateField):
    """A date in either era, in Arabic or Thai digits; see `parse_thai_date` for the ways to write it.

    `min_date` and `max_date` (a day, or a function that gives one, such as `timezone.localdate`) are allowed
    days themselves. What was typed stays in the line beside the sentence that tells what to do.
    """

    widget = ThaiDateInput
    default_error_messages = {
        "required": _("Write the date, for example 23/11/2569."),
        "min_date": _("Choose %(limit)s or a later day."),
        "max_date": _("Choose %(limit)s or an earlier day."),
    }

    def __init__(self, *, min_date: Limit = None, max_date: Limit = None, **kwargs: Any) -> None:
        self.min_date, self.max_date = min_date, max_date
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day meant, or None for an empty line. ValidationError with the sentence of `NotAThaiDate`."""
        if not isinstance(value, str):
            return super().to_python(value)
        written = normalise(value)
        if not written:
            return None
        try:
            return parse_thai_date(written)
        except NotAThaiDate as wrong:
            raise ValidationError(wrong.message, code=wrong.code) from wrong

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        for code, limit, is_beyond in (
            ("min_date", self.min_date, date.__lt__),
            ("max_date", self.max_date, date.__gt__),
        ):
            day = limit() if callable(limit) else limit
            if day is not None and is_beyond(value, day):
                raise ValidationError(self.error_messages[code], code=code, params={"limit": format_be(day)})
