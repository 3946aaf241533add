"""A number with its unit: one point when it is right within the tolerance, in whatever way it is written."""

from decimal import Decimal
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.blanks import h5p
from courses.quizzes.kinds.javascript import as_list
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark
from courses.quizzes.kinds.number.amounts import Given, is_right, read, ways_to_write
from courses.quizzes.texts import parse_amount, typed

LARGEST = Decimal(10) ** 15
LONGEST_UNIT = 30  # characters


class Number(Kind):
    code = "number"
    name = gettext_lazy("Number")
    about = gettext_lazy("The learner types an amount, with its unit where that is asked for.")

    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "number_value": forms.CharField(
                label=gettext_lazy("Right number"),
                help_text=gettext_lazy("Thai or Arabic digits; a minus or brackets for less than nothing."),
                max_length=40,
            ),
            "number_tolerance": forms.CharField(
                label=gettext_lazy("Right up to this difference"),
                help_text=gettext_lazy("0: exactly this number."),
                max_length=40,
                required=False,
            ),
            "number_unit": forms.CharField(
                label=gettext_lazy("Unit"),
                help_text=gettext_lazy("Such as บาท. It stands behind the field."),
                max_length=LONGEST_UNIT,
                required=False,
            ),
            "number_units": forms.CharField(
                label=gettext_lazy("Also accepted as the unit"),
                help_text=gettext_lazy("Other ways to write it, with commas between. Baht is known in all its ways."),
                max_length=200,
                required=False,
            ),
            "number_unit_required": forms.BooleanField(
                label=gettext_lazy("The learner has to write the unit"), required=False
            ),
        }

    def written(self, body: Body) -> dict[str, Any]:
        if "value" not in body:
            return {}
        return {
            "number_value": body["value"],
            "number_tolerance": body["tolerance"],
            "number_unit": body["unit"],
            "number_units": ", ".join(body["units"]),
            "number_unit_required": body["unit_required"],
        }

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        return {
            "value": cleaned.get("number_value") or "",
            "tolerance": cleaned.get("number_tolerance") or "0",
            "unit": cleaned.get("number_unit") or "",
            "units": (cleaned.get("number_units") or "").split(","),
            "unit_required": bool(cleaned.get("number_unit_required")),
        }

    def clean(self, body: Body) -> Body:
        value, tolerance = _amount(body.get("value")), _amount(body.get("tolerance") or "0")
        if value is None:
            raise ValidationError(_("Write the right number in digits."))
        if tolerance is None or tolerance < 0:
            raise ValidationError(_("Write in digits up to which difference a number is right; 0 for none."))
        unit = _unit(body.get("unit"))
        units = list(dict.fromkeys(text for one in as_list(body.get("units")) if (text := _unit(one)) and text != unit))
        if body.get("unit_required") is True and not unit:
            raise ValidationError(_("Write the unit that the learner has to give."))
        return {
            "value": f"{value:f}",
            "tolerance": f"{tolerance:f}",
            "unit": unit,
            "units": units[:10] if unit else [],
            "unit_required": body.get("unit_required") is True,
        }

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        return {}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        # Where the unit is part of what is asked, showing it would answer for the learner.
        return {
            "given": answer or "",
            "unit": "" if body["unit_required"] else body["unit"],
            "unit_required": body["unit_required"],
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> str | None:
        if len(values) > 1:
            raise ValueError("more than one answer")
        return typed(values[0], 100) or None if values else None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return [answer] if answer else []

    def grade(self, body: Body, answer: Any) -> Mark:
        return Mark(1 if answer and is_right(read(answer, body), body) else 0, 1)

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        given = read(answer or "", body)
        right = bool(answer) and is_right(given, body)
        return {
            "given": answer or "",
            "is_right": right,
            "value": f"{Decimal(body['value']):,}",
            "unit": body["unit"],
            "tolerance": "" if Decimal(body["tolerance"]) == 0 else f"{Decimal(body['tolerance']):,}",
            "reason": "" if right or not answer else _reason(given, body),
        }

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        """One gap with the ways to write the number; the library knows no tolerance."""
        gap = {"id": "g1", "answers": ways_to_write(body), "tip": ""}
        strictness = {"case_sensitive": False, "accept_spelling_errors": False}
        return h5p.write(content, {**strictness, "parts": [gap]})

    def to_state(self, body: Body, answer: Any) -> list[str]:
        return [answer or ""]


def _amount(raw: Any) -> Decimal | None:
    amount = parse_amount(str(raw)) if len(str(raw)) <= 60 else None
    return amount if amount is not None and abs(amount) < LARGEST else None


def _unit(raw: Any) -> str:
    return " ".join(str(raw or "").split())[:LONGEST_UNIT].strip()


def _reason(given: Given, body: Body) -> str:
    """Why a number does not count, in a sentence."""
    if given.has_other_unit:
        return _("The unit is another one.")
    if given.amount is None:
        return _("This is no number that can be read.")
    difference = given.amount - Decimal(body["value"])
    if abs(difference) <= Decimal(body["tolerance"]):
        return _("The number is right, and its unit is missing.")
    if given.amount == -Decimal(body["value"]):
        return _("The amount is right, and its sign is not.")
    return _("The number is too high.") if difference > 0 else _("The number is too low.")


KIND = Number()
