"""Two who take a number at once on PostgreSQL, step by step: the second waits until it is known what became of the
first. All that `test_numbers` leaves to chance is done by hand here."""

import itertools
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from certification.codes import new_code
from certification.flows import issue_anew, replace, revoke
from certification.making import Made
from certification.models import Certificate, CertificateCounter
from certification.numbering import next_number, number_in
from certification.status import give_place, take_place
from tests.certification.conftest import Issue

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
SERIES = "ศท.{number}/2570"
PATIENCE = 20  # seconds, after which a test is called failed

Take = Callable[[str], int]


@dataclass
class Turns:
    """What came of it: the numbers that stand, and whether the second had one while the first was still open."""

    numbers: list[int] = field(default_factory=list)
    second_had_one: bool = False
    collided: bool = False


@pytest.fixture(autouse=True)
def plain_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certification.tasks.make_file", lambda certificate: Made(b"%PDF"))


@pytest.fixture
def other() -> Iterator[ThreadPoolExecutor]:
    """One thread, with a connection of its own."""
    with ThreadPoolExecutor(1) as thread:
        yield thread
        thread.submit(lambda: connection.close()).result(PATIENCE)


@pytest.fixture
def by_turns(issue: Issue, other: ThreadPoolExecutor) -> Callable[..., Turns]:
    """The first takes a number; the second asks, and goes as far as it can; then the first commits or fails."""
    sheet = issue()  # of another series

    def keep(number: int) -> None:
        sheet.pk, sheet.code, sheet.series, sheet.running_number = None, new_code(), SERIES, number
        sheet.number, sheet.status_list, sheet.status_index = number_in(SERIES, number), None, None
        sheet.save(force_insert=True)

    def second(take: Take, about: "SimpleQueue[int]", taken: list[int]) -> None:
        with transaction.atomic():
            about.put(_own_name())
            taken.append(take(SERIES))
            keep(taken[-1])

    def by_turns(take: Take, *, first_fails: bool = False) -> Turns:
        turns, about, taken = Turns(), SimpleQueue[int](), list[int]()
        with transaction.atomic():
            keep(take(SERIES))
            asked = other.submit(second, take, about, taken)
            assert _comes_to_rest(about.get(timeout=PATIENCE), asked)
            turns.second_had_one = bool(taken)
            transaction.set_rollback(first_fails)
        try:
            asked.result(PATIENCE)
        except IntegrityError:
            turns.collided = True
        kept = Certificate.objects.filter(series=SERIES).order_by("running_number")
        turns.numbers = list(kept.values_list("running_number", flat=True))
        return turns

    return by_turns


