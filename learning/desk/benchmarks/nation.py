"""Officers' pages on a generated nation, and on one a tenth the size: absolute times, and the ratio of the two."""

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import timedelta
from multiprocessing import get_context
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.catalog.models import CoursePage
from learning.desk.benchmarks.import_run import time_import
from learning.desk.benchmarks.measuring import NOT_QUERIES, Request, ask
from learning.desk.benchmarks.population import signed_in
from learning.desk.nation import make_nation
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.duties.queries import areas_of, organizations_visible_to
from learning.enrollments.queries import visible_to
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.models import PromotionGroup
from learning.reports.counting.spans import count_span, waiting_spans
from learning.reports.within import any_within

# A province of middling size with two digits known to everybody who reads the table: นครราชสีมา.
PROVINCE, OFFICE = "30", "3001"
NATION = "nation"


@dataclass(frozen=True)
class Page:
    """One page as one person opens it."""

    name: str
    username: str
    path: str


@dataclass(frozen=True)
class Timed:
    """Medians and 95th percentiles in milliseconds of the server's work for one page."""

    name: str
    median_ms: float
    p95_ms: float
    queries: int
    bytes: int


def pages() -> list[Page]:
    """Every dashboard and report, as each role opens it; of past days too."""
    group = PromotionGroup.objects.filter(office=OFFICE).order_by("number").first()
    assert group is not None
    organization = _organization(group)
    course = _course()
    past = (timezone.localdate() - timedelta(days=400)).isoformat()
    head, center, province = "headoffice-1", _center(), f"head-{OFFICE}"
    officer, coordinator = f"group-{group.pk}", _coordinator()
    found = [Page("head office: dashboard", head, "/office/")]
    found += [
        Page(f"head office: {slug}", head, f"/office/reports/{slug}/")
        for slug in ("kinds", "positions", "places", "centers", "courses", "boards", "quarters", "gender", "age")
    ]
    found += [
        Page("head office: places, one course", head, f"/office/reports/places/?course={course}"),
        Page("head office: places, a past day", head, f"/office/reports/places/?period=day&on={past}"),
        Page("center: dashboard", center, "/office/"),
        Page("center: places", center, "/office/reports/places/"),
        Page("center: boards", center, "/office/reports/boards/"),
        Page("province: dashboard", province, "/office/"),
    ]
    found += [
        Page(f"province: {slug}", province, f"/office/reports/{slug}/")
        for slug in ("kinds", "positions", "places", "organizations", "courses", "boards", "quarters", "gender", "age")
    ]
    found += [
        Page("province: organizations, most overdue", province, "/office/reports/organizations/?sort=-overdue"),
        Page("province: organizations, one course", province, f"/office/reports/organizations/?course={course}"),
        Page("province: organizations, a past day", province, f"/office/reports/organizations/?period=day&on={past}"),
        Page("province: boards, a past day", province, f"/office/reports/boards/?period=day&on={past}"),
        Page("province: a fiscal year", province, "/office/reports/kinds/?period=y2568"),
        Page("promotion group: dashboard", officer, "/office/"),
        Page("promotion group: organizations", officer, "/office/reports/organizations/"),
        Page("promotion group: boards", officer, "/office/reports/boards/"),
        Page("coordinator: dashboard", coordinator, "/office/"),
        Page("register: organizations", province, "/office/organizations/"),
        Page("register: search", province, "/office/organizations/?q=บ้าน"),
        Page("register: people", province, "/office/people/"),
        Page("people of an organization", officer, f"/office/organizations/{organization}/learners/"),
        Page("assignments", province, "/office/assignments/"),
        Page("what I may see", officer, "/office/my-areas/"),
    ]
    return found


def _organization(group: PromotionGroup) -> int:
    districts = group.districts.values_list("pk", flat=True)
    found = Organization.objects.filter(district__in=districts).order_by("pk").values_list("pk", flat=True).first()
    assert found is not None
    return found


def _course() -> int:
    return CoursePage.objects.order_by("pk").values_list("pk", flat=True)[0]


def _center() -> str:
    duty = Duty.objects.filter(role=Role.CENTER_STAFF).select_related("user").order_by("center", "pk").first()
    assert duty is not None
    return duty.user.username


def _coordinator() -> str:
    duty = Duty.objects.filter(role=Role.COORDINATOR).select_related("user").order_by("pk").first()
    assert duty is not None
    return duty.user.username


