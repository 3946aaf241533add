"""What is asked of a report, as fields of an address: area, course, days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.thai.dates import fiscal_quarter, fiscal_year_be, format_be
from cms.thai.fields import ThaiDateField
from courses.catalog.models import CoursePage
from learning.reports.question import NOW, Days, Question, fiscal_year_days
from learning.reports.within import Within

YEARS_BACK = 4


def yesterday() -> date:
    """The last day that is over."""
    return timezone.localdate() - timedelta(days=1)


class QuestionForm(forms.Form):
    """Without anything chosen: the area given, all courses, now."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    course = forms.TypedChoiceField(label=_("Course"), required=False, coerce=int, empty_value=None)
    period = forms.ChoiceField(label=_("Of which days"), required=False)
    since = ThaiDateField(label=pgettext_lazy("of days", "From"), required=False)
    on = ThaiDateField(label=_("As of, or until"), required=False, max_date=yesterday)

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Within],
        chosen: Within,
        courses: Sequence[tuple[int, str]],
        has_days: bool = True,
        has_course: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        self.titles = dict(courses)
        offered = {one.code: one.label for one in areas}
        offered.setdefault(chosen.code, chosen.label)
        self._choices("area", list(offered.items()))
        if len(offered) == 1:
            self.fields["area"].widget = forms.HiddenInput()
        self._choices("course", [("", gettext("All courses")), *((str(pk), title) for pk, title in courses)])
        self._choices("period", period_choices(timezone.localdate()))
        if not has_days:
            for name in ("period", "since", "on"):
                del self.fields[name]
        if not has_course:
            del self.fields["course"]

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        period, since, on = cleaned.get("period"), cleaned.get("since"), cleaned.get("on")
        if period in {"day", "days"} and not on and "on" not in self.errors:
            self.add_error("on", gettext("Write the day, for example 30/09/2569."))
        if period == "days" and on and not since and "since" not in self.errors:
            self.add_error("since", gettext("Write the first day, for example 01/10/2568."))
        if period == "days" and since and on and since > on:
            self.add_error("since", gettext("The first day comes after the last. Exchange them."))
        return cleaned

    @property
    def question(self) -> Question:
        """What was asked; of a form with mistakes, the state of now."""
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        pk = cleaned.get("course")
        course = CoursePage(pk=pk, title=self.titles[pk]) if pk in self.titles else None
        return Question(self.chosen, days_of(cleaned), course)

    def filters(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """What was chosen, in words: label, value, and the fields that say it."""
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        found: list[tuple[str, str, tuple[str, ...]]] = []
        if cleaned.get("course") in self.titles:
            found.append((str(self.fields["course"].label), self.titles[cleaned["course"]], ("course",)))
        period, on = cleaned.get("period"), cleaned.get("on")
        if period == "day" and on:
            found.append((gettext("As of"), format_be(on, "short"), ("period", "on", "since")))
        elif period == "days" and on:
            days = f"{format_be(cleaned['since'], 'short')} – {format_be(on, 'short')}"
            found.append((gettext("Days"), days, ("period", "on", "since")))
        elif period:
            found.append(
                (gettext("Days"), dict(period_choices(timezone.localdate()))[period], ("period", "on", "since"))
            )
        return found


def period_choices(today: date) -> list[tuple[str, str]]:
    """Now, a past day, a stretch of days, and the fiscal years and quarters that have at least one day behind them."""
    over = today - timedelta(days=1)
    choices = [("", gettext("Now")), ("day", gettext("As of a past day")), ("days", gettext("Between two days"))]
    this_year = fiscal_year_be(over)
    for year in range(this_year, this_year - YEARS_BACK - 1, -1):
        choices.append((f"y{year}", gettext("Fiscal year %(year)s") % {"year": year}))
        last = fiscal_quarter(over) if year == this_year else 4
        choices.extend(
            (f"q{year}-{quarter}", gettext("Quarter %(quarter)s/%(year)s") % {"quarter": quarter, "year": year})
            for quarter in range(last, 0, -1)
        )
    return choices


def days_of(cleaned: dict[str, Any]) -> Days:
    """The days that the fields mean; a year or quarter that is not over counts until yesterday."""
    period = cleaned.get("period") or ""
    if period == "day":
        return Days(until=cleaned["on"])
    if period == "days":
        return Days(cleaned["since"], cleaned["on"])
    if period[:1] in {"y", "q"}:
        year, _dash, quarter = period[1:].partition("-")
        since, until = fiscal_year_days(int(year), int(quarter or 0))
        return Days(since, min(until, yesterday()))
    return NOW
