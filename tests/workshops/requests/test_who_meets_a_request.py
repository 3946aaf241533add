"""Two offices share a request; nobody else finds it, and a draft is its own office's."""

from datetime import date

import pytest
from django.test import Client

from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.notices.models import Notice
from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops.models import RequestEvent
from tests.cast import Cast
from tests.factories.duties import make_duty, make_group, office_of
from tests.workshops.requests.conftest import Ask, address, last_line, press, signed_in
from tests.workshops.requests.test_steps import do

pytestmark = pytest.mark.django_db
LIST, NEW = "/office/workshops/requests/", "/office/workshops/requests/new/"
CENTER_VERBS = ("accept", "return", "decline")


def person(name: str) -> User:
    return User.objects.create_user(name, first_name=name)


def test_without_an_account_every_page_leads_to_the_sign_in_page(ask: Ask) -> None:
    request = ask()
    found = [Client().get(one).status_code for one in (LIST, NEW, address(request), address(request, "edit/"))]
    assert found == [302] * 4
    assert press(Client(), request, "accept").status_code == 302


def test_learners_and_coordinators_are_told_who_arranges_workshops(cast: Cast, ask: Ask) -> None:
    request = ask("draft")
    make_duty(cast.krit, Role.COORDINATOR, request.people.get().organization)
    for user in (cast.malee, cast.krit):
        browser = signed_in(user)
        pages = [browser.get(one) for one in (LIST, NEW, address(request), address(request, "edit/"))]
        assert [page.status_code for page in pages] == [403] * 4
        assert request.title not in "".join(page.content.decode() for page in pages)
        assert press(browser, request, "submit").status_code == 403


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "accepted"])
def test_another_office_and_another_center_find_nothing(state: str, cast: Cast, ask: Ask) -> None:
    request = ask(state)
    other_center = TransferCenter.objects.exclude(number=14).first()
    officer, trainer = person("officer"), person("trainer")
    make_duty(officer, Role.PROVINCIAL_HEAD, office_of("อุทัยธานี"))
    make_duty(trainer, Role.CENTER_STAFF, other_center)
    for user in (officer, trainer):
        browser = signed_in(user)
        assert browser.get(LIST).context["lines"] == []
        assert browser.get(address(request)).status_code == 404
        for verb in ("submit", "withdraw", "say", *CENTER_VERBS):
            assert press(browser, request, verb, note="x").status_code == 404
    assert signed_in(officer).get(address(request, "edit/")).status_code == 404
    assert signed_in(trainer).get(address(request, "edit/")).status_code == 403
    assert signed_in(officer).get(NEW, {"like": request.pk}).context["form"]["title"].value() is None
    assert RequestEvent.objects.count() == 1


@pytest.mark.parametrize("ends", [False, True])
def test_a_draft_is_invisible_to_the_center_also_when_it_is_withdrawn(ends: bool, cast: Cast, ask: Ask) -> None:
    make_duty(cast.krit, Role.HEAD_OFFICE)
    request = ask("draft")
    if ends:
        do("withdraw", request, cast.somchai)
    for user in (cast.wipa, cast.krit):
        browser = signed_in(user)
        assert (browser.get(LIST).context["lines"], browser.get(address(request)).status_code) == ([], 404)
    assert Notice.objects.count() == 0


def test_how_a_draft_came_about_is_not_read_by_the_center(cast: Cast, ask: Ask, wipa: Client, somchai: Client) -> None:
    request = ask("draft")
    do("edit", request, cast.somchai)
    do("submit", request, cast.somchai)
    read = [len(browser.get(address(request)).context["lines"]) for browser in (somchai, wipa)]
    assert read == [3, 1]
    assert wipa.get(address(request)).context["seen"] == last_line(request)


