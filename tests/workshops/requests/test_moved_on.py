"""Nobody decides on a conversation that has moved on since they read it; what they typed is kept."""

import pytest
from django.test import Client

from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from learning.workshops.conversation import MovedOn
from learning.workshops.flows import requests as flows
from tests.cast import Cast
from tests.factories.threads import at_once
from tests.factories.workshops import make_room, make_trainer
from tests.workshops.requests.conftest import FIRST, LAST, Ask, last_line, lines_of, press
from tests.workshops.requests.test_steps import do

pytestmark = pytest.mark.django_db
DECIDING = ["return", "decline", "accept", "withdraw"]


@pytest.mark.parametrize("verb", DECIDING)
def test_a_decision_on_a_page_that_has_moved_on_is_refused(verb: str, cast: Cast, ask: Ask) -> None:
    request = ask()
    seen = last_line(request)
    by, other = (cast.somchai, cast.wipa) if verb == "withdraw" else (cast.wipa, cast.somchai)
    flows.say(request, note="เปลี่ยนเป็น 60 คน", by=other)
    with pytest.raises(MovedOn) as refused:
        do(verb, request, by, seen=seen)
    request.refresh_from_db()
    assert (refused.value.status, request.state, request.events.count()) == (409, "submitted", 2)


@pytest.mark.parametrize("verb", ["edit", "submit"])
def test_two_officers_of_one_office_do_not_write_over_each_other(verb: str, cast: Cast, ask: Ask) -> None:
    request = ask("returned")
    seen = last_line(request)
    do("edit", request, cast.somchai, title="ชื่อของคนแรก")
    with pytest.raises(MovedOn):
        do(verb, request, cast.somchai, seen=seen)
    request.refresh_from_db()
    assert (request.title, request.state) == ("ชื่อของคนแรก", "returned")


def test_the_sentence_tells_who_did_what_and_when(cast: Cast, ask: Ask) -> None:
    request = ask()
    seen = last_line(request)
    do("withdraw", request, cast.somchai)
    with pytest.raises(Refused) as refused:
        do("accept", request, cast.wipa, seen=seen)
    assert refused.value.sentence == (
        f"{request.office} has answered since you opened this page: Request withdrawn (23 พ.ย. 2569 10:00 น.). "
        "Nothing was decided. Look at it and decide again; what you typed is kept."
    )


def test_the_page_comes_back_with_the_note_and_with_what_was_said_meanwhile(cast: Cast, ask: Ask, wipa: Client) -> None:
    make_room(), make_trainer()
    request = ask()
    seen = last_line(request)
    flows.say(request, note="เปลี่ยนเป็น 60 คน", by=cast.somchai)
    typed = {"note": "ห้องเต็มค่ะ ขอเลื่อน", "held_until": "1/12/2569", "seen": seen}
    page = press(wipa, request, "return", **typed)
    text = page.content.decode()
    assert page.status_code == 409
    assert page.context["refusal"].news.note == "เปลี่ยนเป็น 60 คน"
    assert [text.count(one) for one in ("ห้องเต็มค่ะ ขอเลื่อน", 'value="1/12/2569"', "เปลี่ยนเป็น 60 คน")] == [1, 1, 1]
    assert f'name="seen" value="{last_line(request)}"' in text
    again = press(wipa, request, "return", **{**typed, "seen": page.context["seen"]})
    request.refresh_from_db()
    assert (again.status_code, request.state) == (302, "returned")


def test_the_form_comes_back_with_everything_when_a_colleague_saved_first(
    cast: Cast, ask: Ask, somchai: Client, cooperative: Organization
) -> None:
    request = ask("returned")
    seen = last_line(request)
    do("edit", request, cast.somchai, title="ชื่อของคนแรก")
    sent = {
        "title": "ชื่อของคนที่สอง",
        "topic": "law",
        "aim": "ให้รู้กฎหมาย",
        f"count_{cooperative.pk}": "12",
        "day_count": "2",
        "day_length": "full",
        "since_1": "1/12/2569",
        "until_1": "18/12/2569",
        "where": "18",
        "action": "save",
    }
    edit = f"/office/workshops/requests/{request.pk}/edit/"
    page = somchai.post(edit, {**sent, "seen": seen})
    request.refresh_from_db()
    assert (page.status_code, request.title) == (409, "ชื่อของคนแรก")
    assert page.context["form"]["title"].value() == "ชื่อของคนที่สอง"
    assert page.context["seen"] == last_line(request)
    assert somchai.post(edit, {**sent, "seen": page.context["seen"]}).status_code == 302
    request.refresh_from_db()
    assert (request.title, request.day_count) == ("ชื่อของคนที่สอง", 2)


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "\x00", "๑"])
def test_a_page_that_names_no_line_has_seen_nothing(seen: str, ask: Ask, wipa: Client) -> None:
    request = ask()
    assert press(wipa, request, "accept", seen=seen).status_code in (409, 422)
    request.refresh_from_db()
    assert request.state == "submitted"


@pytest.mark.parametrize("verb", DECIDING)
def test_a_double_click_takes_one_step(verb: str, cast: Cast, ask: Ask, somchai: Client, wipa: Client) -> None:
    request = ask()
    seen = last_line(request)
    browser = somchai if verb == "withdraw" else wipa
    pages = [press(browser, request, verb, seen=seen, note="เหตุผล") for _click in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    assert len(lines_of(request)) == 2


@pytest.mark.django_db(transaction=True)
def test_withdrawn_while_it_is_being_accepted_exactly_one_of_the_two_happens(cast: Cast, ask: Ask) -> None:
    for _round in range(4):
        request = ask(since=FIRST, until=LAST)
        seen = last_line(request)
        done = at_once(
            lambda request=request, seen=seen: flows.accept_request(request, seen=seen, by=cast.wipa),
            lambda request=request, seen=seen: flows.withdraw_request(request, seen=seen, by=cast.somchai),
        )
        refused = [one for one in done if isinstance(one, MovedOn)]
        won = [one for one in done if not isinstance(one, Exception)]
        request.refresh_from_db()
        assert (len(refused), len(won), request.events.count()) == (1, 1, 2)
        assert request.state == won[0].state
        assert refused[0].news.to_state == request.state
