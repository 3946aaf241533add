"""Who comes to which page: the staff of the center, those whom a workshop concerns, and nobody else."""

import pytest
from django.test import Client

from learning.workshops.models import ClosedDay, Resource, Workshop, WorkshopRequest
from tests.cast import Cast
from tests.factories.workshops import (
    center,
)
from tests.workshops.scheduling.conftest import FRIDAY, at, signed_in

pytestmark = pytest.mark.usefixtures("today", "english")


OF_A_WORKSHOP = ("change", "move", "places", "cancel", "session")
POSTED = ("open", "close", "hold")


def test_only_its_own_center_comes_to_the_pages_of_a_workshop(
    cast: Cast, workshop: Workshop, wipa: Client, somchai: Client, head_office: Client, other_center: Client,
    other_province: Client,
) -> None:  # fmt: skip
    session = workshop.sessions.all()[0].pk
    for name in OF_A_WORKSHOP:
        address = at(name, workshop.pk, session) if name == "session" else at(name, workshop.pk)
        assert wipa.get(address).status_code == 200
        for client in (somchai, head_office, other_center, other_province):
            assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
        for client in (signed_in(cast.malee), signed_in(cast.krit)):
            assert client.get(address).status_code == 403
        assert Client().get(address).status_code == 302
    for name in POSTED:
        assert wipa.get(at(name, workshop.pk)).status_code == 405
        for client in (somchai, head_office, other_center, other_province):
            assert client.post(at(name, workshop.pk)).status_code == 404
    workshop.refresh_from_db()
    assert (workshop.state, workshop.revision) == ("open", 0)


def test_the_overview_is_for_everybody_whom_it_concerns(
    workshop: Workshop, wipa: Client, somchai: Client, head_office: Client, other_center: Client,
    other_province: Client,
) -> None:  # fmt: skip
    Workshop.objects.filter(pk=workshop.pk).update(state="planned")
    found = [client.get(at("manage", workshop.pk)) for client in (wipa, somchai, head_office)]
    assert [answer.status_code for answer in found] == [200, 200, 200]
    assert [answer.context["runs"] for answer in found] == [True, False, False]
    assert [bool(answer.context["step"].url) for answer in found] == [True, False, False]
    for client in (other_center, other_province):
        assert client.get(at("manage", workshop.pk)).status_code == 404
    # Once it is open, whoever may enter people from there finds it too.
    Workshop.objects.filter(pk=workshop.pk).update(state="open")
    assert other_province.get(at("manage", workshop.pk)).status_code == 200


def test_resources_are_kept_by_their_center_and_looked_at_by_head_office(
    cast: Cast, room: Resource, wipa: Client, somchai: Client, head_office: Client, other_center: Client
) -> None:
    closed = ClosedDay.objects.create(center=center(), on=FRIDAY, name="ปิด")
    pages = [at("resource_edit", room.pk), at("resource_drops_out", room.pk), at("venue_edit", room.venue_id)]
    verbs = [
        at("resource_retire", room.pk),
        at("resource_restore", room.pk),
        at("resource_leave", room.pk),
        at("resource_leave_end", room.pk),
        at("open_day", closed.pk),
    ]
    assert [wipa.get(page).status_code for page in [at("resource", room.pk), *pages]] == [200] * 4
    assert [head_office.get(page).status_code for page in [at("resources"), at("resource", room.pk)]] == [200, 200]
    for page in pages:
        assert (other_center.get(page).status_code, somchai.get(page).status_code) == (404, 403)
        assert head_office.get(page).status_code == 403
    for verb in verbs:
        assert other_center.post(verb).status_code == 404
        assert somchai.post(verb).status_code in {403, 404}
    for name in ("resources", "plan_workshop", "venue_new", "close_day"):
        assert (somchai.get(at(name)).status_code, wipa.get(at(name)).status_code) == (403, 200)
    assert wipa.get(at("resources") + "?center=13").status_code == 404
    assert wipa.get(at("resource_new", "castle")).status_code == 404
    assert ClosedDay.objects.filter(pk=closed.pk).exists()


def test_only_the_center_that_was_asked_schedules(
    cast: Cast, asked: WorkshopRequest, wipa: Client, somchai: Client, other_center: Client
) -> None:
    address = at("schedule", asked.pk)
    assert [one.get(address).status_code for one in (wipa, somchai, other_center)] == [200, 404, 404]
    assert signed_in(cast.krit).get(address).status_code == 403
