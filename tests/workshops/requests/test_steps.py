"""Every step of a request is a line of the conversation; steps that the table does not know change nothing."""

from typing import Any

import pytest

from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops.choices import REQUEST_TRANSITIONS, RequestState
from learning.workshops.flows import requests as flows
from learning.workshops.models import RequestedPeople, RequestWindow, WorkshopRequest
from tests.cast import Cast
from tests.factories.organizations import make_organization
from tests.workshops.requests.conftest import FIRST, LAST, Ask, last_line, lines_of

pytestmark = pytest.mark.django_db
VERBS = ("edit", "submit", "return", "decline", "accept", "withdraw", "say")
# What may be done in which state, and where it leads.
LEGAL = {
    ("edit", "draft"): "draft",
    ("edit", "returned"): "returned",
    ("submit", "draft"): "submitted",
    ("submit", "returned"): "submitted",
    ("return", "submitted"): "returned",
    ("decline", "submitted"): "declined",
    ("accept", "submitted"): "accepted",
    ("withdraw", "draft"): "withdrawn",
    ("withdraw", "submitted"): "withdrawn",
    ("withdraw", "returned"): "withdrawn",
    ("withdraw", "accepted"): "withdrawn",
    ("say", "submitted"): "submitted",
    ("say", "returned"): "returned",
    ("say", "accepted"): "accepted",
    ("say", "scheduled"): "scheduled",
}
OFFICE_VERBS = {"edit", "submit", "withdraw"}


def do(verb: str, request: WorkshopRequest, by: User, **more: Any) -> Any:
    said = {"seen": last_line(request), "by": by, **more}
    people = dict(RequestedPeople.objects.filter(request=request).values_list("organization", "count"))
    windows = list(RequestWindow.objects.filter(request=request).values_list("since", "until"))
    match verb:
        case "edit":
            return flows.edit_request(request, **{"people": people, "windows": windows, "title": "ชื่อใหม่", **said})
        case "submit":
            return flows.submit_request(request, **{"note": "ตอบแล้ว", **said})
        case "return":
            return flows.return_request(request, **{"note": "กี่คน", **said})
        case "decline":
            return flows.decline_request(request, **{"note": "ไม่มีวิทยากร", **said})
        case "accept":
            return flows.accept_request(request, **said)
        case "withdraw":
            return flows.withdraw_request(request, **said)
        case _:
            return flows.say(request, note=said.get("note", "สวัสดี"), by=by)


def actor(verb: str, cast: Cast) -> User:
    return cast.somchai if verb in OFFICE_VERBS or verb == "say" else cast.wipa


def test_the_table_of_this_test_is_the_table_of_the_states() -> None:
    moves = {(before, to) for (verb, before), to in LEGAL.items() if before != to}
    known = {(before, to) for before, targets in REQUEST_TRANSITIONS.items() for to in targets}
    assert moves == known - {("accepted", "scheduled")}


@pytest.mark.parametrize(("verb", "state"), sorted(LEGAL))
def test_a_step_of_the_table_moves_the_request_and_adds_one_line(verb: str, state: str, cast: Cast, ask: Ask) -> None:
    request = ask(state)
    do(verb, request, actor(verb, cast))
    request.refresh_from_db()
    assert request.state == LEGAL[verb, state]
    line = request.events.order_by("pk").last()
    assert line is not None
    assert request.events.count() == 2
    assert (line.from_state, line.to_state, line.actor) == (state, request.state, actor(verb, cast))
    assert line.office == str(request.office if actor(verb, cast) == cast.somchai else request.center)


@pytest.mark.parametrize(
    ("verb", "state"), sorted((verb, state) for verb in VERBS for state in RequestState if (verb, state) not in LEGAL)
)
def test_a_step_that_the_table_does_not_know_is_refused_and_changes_nothing(
    verb: str, state: str, cast: Cast, ask: Ask
) -> None:
    request = ask(state)
    with pytest.raises(Refused) as refused:
        do(verb, request, actor(verb, cast))
    assert refused.value.status == 409
    request.refresh_from_db()
    assert (request.state, request.events.count(), request.title) == (state, 1, "การควบคุมภายในสำหรับกรรมการ")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", list(RequestState))
