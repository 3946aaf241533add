from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from cms.thai.fields import ThaiDateField

DAY = date(2026, 11, 23)


class Meeting(forms.Form):
    day = ThaiDateField(min_date=date(2026, 1, 1), max_date=lambda: date(2026, 12, 31))
    minutes_day = ThaiDateField(required=False)


def errors_of(written: str) -> list[str]:
    with override("en"):
        form = Meeting({"day": written})
        return [str(error) for error in form.errors.get("day", [])]


def test_a_day_in_the_buddhist_era_is_cleaned_to_a_date() -> None:
    form = Meeting({"day": " ๒๓/๑๑/๒๕๖๙ ", "minutes_day": "23 พ.ย. 2569"})
    assert form.is_valid()
    assert form.cleaned_data == {"day": DAY, "minutes_day": DAY}


def test_an_empty_line_is_no_date_where_none_is_needed() -> None:
    form = Meeting({"day": "23/11/2569", "minutes_day": "\u200b "})
    assert form.is_valid()
    assert form.cleaned_data["minutes_day"] is None


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "Write the date, for example 23/11/2569."),
        ("soon", "Write the date as day/month/year, for example 23/11/2569."),
        ("31/02/2569", "Check the day: this month of that year does not have it."),
        ("31/12/2568", "Choose 1 มกราคม 2569 or a later day."),
        ("01/01/2570", "Choose 31 ธันวาคม 2569 or an earlier day."),
    ],
)
def test_each_error_is_one_sentence_that_tells_what_to_do(written: str, sentence: str) -> None:
    assert errors_of(written) == [sentence]


def test_the_first_and_the_last_allowed_day_are_allowed() -> None:
    assert errors_of("01/01/2569") == []
    assert errors_of("31/12/2569") == []


def test_what_was_typed_stays_in_the_line() -> None:
    form = Meeting({"day": "31/02/2569"})
    assert not form.is_valid()
    assert 'value="31/02/2569"' in str(form["day"])


def test_a_stored_day_is_shown_as_it_is_written_here() -> None:
    assert 'value="23/11/2569"' in str(Meeting(initial={"day": DAY})["day"])


def test_the_line_is_text_with_a_number_pad() -> None:
    shown = str(Meeting()["day"])
    assert 'type="text"' in shown
    assert 'inputmode="numeric"' in shown
    assert "value=" not in shown


def test_the_same_day_in_another_era_is_no_change() -> None:
    assert not Meeting({"day": "23/11/2026"}, initial={"day": DAY}).has_changed()
    assert Meeting({"day": "24/11/2026"}, initial={"day": DAY}).has_changed()


def test_a_date_that_is_one_already_is_taken() -> None:
    assert ThaiDateField().clean(DAY) == DAY
