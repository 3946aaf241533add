"""Asking for a paper, watching it being made by the worker, taking it home, and its end after a week."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from certification.rendering.engine import RenderingUnavailable
from learning.kernel.refusals import Refused
from learning.workshops import schedule, tasks
from learning.workshops.choices import PaperKind, PaperState
from learning.workshops.flows.papers import MOST_WAITING, ask_for_paper, forget_papers
from learning.workshops.models import Seat, Session, Workshop, WorkshopPaper
from learning.workshops.printing import making, shelf
from learning.workshops.queries.papers import details_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(workshop: Workshop) -> str:
    return f"/office/workshops/{workshop.pk}/papers/"


@pytest.fixture
def wipa(client: Client, cast: Cast) -> Client:
    client.force_login(cast.wipa)
    return client


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The press itself is tested elsewhere."""
    monkeypatch.setattr(making, "print_paper", lambda paper, *, printed_at: b"%PDF-1.7 paper")
    return None


def content_of(paper: WorkshopPaper) -> bytes:
    paper.refresh_from_db()
    with paper.file.open("rb") as file:
        return bytes(file.read())


def state_of(paper: WorkshopPaper) -> str:
    paper.refresh_from_db()
    return paper.state


def test_a_paper_is_asked_for_made_by_the_worker_and_taken_home(
    wipa: Client, address: str, quick: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as calls:
        asked = wipa.post(f"{address}ask/", {"kind": "agenda"})
    paper = WorkshopPaper.objects.get()
    assert (asked["Location"], paper.state) == (f"{address}{paper.pk}/", PaperState.WAITING)
    waiting = wipa.get(asked["Location"])
    assert (waiting["Refresh"], waiting.context["job"]["state"]) == ("2", "running")
    assert wipa.get(f"{address}{paper.pk}/file/").status_code == 404
    for call in calls:
        call()
    ready = wipa.get(asked["Location"])
    assert ("Refresh" in ready, ready.context["job"]["state"]) == (False, "done")
    file = wipa.get(ready.context["job"]["next_url"])
    assert (b"".join(file), file["Content-Type"]) == (b"%PDF-1.7 paper", "application/pdf")
    assert file["Content-Disposition"] == f'attachment; filename="agenda-{paper.workshop_id}.pdf"'


def test_every_kind_on_the_page_can_be_printed(
    wipa: Client, address: str, fill: Callable[[int], list[Seat]], workshop: Workshop
) -> None:
    fill(3)
    for kind in ("agenda", "sign_in", "badges", "signs"):
        wipa.post(f"{address}ask/", {"kind": kind})
    wipa.post(f"{address}invitation/", {"number": "กษ 1115/ว 25", "dated_on": "23/11/2569"})
    papers = WorkshopPaper.objects.order_by("pk")
    assert [tasks.print_paper(paper.pk) for paper in papers] == [True] * 5
    assert {content_of(paper)[:5] for paper in papers} == {b"%PDF-"}
    assert set(shelf.PRINTERS) >= {paper.kind for paper in papers}


def test_asking_again_while_it_is_made_gives_the_same(workshop: Workshop, cast: Cast) -> None:
    first = ask_for_paper(workshop, PaperKind.AGENDA, by=cast.wipa)
    assert ask_for_paper(workshop, PaperKind.AGENDA, by=cast.wipa) == first
    assert ask_for_paper(workshop, PaperKind.SIGNS, by=cast.wipa) != first
    assert ask_for_paper(workshop, PaperKind.AGENDA, by=cast.somchai) != first


def test_the_eleventh_that_waits_is_refused(workshop: Workshop, cast: Cast) -> None:
    for number in range(MOST_WAITING):
        ask_for_paper(workshop, PaperKind.INVITATION, details={"number": str(number)}, by=cast.wipa)
    with pytest.raises(Refused) as refusal:
        ask_for_paper(workshop, PaperKind.AGENDA, by=cast.wipa)
    assert refusal.value.status == 429


def test_the_form_of_a_letter_is_kept_and_its_faults_are_shown(wipa: Client, address: str) -> None:
    wrong = wipa.post(f"{address}invitation/", {"dated_on": "31/2/2569", "signer_position": "ผู้อำนวยการ"})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"dated_on", "signer"})
    wipa.post(f"{address}invitation/", {"dated_on": "๒๓/๑๑/๒๕๖๙", "number": "กษ 1115/ว 25"})
    assert details_of(WorkshopPaper.objects.get()) == {"dated_on": "2026-11-23", "number": "กษ 1115/ว 25"}


@pytest.mark.parametrize("sent", [{"kind": "invitation"}, {"kind": "x"}, {}, {"kind": "agenda", "session": "999999"}])
def test_what_the_page_does_not_offer_is_not_there(wipa: Client, address: str, sent: dict[str, str]) -> None:
    assert wipa.post(f"{address}ask/", sent).status_code == 404
    assert WorkshopPaper.objects.count() == 0