def test_every_officer_of_the_office_works_on_it_and_the_center_does_not(cast: Cast, ask: Ask, wipa: Client) -> None:
    request = ask("returned")
    colleague = person("colleague")
    make_duty(colleague, Role.PROMOTION_OFFICER, make_group("สรรพยา", number=9))
    assert signed_in(colleague).get(address(request, "edit/")).status_code == 200
    assert wipa.get(address(request, "edit/")).status_code == 403
    assert press(wipa, request, "submit", note="x").status_code == 403
    assert press(signed_in(colleague), request, "submit", note="ตอบแทน").status_code == 302


def test_the_office_does_not_decide_for_the_center(ask: Ask, somchai: Client) -> None:
    request = ask()
    assert [press(somchai, request, verb, note="x").status_code for verb in CENTER_VERBS] == [403] * 3
    assert "look" in (context := somchai.get(address(request)).context)
    assert context["look"] is None


@pytest.mark.parametrize("verb", ["", "delete", "\x00", "x" * 5000])
def test_a_button_that_is_not_there_does_nothing_and_keeps_the_note(verb: str, ask: Ask, wipa: Client) -> None:
    request = ask()
    page = press(wipa, request, verb, note="ข้อความยาว")
    assert (page.status_code, page.context["form"]["note"].value(), request.events.count()) == (422, "ข้อความยาว", 1)


@pytest.mark.parametrize("note", ["ก" * 1001, "a\x00b"])
def test_a_hostile_note_is_asked_again(note: str, ask: Ask, wipa: Client) -> None:
    request = ask()
    page = press(wipa, request, "return", note=note)
    assert (page.status_code, list(page.context["form"].errors), request.events.count()) == (422, ["note"], 1)


def test_a_note_is_text_and_never_markup(ask: Ask, wipa: Client) -> None:
    request = ask()
    press(wipa, request, "say", note="<script>alert(1)</script>\nบรรทัดสอง")
    text = wipa.get(address(request)).content.decode()
    assert ("<script>alert(1)" in text, "&lt;script&gt;alert(1)&lt;/script&gt;<br>" in text) == (False, True)


# --- who is told -----------------------------------------------------------------------------------------
def told() -> set[str]:
    return set(Notice.objects.values_list("user__username", flat=True))


def test_the_center_is_told_of_what_the_office_does(cast: Cast, ask: Ask) -> None:
    second, past = person("second"), person("past")
    center = TransferCenter.objects.get(number=14)
    make_duty(second, Role.CENTER_STAFF, center)
    make_duty(past, Role.CENTER_STAFF, center, until=date(2026, 11, 22))
    request = ask("draft")
    do("submit", request, cast.somchai, note="ขอภายในปีงบประมาณนี้")
    notice = Notice.objects.get(user=cast.wipa)
    assert told() == {"wipa", "second"}
    assert (notice.url, "ขอภายในปีงบประมาณนี้" in notice.text, request.title in notice.title) == (
        address(request), True, True,
    )  # fmt: skip


def test_the_one_who_wrote_and_those_who_spoke_for_the_office_are_told(cast: Cast, ask: Ask) -> None:
    spoke, silent = person("spoke"), person("silent")
    for user in (spoke, silent):
        make_duty(user, Role.PROMOTION_OFFICER, make_group("สรรพยา", number=9))
    request = ask()
    do("say", request, spoke)
    Notice.objects.all().delete()
    do("accept", request, cast.wipa)
    assert told() == {"somchai", "spoke"}


def test_when_they_have_all_left_the_office_those_who_work_there_now_are_told(cast: Cast, ask: Ask) -> None:
    request = ask()
    Duty.objects.filter(user=cast.somchai).update(until=date(2026, 11, 22))
    successor = person("successor")
    make_duty(successor, Role.PROVINCIAL_HEAD, office_of())
    do("return", request, cast.wipa)
    assert told() == {"successor"}


def test_each_line_is_told_once_and_a_change_of_the_draft_to_nobody(cast: Cast, ask: Ask) -> None:
    request = ask("returned")
    do("edit", request, cast.somchai)
    assert told() == set()
    do("submit", request, cast.somchai)
    do("say", request, cast.somchai)
    do("withdraw", request, cast.somchai)
    assert Notice.objects.filter(user=cast.wipa).count() == 3
