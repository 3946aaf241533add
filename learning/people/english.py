"""A name in English as an ID card or a passport prints it: letters from A to Z and the signs between them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.thai.words import normalise

LONGEST = 100
# What telephones make of an apostrophe and a hyphen.
_SIGNS = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "‐": "-", "‑": "-"})
_NAME = re.compile(r"[A-Za-z .'-]*[A-Za-z][A-Za-z .'-]*")
REFUSED = _(
    "Write the name in English letters, A to Z, as on the ID card. "
    "Besides them only spaces, hyphens, apostrophes and full stops may stand in it."
)


def in_one_spelling(text: str) -> str:
    """One blank between words, one apostrophe, one hyphen; capitals stay as they are written."""
    return " ".join(normalise(text.translate(_SIGNS)).split())


def is_english(name: str) -> bool:
    """Whether a name, in one spelling, has at least one letter and nothing that an ID card would not print."""
    return _NAME.fullmatch(name) is not None


class EnglishNameField(forms.CharField):
    """May stay empty; at most 100 signs, counted in its one spelling."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Name in English"))
        kwargs.setdefault(
            "help_text",
            _("As on the ID card or passport, for example Malee Jaidee. Certificates in two languages print it."),
        )
        super().__init__(max_length=LONGEST, required=False, **kwargs)
        self.widget.attrs.update({"lang": "en", "autocapitalize": "words", "spellcheck": "false"})

    def to_python(self, value: Any) -> str:
        return in_one_spelling(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_english(value):
            raise ValidationError(REFUSED, code="not_english")