def _own_name() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _comes_to_rest(process: int, asked: "Future[None]") -> bool:
    """Wait until the other is done or the server says that it waits for somebody."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [process])
            if asked.done() or cursor.fetchone()[0]:
                return True
    return False


@pytest.mark.parametrize("last", [None, 0, 122])
def test_the_second_waits_and_takes_the_next_number(by_turns: Callable[..., Turns], last: int | None) -> None:
    """Also where the first begins the series, and where paper began it."""
    if last is not None:
        CertificateCounter.objects.create(series=SERIES, last=last)
    begun = (last or 0) + 1
    assert by_turns(next_number) == Turns([begun, begun + 1], second_had_one=False, collided=False)
    assert CertificateCounter.objects.get(series=SERIES).last == begun + 1


@pytest.mark.parametrize("last", [None, 0, 122])
def test_the_second_takes_the_number_that_the_first_gave_back(by_turns: Callable[..., Turns], last: int | None) -> None:
    if last is not None:
        CertificateCounter.objects.create(series=SERIES, last=last)
    begun = (last or 0) + 1
    assert by_turns(next_number, first_fails=True) == Turns([begun], second_had_one=False, collided=False)
    assert by_turns(next_number).numbers == [begun, begun + 1, begun + 2]


def test_the_highest_number_and_one_would_be_given_twice(by_turns: Callable[..., Turns]) -> None:
    """Guard of the tests above: they find out a number that is read and not counted."""

    def highest_and_one(series: str) -> int:
        return (Certificate.objects.filter(series=series).aggregate(highest=Max("running_number"))["highest"] or 0) + 1

    assert by_turns(highest_and_one) == Turns([1], second_had_one=True, collided=True)


def test_a_count_outside_the_transaction_would_leave_a_gap(by_turns: Callable[..., Turns]) -> None:
    """As a sequence of the database would."""
    counted = itertools.count(1)
    assert by_turns(lambda _series: next(counted), first_fails=True) == Turns([2], second_had_one=True)


@pytest.mark.parametrize(("first_fails", "numbers"), [(False, [1, 2, 3]), (True, [1, 2])])
def test_whole_certificates_are_issued_by_turns(
    issue: Issue, other: ThreadPoolExecutor, first_fails: bool, numbers: list[int]
) -> None:
    issue()
    about = SimpleQueue[int]()

    def second() -> None:
        with transaction.atomic():
            about.put(_own_name())
            issue(occasion="second")

    with transaction.atomic():
        issue(occasion="first")
        asked = other.submit(second)
        assert _comes_to_rest(about.get(timeout=PATIENCE), asked)
        assert not asked.done()
        transaction.set_rollback(first_fails)
    asked.result(PATIENCE)
    given = Certificate.objects.order_by("running_number").values_list("running_number", flat=True)
    assert list(given) == numbers


ENDINGS: dict[str, Callable[[Certificate], object]] = {
    "revoke": lambda one: revoke(one, reason="ออกให้ผิดคน", by=one.holder),
    "replace": lambda one: replace(one, reason="สะกดชื่อผิด", by=one.holder, holder_name="นางมาลัย ใจดี"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_one_that_is_renewed_while_it_ends_leaves_nobody_waiting_in_a_circle(
    issue: Issue, other: ThreadPoolExecutor, ending: str
) -> None:
    """Who issues has the status list and names the earlier one; who ends that one has it, and wants the list."""
    earlier, about = issue(subject="course:3"), SimpleQueue[int]()

    def end() -> None:
        with transaction.atomic():
            about.put(_own_name())
            ENDINGS[ending](earlier)

    with transaction.atomic():
        take_place()
        asked = other.submit(end)
        assert _comes_to_rest(about.get(timeout=PATIENCE), asked)
        newer = issue(subject="course:3")
    asked.result(PATIENCE)
    earlier.refresh_from_db()
    assert (newer.renews, earlier.is_valid) == (earlier, False)


@pytest.mark.parametrize("step", ["anew", "place"])
def test_other_steps_that_want_the_list_let_a_certificate_be_named_meanwhile(
    issue: Issue, other: ThreadPoolExecutor, step: str
) -> None:
    """Named by one that is corrected: what an earlier one renewed, the corrected one renews too."""
    earlier, about = issue(subject="course:3"), SimpleQueue[int]()
    newer = issue(subject="course:3")
    if step == "anew":
        revoke(earlier, reason="ออกให้ผิดคน", by=earlier.holder)
    else:
        Certificate.objects.filter(pk=earlier.pk).update(status_list=None, status_index=None)
        earlier.refresh_from_db()

    def want() -> None:
        with transaction.atomic():
            about.put(_own_name())
            if step == "anew":
                issue_anew(earlier, reason="เพิกถอนผิดฉบับ", by=earlier.holder)
            else:
                give_place(earlier)

    with transaction.atomic():
        take_place()
        asked = other.submit(want)
        assert _comes_to_rest(about.get(timeout=PATIENCE), asked)
        corrected = replace(newer, reason="สะกดชื่อผิด", by=earlier.holder, holder_name="นางมาลัย ใจดี")
    asked.result(PATIENCE)
    assert corrected.renews == earlier