def time_pages(rounds: int, warm_up: int = 3) -> Iterator[Timed]:
    """Each page opened so many times; past days that nobody has asked for are counted before, as the worker does."""
    application = WSGIHandler()
    cookies: dict[str, str] = {}
    for page in pages():
        if page.username not in cookies:
            cookies[page.username] = signed_in(User.objects.get(username=page.username))
        request = Request(page.path, cookies=cookies[page.username])
        ask(application, request)
        for span in waiting_spans():
            within = any_within(span.area)
            assert within is not None
            count_span(span, within)
        for _turn in range(warm_up):
            ask(application, request)
        with CaptureQueriesContext(connection) as captured:
            size = ask(application, request)[1]
        queries = sum(not query["sql"].startswith(NOT_QUERIES) for query in captured)
        times = sorted(ask(application, request)[0] for _turn in range(rounds))
        yield Timed(
            page.name,
            round(statistics.median(times), 1),
            round(times[int(len(times) * 0.95)], 1),
            queries,
            size,
        )


def added_queries() -> dict[str, int]:
    """What the scope costs, in queries: asking for the areas, and reading rows through it."""
    officer = User.objects.get(username=f"head-{OFFICE}")
    coordinator = User.objects.get(username=_coordinator())
    asked: dict[str, Callable[[], Any]] = {
        "areas_of, officer": lambda: areas_of(officer),
        "areas_of, coordinator": lambda: areas_of(coordinator),
        "enrollments visible_to, officer": lambda: list(visible_to(officer)[:25]),
        "organizations visible_to, officer": lambda: list(organizations_visible_to(officer)[:25]),
    }
    found = {}
    for name, read in asked.items():
        with CaptureQueriesContext(connection) as captured:
            read()
        found[name] = len(captured)
    return found


@dataclass(frozen=True)
class Compared:
    """One page on both nations; `ratio` is the median of the large over that of the small."""

    name: str
    small_ms: float
    median_ms: float
    p95_ms: float
    ratio: float
    queries: int
    bytes: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        return (
            f"{self.name:<44} tenth {self.small_ms:6.1f} ms   whole {self.median_ms:6.1f} ms"
            f"   p95 {self.p95_ms:6.1f} ms   ratio {self.ratio:4.2f}   {self.queries:3} queries   {self.bytes} bytes"
        )


@dataclass(frozen=True)
class Noted:
    """Something measured once, in words."""

    name: str
    value: float | str
    unit: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.name:<44} {self.value} {self.unit}"


def measure_nation(
    people: int,
    *,
    rounds: int,
    database: Callable[[], AbstractContextManager[Any]],
    say: Callable[[str], object],
) -> Iterator[Compared | Noted]:
    """Make a nation of a tenth of the people, then the whole, each in a database of its own, and time every page."""
    with database():
        small = {timed.name: timed for timed in _made_and_timed(people // 10, rounds, say)}
    with database():
        begun = time.perf_counter()
        whole = list(_made_and_timed(people, rounds, say))
        yield Noted("the nation, made and every page timed", round(time.perf_counter() - begun), "s")
        for timed in whole:
            before = small[timed.name].median_ms
            yield Compared(
                timed.name,
                before,
                timed.median_ms,
                timed.p95_ms,
                round(timed.median_ms / before, 2),
                timed.queries,
                timed.bytes,
            )
        for name, count in added_queries().items():
            yield Noted(name, count, "queries")
        yield from _imports()


def _made_and_timed(people: int, rounds: int, say: Callable[[str], object]) -> Iterator[Timed]:
    say(str(make_nation(people, say=say)))
    yield from time_pages(rounds)


def _imports() -> Iterator[Noted]:
    """A file of 20,000 people: checked, then saved, in a process of its own, whose memory holds nothing else."""
    database = str(connection.settings_dict["NAME"])
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        timed = worker.submit(time_import, database, f"head-{OFFICE}", PROVINCE).result()
    yield Noted("dry run of 20,000 people", timed["dry_run_s"], "s")
    yield Noted("their import", timed["import_s"], "s")
    yield Noted("rows saved", timed["rows"], "rows")
    yield Noted("memory of that process before, and at most", f"{timed['before_mb']} and {timed['most_mb']}", "MB")
