"""Nobody holds the same duty twice on one day: neither by giving it, nor by moving its last day, nor by the admin."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from learning.duties.choices import Role
from learning.duties.flows import end_duty, give_duty
from learning.duties.models import Duty
from learning.duties.queries import areas_of
from learning.kernel.refusals import Refused
from tests.cast import Cast
from tests.factories.duties import make_duty, make_group, office_of
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db
OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-11-23T03:00:00+00:00", tick=False):
        yield


def give(cast: Cast, since: date, until: date | None = None, **facts: Any) -> Duty:
    """To krit, as officer of the management development group of Chai Nat."""
    facts = {"role": Role.MANAGEMENT_OFFICER, "place": office_of(), "by": cast.somchai, **facts}
    return give_duty(cast.krit, since=since, until=until, **facts)


def held(cast: Cast) -> list[tuple[date, date | None]]:
    return list(Duty.objects.filter(user=cast.krit).order_by("since", "pk").values_list("since", "until"))


OVERLAPPING = [
    # since, until of what is held · since, until of what is given · how the sentence begins and ends
    (OCTOBER, None, SEPTEMBER, None, "from 1 ตุลาคม 2569 on, without", "choose days before it."),
    (OCTOBER, None, TODAY, None, "from 1 ตุลาคม 2569 on, without", "choose days before it."),
    (OCTOBER, None, OCTOBER, TODAY, "from 1 ตุลาคม 2569 on, without", "choose days before it."),
    (OCTOBER, None, SEPTEMBER, OCTOBER, "from 1 ตุลาคม 2569 on, without", "choose days before it."),
    (OCTOBER, TOMORROW, TODAY, None, "from 1 ตุลาคม 2569 to 24 พฤศจิกายน 2569.", "choose a day after it."),
    (OCTOBER, TOMORROW, OCTOBER, None, "from 1 ตุลาคม 2569 to 24 พฤศจิกายน 2569.", "choose a day after it."),
    (OCTOBER, TOMORROW, TOMORROW, None, "from 1 ตุลาคม 2569 to 24 พฤศจิกายน 2569.", "choose a day after it."),
    (OCTOBER, TOMORROW, SEPTEMBER, date(2027, 1, 1), "to 24 พฤศจิกายน 2569.", "choose a day after it."),
    (SEPTEMBER, OCTOBER, OCTOBER, None, "had this duty from 1 กันยายน 2569 to 1 ตุลาคม 2569.", "Choose other days."),
]


@pytest.mark.parametrize(("since", "until", "new_since", "new_until", "says", "asks"), OVERLAPPING)
def test_a_duty_that_shares_a_day_with_the_same_one_is_refused_and_the_days_are_told(
    cast: Cast, head: Duty, since: date, until: date | None, new_since: date, new_until: date | None, says: str,
    asks: str,
) -> None:  # fmt: skip
    make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), since=since, until=until)
    with translation.override("en"), pytest.raises(Refused) as refused:
        give(cast, new_since, new_until)
    told = refused.value.sentence
    assert (refused.value.status, str(cast.krit) in told) == (422, True)
    assert (says in told, told.endswith(asks)) == (True, True), told
    assert held(cast) == [(since, until)]


def test_the_first_of_several_that_share_a_day_is_the_one_told(cast: Cast, head: Duty) -> None:
    for day in (TODAY, SEPTEMBER):
        make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), since=day, until=day)
    with pytest.raises(Refused) as refused:
        give(cast, SEPTEMBER)
    assert "ถึง 1 กันยายน 2569" in refused.value.sentence


def test_days_that_touch_are_two_duties_one_after_the_other(cast: Cast, head: Duty) -> None:
    make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), since=OCTOBER, until=TODAY)
    give(cast, TOMORROW)
    give(cast, SEPTEMBER, date(2026, 9, 30))
    assert held(cast) == [(SEPTEMBER, date(2026, 9, 30)), (OCTOBER, TODAY), (TOMORROW, None)]


@pytest.mark.parametrize("until", [None, TOMORROW])
def test_the_same_duty_on_the_same_days_is_the_one_there_is(cast: Cast, head: Duty, until: date | None) -> None:
    assert give(cast, OCTOBER, until) == give(cast, OCTOBER, until)
    assert held(cast) == [(OCTOBER, until)]


def test_another_place_role_or_person_shares_days_freely(cast: Cast, head: Duty) -> None:
    make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of("เชียงใหม่"))
    make_duty(cast.krit, Role.PROVINCIAL_HEAD, office_of())
    make_duty(cast.malee, Role.MANAGEMENT_OFFICER, office_of())
    give(cast, OCTOBER)
    give(cast, OCTOBER, role=Role.PROMOTION_OFFICER, place=make_group("สรรพยา"))
    assert Duty.objects.filter(since=OCTOBER).count() == 2


def test_the_head_office_is_one_place(cast: Cast) -> None:
    make_duty(cast.krit, Role.HEAD_OFFICE, since=OCTOBER)
    cast.somchai.is_superuser = True
    with pytest.raises(Refused):
        give(cast, TODAY, role=Role.HEAD_OFFICE, place=None)


def test_the_page_tells_the_refusal_and_keeps_what_was_written(cast: Cast, somchai: Client, head: Duty) -> None:
    make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), since=OCTOBER, until=TOMORROW)
    sent = {"login": "krit", "post": f"office-{office_of().pk}", "since": "23/11/2569", "order_ref": "12/2569"}
    page = somchai.post("/office/duties/give/", {**sent, "sure": "1"})
    form = page.context["form"]
    assert (page.status_code, page.templates[0].name) == (422, "duties/give.html")
    assert len(form.non_field_errors()) == 1
    assert form.non_field_errors()[0] in page.content.decode()
    assert [form[name].value() for name in sent] == list(sent.values())


def test_who_ends_one_and_is_given_it_anew_holds_it_once(cast: Cast, head: Duty) -> None:
    old = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), since=OCTOBER, until=TOMORROW)
    end_duty(old, on=date(2026, 11, 22), by=cast.somchai)
    new = give(cast, TODAY, order_ref="12/2569")
    assert (new.until, new.order_ref, len(areas_of(cast.krit).posts)) == (None, "12/2569", 1)
    end_duty(new, on=date(2026, 11, 22), by=cast.somchai)
    assert not areas_of(cast.krit)


def test_a_later_last_day_does_not_run_into_the_duty_that_follows(cast: Cast, head: Duty) -> None:
    first = make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), since=OCTOBER, until=TODAY)
    make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), since=date(2026, 12, 1))
    end_duty(first, on=date(2026, 11, 30), by=cast.somchai)
    with pytest.raises(Refused) as refused:
        end_duty(first, on=date(2026, 12, 1), by=cast.somchai)
    assert refused.value.status == 422
    assert held(cast) == [(OCTOBER, date(2026, 11, 30)), (date(2026, 12, 1), None)]


def test_one_of_two_that_were_entered_for_the_same_days_can_still_be_ended(cast: Cast, head: Duty) -> None:
    twice = [make_duty(cast.krit, Role.MANAGEMENT_OFFICER, office_of(), since=day) for day in (SEPTEMBER, OCTOBER)]
    for duty in twice:
        end_duty(duty, on=TODAY, by=cast.somchai)
    assert held(cast) == [(SEPTEMBER, TODAY), (OCTOBER, TODAY)]


def test_an_administrator_enters_no_day_twice_either(cast: Cast) -> None:
    there = make_duty(cast.krit, Role.PROVINCIAL_HEAD, office_of(), since=OCTOBER, until=TOMORROW)
    there.clean()
    twice = Duty(user=cast.krit, role=Role.PROVINCIAL_HEAD, office=office_of(), since=TODAY)
    with pytest.raises(ValidationError) as wrong:
        twice.clean()
    assert list(wrong.value.message_dict) == ["since"]
    twice.since = date(2026, 11, 25)
    twice.clean()
    Duty(role=Role.PROVINCIAL_HEAD, office=office_of(), since=TODAY).clean()  # the person is asked for by its own line


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_whose_days_overlap_one_is_given(cast: Cast) -> None:
    make_duty(cast.somchai, Role.PROVINCIAL_HEAD, office_of())
    days = [SEPTEMBER, OCTOBER, TODAY, TOMORROW]
    given = at_once(*[lambda day=day: give(cast, day) for day in days])  # type: ignore[misc]
    assert sorted(type(one).__name__ for one in given) == ["Duty", "Refused", "Refused", "Refused"]
    assert Duty.objects.filter(user=cast.krit).count() == 1