def test_a_workshop_without_days_has_no_sheet_yet(wipa: Client, address: str, workshop: Workshop, cast: Cast) -> None:
    Session.objects.all().delete()
    assert 'value="sign_in"' not in wipa.get(address).content.decode()
    with pytest.raises(Refused):
        ask_for_paper(workshop, PaperKind.SIGN_IN, by=cast.wipa)
    assert tasks.print_paper(ask_for_paper(workshop, PaperKind.INVITATION, by=cast.wipa).pk) is True


# --- what goes wrong ------------------------------------------------------------------------------
def test_a_fault_is_told_and_missing_libraries_only_wait(
    wipa: Client, address: str, workshop: Workshop, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(fault: Exception) -> Callable[..., bytes]:
        def broken(*args: object, **kwargs: object) -> bytes:
            raise fault

        return broken

    paper = ask_for_paper(workshop, PaperKind.AGENDA, by=cast.wipa)
    monkeypatch.setattr(making, "print_paper", press(RenderingUnavailable("no Pango")))
    assert (tasks.print_paper(paper.pk), state_of(paper)) == (False, PaperState.WAITING)
    monkeypatch.setattr(making, "print_paper", press(RuntimeError("?")))
    assert (tasks.print_paper(paper.pk), state_of(paper)) == (False, PaperState.FAILED)
    job = wipa.get(f"{address}{paper.pk}/").context["job"]
    assert (job["state"], job["text"], job["next_url"]) == ("failed", paper.refusal, address)


def test_of_two_workers_at_the_same_paper_one_keeps_its_file(
    workshop: Workshop, cast: Cast, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    paper = ask_for_paper(workshop, PaperKind.AGENDA, by=cast.wipa)
    answers = []

    def press(paper: WorkshopPaper, *, printed_at: object) -> bytes:
        monkeypatch.setattr(making, "print_paper", lambda paper, *, printed_at: b"%PDF-1.7 second")
        answers.append(tasks.print_paper(paper.pk))  # another worker is quicker
        return b"%PDF-1.7 first"

    monkeypatch.setattr(making, "print_paper", press)
    assert (tasks.print_paper(paper.pk), answers) == (False, [True])
    assert content_of(paper) == b"%PDF-1.7 second"
    assert len(paper.file.storage.listdir(paper.file.name.rpartition("/")[0])[1]) == 1


def test_a_paper_whose_worker_is_gone_is_made_after_two_minutes(
    workshop: Workshop, cast: Cast, quick: None, clock: Any
) -> None:
    paper = ask_for_paper(workshop, PaperKind.AGENDA, by=cast.wipa)
    assert (schedule.tend_papers(), state_of(paper)) == (0, PaperState.WAITING)
    clock.shift(timedelta(minutes=3))
    assert (schedule.tend_papers(), state_of(paper)) == (1, PaperState.READY)


def test_after_seven_days_a_paper_and_its_file_are_gone(
    workshop: Workshop, cast: Cast, quick: None, clock: Any
) -> None:
    paper = ask_for_paper(workshop, PaperKind.AGENDA, by=cast.wipa)
    tasks.print_paper(paper.pk)
    paper.refresh_from_db()
    storage, name = paper.file.storage, paper.file.name
    clock.shift(timedelta(days=7))
    assert (forget_papers(), storage.exists(name)) == (0, True)
    clock.shift(timedelta(seconds=1))
    assert (forget_papers(), storage.exists(name), WorkshopPaper.objects.count()) == (1, False, 0)


# --- whose they are -------------------------------------------------------------------------------
def test_the_center_and_the_office_that_asked_share_the_papers(
    client: Client, address: str, workshop: Workshop, cast: Cast, quick: None
) -> None:
    paper = ask_for_paper(workshop, PaperKind.SIGN_IN, by=cast.wipa)
    tasks.print_paper(paper.pk)
    client.force_login(cast.somchai)
    assert b"".join(client.get(f"{address}{paper.pk}/file/")) == b"%PDF-1.7 paper"


@pytest.mark.parametrize("who", ["krit", "malee"])
def test_papers_with_names_are_for_nobody_else(
    client: Client, address: str, workshop: Workshop, cast: Cast, quick: None, who: str
) -> None:
    paper = ask_for_paper(workshop, PaperKind.SIGN_IN, by=cast.wipa)
    tasks.print_paper(paper.pk)
    client.force_login(getattr(cast, who))
    for place in (address, f"{address}invitation/", f"{address}{paper.pk}/", f"{address}{paper.pk}/file/"):
        assert client.get(place).status_code in (403, 404)
    assert client.post(f"{address}ask/", {"kind": "agenda"}).status_code in (403, 404)
    with pytest.raises(Refused) as refusal:
        ask_for_paper(workshop, PaperKind.AGENDA, by=getattr(cast, who))
    assert (refusal.value.status, WorkshopPaper.objects.count()) == (403, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_paper_and_for_thirty(
    wipa: Client, address: str, workshop: Workshop, cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        WorkshopPaper.objects.create(workshop=workshop, kind=PaperKind.AGENDA, asked_by=cast.wipa)
    with django_assert_num_queries(6):  # session · person · duties · the workshop · its days · the papers
        assert len(wipa.get(address).context["papers"]) == count