def test_nobody_takes_the_steps_of_another_office(verb: str, state: str, cast: Cast, ask: Ask) -> None:
    request = ask(state)
    strangers = [cast.krit, cast.malee]
    if verb != "say":
        strangers.append(cast.wipa if verb in OFFICE_VERBS else cast.somchai)
    for stranger in strangers:
        with pytest.raises(Refused) as refused:
            do(verb, request, stranger)
        assert refused.value.status == 403
    request.refresh_from_db()
    assert (request.state, request.events.count()) == (state, 1)


@pytest.mark.parametrize("verb", ["return", "decline", "say"])
@pytest.mark.parametrize("note", ["", "  \r\n "])
def test_a_question_a_reason_and_a_note_have_words(verb: str, note: str, cast: Cast, ask: Ask) -> None:
    request = ask()
    with pytest.raises(Refused) as refused:
        do(verb, request, cast.wipa, note=note)
    assert (refused.value.status, request.events.count()) == (422, 1)


def test_the_whole_way_from_a_draft_to_an_accepted_request(cast: Cast, ask: Ask) -> None:
    model = ask()
    cooperative = model.people.get().organization
    facts = {
        name: getattr(model, name)
        for name in ("center", "title", "topic", "aim", "day_count", "day_length", "province")
    }
    request = flows.draft_request(
        office=model.office, people={cooperative.pk: 30}, windows=[(FIRST, LAST)], by=cast.somchai, **facts
    )
    do("submit", request, cast.somchai, note="")
    do("return", request, cast.wipa)
    do("edit", request, cast.somchai, people={cooperative.pk: 35})
    do("submit", request, cast.somchai)
    do("say", request, cast.wipa, note="กำลังดูห้อง")
    do("accept", request, cast.wipa, note="ยินดี")
    request.refresh_from_db()
    assert (request.state, request.title, request.people.get().count) == ("accepted", "ชื่อใหม่", 35)
    assert lines_of(request) == [
        ("office", "", "draft", ""),
        ("office", "draft", "submitted", ""),
        ("center", "submitted", "returned", "กี่คน"),
        ("office", "returned", "returned", request.events.all()[3].note),
        ("office", "returned", "submitted", "ตอบแล้ว"),
        ("center", "submitted", "submitted", "กำลังดูห้อง"),
        ("center", "submitted", "accepted", "ยินดี"),
    ]
    assert request.submitted_at is not None
    assert request.decided_at is not None


def test_saving_a_form_without_a_change_says_nothing(cast: Cast, ask: Ask) -> None:
    request = ask("returned")
    do("edit", request, cast.somchai, title=request.title)
    assert request.events.count() == 1


def test_the_conversation_tells_which_lines_of_the_form_were_changed(cast: Cast, ask: Ask, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    request = ask("returned")
    do("edit", request, cast.somchai, windows=[(FIRST, FIRST)], aim="ให้อ่านงบเป็น")
    assert lines_of(request)[-1] == ("office", "returned", "returned", "Changed: title, aim, wished days")


def test_a_request_that_was_sent_stays_with_its_center(cast: Cast, ask: Ask) -> None:
    other = TransferCenter.objects.exclude(number=14).first()
    draft, returned = ask("draft"), ask("returned")
    do("edit", draft, cast.somchai, center=other)
    with pytest.raises(Refused) as refused:
        do("edit", returned, cast.somchai, center=other)
    draft.refresh_from_db()
    returned.refresh_from_db()
    assert (refused.value.status, draft.center, returned.center_id) == (409, other, 14)


def test_organizations_of_another_area_are_refused_but_those_of_a_colleague_stay(cast: Cast, ask: Ask) -> None:
    far = make_organization("สหกรณ์การเกษตรแม่ริม จำกัด", province="เชียงใหม่")
    request = ask("draft")
    with pytest.raises(Refused) as refused:
        do("edit", request, cast.somchai, people={far.pk: 5})
    assert (refused.value.status, request.people.count()) == (403, 1)
    RequestedPeople.objects.create(request=request, organization=far, count=3)
    do("edit", request, cast.somchai, people={far.pk: 5})
    assert list(request.people.values_list("organization", "count")) == [(far.pk, 5)]


def test_a_request_whose_days_are_past_is_not_sent(cast: Cast, ask: Ask, today: Any) -> None:
    request = ask("draft")
    today.move_to("2026-12-18T03:00:00+00:00")
    with pytest.raises(Refused) as refused:
        do("submit", request, cast.somchai)
    assert refused.value.way_on == f"/office/workshops/requests/{request.pk}/edit/"
    request.refresh_from_db()
    assert request.state == "draft"
