"""The pages of batches: as many queries with thirty rows as with one, and nothing for who has no part in them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning.records.flows.issuing import open_workshop_batch
from learning.records.lines import work_on_batch
from learning.records.models import BatchItem, IssueBatch
from learning.workshops.models import Seat, Workshop
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_often_with_thirty_as_with_one(
    hold: Callable[[int], Workshop], cast: Cast, client: Client, count: int
) -> None:
    workshop = hold(1)
    client.force_login(cast.wipa)
    IssueBatch.objects.bulk_create(
        IssueBatch(title=f"ชุดที่ {number}", workshop=workshop, asked_by=cast.wipa) for number in range(count)
    )
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("records:batches"))
    assert (page.content.decode().count("ชุดที่ "), len(captured)) == (count, 5)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_batch_asks_as_often_with_thirty_refused_as_with_one(
    hold: Callable[[int], Workshop], cast: Cast, client: Client, count: int
) -> None:
    workshop = hold(count)
    client.force_login(cast.wipa)
    batch = open_workshop_batch(workshop, by=cast.wipa)
    BatchItem.objects.update(state="refused", refusal="ยังขาด แบบทดสอบหลังอบรม")
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse("records:batch", args=[batch.pk]))
    assert (page.content.decode().count("ยังขาด แบบทดสอบ"), len(captured)) == (count, 10)


def test_the_center_presses_once_and_others_find_nothing(
    hold: Callable[[int], Workshop], cast: Cast, client: Client
) -> None:
    workshop = hold(2)
    address = reverse("records:issue_workshop", args=[workshop.pk])
    for person, status in ((cast.malee, 403), (cast.somchai, 404), (cast.wipa, 302)):
        client.force_login(person)
        assert client.post(address).status_code == status
    batch = IssueBatch.objects.get()
    assert (batch.asked_by, batch.items.count(), Seat.objects.count()) == (cast.wipa, 2, 2)
    told = client.get(reverse("records:batch_progress", args=[batch.pk])).json()
    assert (told["state"], told["is_over"]) == ("waiting", False)
    client.force_login(cast.somchai)
    assert client.get(reverse("records:batch", args=[batch.pk])).status_code == 404


def test_the_page_of_a_batch_leads_to_its_certificates_in_the_register(
    hold: Callable[[int], Workshop], cast: Cast, client: Client
) -> None:
    batch = open_workshop_batch(hold(2), by=cast.wipa)
    work_on_batch(batch.pk)
    client.force_login(cast.wipa)
    way = f"{reverse('records:certificates')}?batch={batch.pk}"
    assert f'href="{way}"' in client.get(reverse("records:batch", args=[batch.pk])).content.decode()
    assert client.get(way).context["counts"]["total"] == 2
