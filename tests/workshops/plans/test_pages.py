"""Who asks for plans, who looks at them, and what the pages cost."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from learning.duties.choices import Role
from learning.kernel.refusals import Refused
from learning.places.models import TransferCenter
from learning.workshops.choices import PlanState, WorkshopState
from learning.workshops.flows.plans import ask_for_plan
from learning.workshops.models import Resource, SchedulePlan
from learning.workshops.planning import making
from tests.cast import Cast
from tests.factories.duties import make_duty
from tests.factories.workshops import center, make_room, make_trainer, make_venue, make_workshop
from tests.workshops.plans.conftest import SINCE, YEAR, Ask, only, plan_of, signed_in

PLANS = "/office/workshops/plans/"


@pytest.fixture
def stranger(cast: Cast) -> Client:
    """Krit, of the staff of another center."""
    other = TransferCenter.objects.exclude(pk=center().pk).first()
    make_duty(cast.krit, Role.CENTER_STAFF, other)
    return signed_in(cast.krit)


def test_asking_leads_to_the_plan_and_the_worker_takes_it_up(
    wipa: Client, ask: Ask, django_capture_on_commit_callbacks: Any
) -> None:
    ask(title="บัญชี")
    with django_capture_on_commit_callbacks(execute=True):
        answer = wipa.post(PLANS, {"fiscal_year": YEAR, "center": center().pk})
    plan = SchedulePlan.objects.get()
    assert answer.headers["location"] == f"{PLANS}{plan.pk}/"
    page = wipa.get(f"{PLANS}{plan.pk}/").content.decode()
    assert "บัญชี" in page
    assert "All days lie within the period that was asked for." in page
    assert "1 proposal" in wipa.get(PLANS).content.decode()


def test_while_it_waits_the_page_says_so_and_asks_again_by_itself(wipa: Client, cast: Cast) -> None:
    plan = SchedulePlan.objects.create(fiscal_year=YEAR, center=center(), asked_by=cast.wipa, seconds=60)
    page = wipa.get(f"{PLANS}{plan.pk}/").content.decode()
    assert "The plan waits for its turn." in page
    assert f'data-job="{PLANS}{plan.pk}/progress/"' in page
    assert wipa.get(f"{PLANS}{plan.pk}/progress/").json() == {
        "state": "waiting",
        "text": "The plan waits for its turn.",
        "percent": None,
        "is_over": False,
    }


def test_how_far_an_exact_search_is_goes_by_the_clock(wipa: Client, cast: Cast, now: Any) -> None:
    plan = SchedulePlan.objects.create(fiscal_year=YEAR, center=center(), asked_by=cast.wipa, seconds=60)
    making._moved(plan, PlanState.RUNNING, stamp="started_at")
    percents = []
    for _times in range(3):
        percents.append(wipa.get(f"{PLANS}{plan.pk}/progress/").json()["percent"])
        now.shift(36)
    assert percents == [0, 50, 95]


def test_a_plan_that_failed_says_why_and_leads_to_a_new_one(wipa: Client, cast: Cast) -> None:
    plan = SchedulePlan.objects.create(
        fiscal_year=YEAR, center=center(), asked_by=cast.wipa, state=PlanState.FAILED, refusal="ค้นหาไม่สำเร็จ"
    )
    page = wipa.get(f"{PLANS}{plan.pk}/").content.decode()
    assert "ค้นหาไม่สำเร็จ" in page
    assert f'href="{PLANS}">Ask for a plan again' in page


def test_the_gap_is_told_when_there_is_a_bound(wipa: Client, cast: Cast, ask: Ask) -> None:
    ask()
    plan = plan_of(cast.wipa)
    address = f"{PLANS}{plan.pk}/"
    assert "would be possible" not in wipa.get(address).content.decode()
    SchedulePlan.objects.filter(pk=plan.pk).update(cost=200, bound=195)
    assert "At most 2.5 percent better would be possible." in wipa.get(address).content.decode()
    SchedulePlan.objects.filter(pk=plan.pk).update(bound=200)
    assert "No better plan is possible." in wipa.get(address).content.decode()


def test_an_empty_plan_and_what_found_no_place_say_so(wipa: Client, cast: Cast, ask: Ask) -> None:
    empty = plan_of(cast.wipa)
    assert "Nothing to propose" in wipa.get(f"{PLANS}{empty.pk}/").content.decode()
    ask(people=100, title="ใหญ่เกินไป")
    left = wipa.get(f"{PLANS}{plan_of(cast.wipa).pk}/").content.decode()
    assert "ใหญ่เกินไป" in left
    assert "No room holds 100 people; the largest holds 40." in left


def test_a_move_says_where_the_workshop_stands_now(
    wipa: Client, cast: Cast, room: Resource, trainer: Resource, django_capture_on_commit_callbacks: Any
) -> None:
    make_workshop(cast.wipa, SINCE, room=room, trainer=trainer, state=WorkshopState.PLANNED)
    asked = {"resource": trainer.pk, "since": "16/11/2569", "until": "20/11/2569", "center": center().pk}
    with django_capture_on_commit_callbacks(execute=True):
        answer = wipa.post(f"{PLANS}repair/", asked)
    page = wipa.get(answer.headers["location"]).content.decode()
    assert "16 พฤศจิกายน 2569: ห้องรวงข้าว, วิทยากร หนึ่ง" in page
    assert "วิทยากร สอง takes over." in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"resource": ""},
        {"resource": "999999"},
        {"since": "1/11/2569"},
        {"until": "15/11/2569"},
        {"since": "1/1/2575", "until": ""},
        {"since": "เร็ว ๆ นี้"},
    ],
)
def test_a_form_that_cannot_be_keeps_what_was_typed(wipa: Client, trainer: Resource, wrong: dict[str, str]) -> None:
    asked = {"resource": trainer.pk, "since": "16/11/2569", "until": "20/11/2569", "center": center().pk}
    assert wipa.post(f"{PLANS}repair/", asked | wrong).status_code == 422
    assert SchedulePlan.objects.count() == 0


# --- doors -------------------------------------------------------------------------------------------------------
def test_another_center_finds_none_of_it(stranger: Client, cast: Cast, ask: Ask, trainer: Resource) -> None:
    ask()
    plan = plan_of(cast.wipa)
    found = only(plan)
    for address in (
        f"{PLANS}{plan.pk}/",
        f"{PLANS}{plan.pk}/progress/",
        f"{PLANS}{plan.pk}/repair/",
        f"{PLANS}proposals/{found.pk}/",
    ):
        assert stranger.get(address).status_code == 404
    for address in (
        f"{PLANS}{plan.pk}/agree/",
        f"{PLANS}proposals/{found.pk}/agree/",
        f"{PLANS}proposals/{found.pk}/decline/",
    ):
        assert stranger.post(address).status_code == 404
    asked = {"resource": trainer.pk, "since": "16/11/2569", "center": center().pk}
    assert stranger.post(f"{PLANS}repair/", asked).status_code == 422
    assert stranger.post(PLANS, {"fiscal_year": YEAR, "center": center().pk}).status_code == 422


def test_of_a_plan_over_all_centers_each_sees_its_own(wipa: Client, stranger: Client, cast: Cast, ask: Ask) -> None:
    ask(title="ของศูนย์นี้")
    ask(title="ใหญ่เกินไป", people=100)
    plan = plan_of(cast.wipa, own=False)
    assert stranger.get(f"{PLANS}{plan.pk}/").status_code == 404
    page = wipa.get(f"{PLANS}{plan.pk}/").content.decode()
    assert "ของศูนย์นี้" in page
    assert "ใหญ่เกินไป" in page
    other = TransferCenter.objects.exclude(pk=center().pk).first()
    assert other is not None
    make_room("ห้องของศูนย์อื่น", number=other.pk)
    ask(title="ของศูนย์อื่น", center=other)
    both = plan_of(cast.wipa, own=False)
    seen = stranger.get(f"{PLANS}{both.pk}/").content.decode()
    assert "ของศูนย์อื่น" in seen
    assert "ของศูนย์นี้" not in seen
    assert "ใหญ่เกินไป" not in seen
    assert stranger.get(f"{PLANS}proposals/{both.proposals.order_by('pk')[0].pk}/").status_code == 404


@pytest.mark.parametrize("who", ["malee", "somchai", "krit"])
def test_plans_are_for_centers_and_head_office(cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert {client.get(PLANS).status_code, client.get(f"{PLANS}repair/").status_code} == {403}


def test_head_office_asks_for_all_centers_or_one(cast: Cast) -> None:
    make_duty(cast.krit, Role.HEAD_OFFICE)
    krit = signed_in(cast.krit)
    assert krit.post(PLANS, {"fiscal_year": YEAR, "center": "all"}).status_code == 302
    assert krit.post(PLANS, {"fiscal_year": YEAR, "center": center().pk}).status_code == 302
    assert [plan.center for plan in SchedulePlan.objects.order_by("pk")] == [None, center()]


def test_a_center_does_not_plan_for_all(cast: Cast, wipa: Client) -> None:
    assert wipa.post(PLANS, {"fiscal_year": YEAR, "center": "all"}).status_code == 422
    with pytest.raises(Refused) as caught:
        ask_for_plan(fiscal_year=YEAR, center=None, by=cast.wipa)
    assert caught.value.status == 403


@pytest.mark.parametrize(("year", "seconds"), [(YEAR - 1, 0), (YEAR + 2, 0), (YEAR, 30), (YEAR, 121), (YEAR, -1)])
def test_past_years_and_searches_that_are_not_offered_are_refused(cast: Cast, year: int, seconds: int) -> None:
    with pytest.raises(Refused) as caught:
        ask_for_plan(fiscal_year=year, center=center(), seconds=seconds, by=cast.wipa)
    assert caught.value.status == 422


def test_the_same_question_while_it_is_worked_out_is_the_same_plan_and_two_plans_may_stand(cast: Cast) -> None:
    first = ask_for_plan(fiscal_year=YEAR, center=center(), by=cast.wipa)
    assert ask_for_plan(fiscal_year=YEAR, center=center(), by=cast.wipa) == first
    assert ask_for_plan(fiscal_year=YEAR + 1, center=center(), by=cast.wipa) != first
    making.make_plan(first.pk)
    assert ask_for_plan(fiscal_year=YEAR, center=center(), by=cast.wipa) != first


def test_the_exact_search_is_offered_where_it_is_installed_and_never_imported_by_a_page(
    wipa: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ortools").mkdir()
    (tmp_path / "ortools" / "__init__.py").write_text("raise ImportError('a page imported the solver')")
    monkeypatch.setattr(making, "find_spec", lambda name: None)
    assert 'name="seconds"' not in wipa.get(PLANS).content.decode()
    monkeypatch.undo()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert 'name="seconds"' in wipa.get(PLANS).content.decode()
    assert wipa.post(PLANS, {"fiscal_year": YEAR, "center": center().pk, "seconds": "60"}).status_code == 302
    assert SchedulePlan.objects.get().seconds == 60
    assert "ortools" not in sys.modules


# --- queries -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_plan_costs_the_same_queries_for_one_proposal_and_for_thirty(
    wipa: Client, cast: Cast, ask: Ask, django_assert_num_queries: Any, count: int
) -> None:
    ask(people=100)
    for _number in range(count):
        ask(people=10, until=date(2027, 9, 30))
    plan = plan_of(cast.wipa)
    # session · person · duties · plan · states · count of the pager · proposals, trainers, people · left over · those
    # to decide on · last line
    with django_assert_num_queries(12):
        wipa.get(f"{PLANS}{plan.pk}/")


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_repair_costs_the_same_queries_for_one_workshop_and_for_thirty(
    wipa: Client, cast: Cast, trainer: Resource, django_assert_num_queries: Any, count: int
) -> None:
    venue = make_venue()
    for number in range(count):
        pair = make_room(f"ห้อง {number}", venue=venue), make_trainer(f"วิทยากรที่ {number}")
        make_workshop(cast.wipa, SINCE, room=pair[0], trainer=pair[1], state=WorkshopState.PLANNED)
    lost = list(Resource.objects.filter(name__startswith="วิทยากรที่").values_list("pk", flat=True))
    plan = plan_of(cast.wipa, lost=lost, lost_since=SINCE, lost_until=date(2026, 11, 20))
    assert plan.proposals.count() == count
    # as above without people and left over, with the sessions, their bookings and what they book
    with django_assert_num_queries(12):
        wipa.get(f"{PLANS}{plan.pk}/")


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_plans_costs_the_same_queries_for_one_and_for_thirty(
    wipa: Client, cast: Cast, django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        SchedulePlan.objects.create(fiscal_year=YEAR, center=center(), asked_by=cast.wipa)
    with django_assert_num_queries(5):  # session · person · duties · centers · plans
        wipa.get(PLANS)
