"""Public holidays are an administrator's; closed days of centers do not stand among them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from learning.people.models import User
from learning.workshops.models import ClosedDay
from learning.workshops.wagtail_hooks import HolidayViewSet
from tests.cast import Cast
from tests.factories.workshops import center

DAY = date(2027, 1, 1)


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.create_superuser("administrator"))
    return client


def address(view: str, *args: object) -> str:
    return reverse(HolidayViewSet().get_url_name(view), args=args)


def test_a_holiday_is_entered_in_the_buddhist_era_and_once(administrator: Client) -> None:
    assert administrator.post(address("add"), {"on": "1/1/2570", "name": "วันขึ้นปีใหม่"}).status_code == 302
    assert list(ClosedDay.objects.values_list("on", "name", "center")) == [(DAY, "วันขึ้นปีใหม่", None)]
    answer = administrator.post(address("add"), {"on": "2027-01-01", "name": "อีกชื่อหนึ่ง"})
    assert (answer.status_code, "วันขึ้นปีใหม่" in answer.content.decode(), ClosedDay.objects.count()) == (200, True, 1)


def test_closed_days_of_centers_are_not_in_the_list(administrator: Client) -> None:
    ClosedDay.objects.create(on=DAY, name="วันขึ้นปีใหม่")
    ClosedDay.objects.create(on=DAY, name="ประชุมประจำปีของศูนย์", center=center())
    page = administrator.get(address("list")).content.decode()
    assert ("วันขึ้นปีใหม่" in page, "ประชุมประจำปีของศูนย์" in page) == (True, False)


def test_authors_do_not_keep_holidays(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.wipa)
    assert client.post(address("add"), {"on": "1/1/2570", "name": "วันขึ้นปีใหม่"}).status_code == 302
    assert ClosedDay.objects.count() == 0
