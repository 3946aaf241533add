"""A model's date whose form field reads the Buddhist Era."""

from typing import Any

from django import forms
from django.db import models

from cms.thai.fields import ThaiDateField


class ThaiDateModelField(models.DateField):
    """A DateField like any other in the database; in every form, Wagtail's too, a ThaiDateField."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        kwargs.pop("widget", None)  # Wagtail's calendar shows and takes the Gregorian year
        return super().formfield(form_class=ThaiDateField, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs
