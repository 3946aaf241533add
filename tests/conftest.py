"""What every test stands on: the database copied from one template, a browser, clean caches.

The cast and the site they meet are fixtures of tests/cast.py and tests/factories/.
"""

import inspect
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import servers

# Playwright's sync API keeps an event loop in the thread of the test, where Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}
# Folders about pages, papers, wording and files, whose answers no database changes. Their SQL is seen on PostgreSQL
# all the same: an officer walks through every door of a district there too (tests/doors/test_on_both_databases.py).
ONE_DATABASE_IS_ENOUGH = (
    "certification/badge",
    "certification/checking",
    "certification/offline",
    "certification/rendering",
    "certification/signing",
    "courses/h5p",
    "courses/packs",
    "desk",
    "notices",
    "people",
    "records/person",
    "workshops/calendar",
    "workshops/learning",
    "workshops/papers",
    "workshops/plans",
    "workshops/requests",
)


SNAPSHOTS = ("academy", "cast", "course")
CLOCKS = {"at_nine", "clock", "day", "evening", "now", "site_clock", "today"}
# A part of the suite looks for its tests only here (deploy/parts.py).
WHERE = {
    "browser": ("browser",),
    "demo": ("deploy",),
    "planning": ("workshops/proposing",),
    "redis": ("deploy",),
    "system": ("certification/keys", "certification/signing", "deploy", "test_words.py"),
}


# First, since pytest chooses the tests of a marker in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`database` marks every test that reaches the database; the suite runs these on PostgreSQL as well."""
    folders = tuple(f"{Path(__file__).parent / folder}{os.sep}" for folder in ONE_DATABASE_IS_ENOUGH)
    for item in items:
        if str(item.path).startswith(folders):
            item.add_marker("any_database")
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
        _begin_with_what_is_built_once(item)
        place = item.path.relative_to(Path(__file__).parent)
        for marker, places in WHERE.items():
            if item.get_closest_marker(marker) and not any(place.is_relative_to(one) for one in places):
                raise pytest.UsageError(f"{item.nodeid} is marked {marker}, but {marker} runs only {places}.")


def _begin_with_what_is_built_once(item: pytest.Item) -> None:
    """Snapshots are written straight in only where nothing else was written before, so they come first."""
    names: list[str] = getattr(item, "fixturenames", [])
    if "academy" not in names:
        return
    own = inspect.signature(item.function).parameters  # type: ignore[attr-defined]
    others = [name for name in names if name not in SNAPSHOTS]
    clocks = [place + 1 for place, name in enumerate(others) if name in CLOCKS]
    place = max([next((place for place, name in enumerate(others) if name in own), len(others)), *clocks])
    names[:] = [*others[:place], *(name for name in SNAPSHOTS if name in names), *others[place:]]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the migrated template, and the same copy again after each test that commits."""
    from django.conf import settings
    from django.db import connection, connections
    from django.test import TransactionTestCase

    from tests.databases import copy_of_the_template

    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():
        copy = copy_of_the_template()
        name = copy.make()
        connections.close_all()
        patch.setitem(settings.DATABASES["default"], "NAME", name)
        patch.setitem(connection.settings_dict, "NAME", name)
        # A flush would also take what migrations put there: Wagtail's root page, its locale, permissions.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: copy.restore())
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        patch.undo()
        copy.remove()


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Nothing that one test cached (a site's root, a rate limit, a lesson) reaches the next."""
    yield
    from django.core.cache import cache

    from courses.catalog.memory import forget

    cache.clear()
    forget()


@pytest.fixture(autouse=True)
def snapshots() -> Iterator[Any]:
    """What this test has written so far, so that what most tests begin with need not be built each time."""
    from django.db import connection

    from tests.snapshots import Ledger

    ledger = Ledger()
    connection.execute_wrappers.append(ledger)
    yield ledger
    connection.execute_wrappers.remove(ledger)


@pytest.fixture
def academy(db: None, snapshots: Any) -> Any:
    """The opened academy on an empty database: places, pages, the certificate design. Gives the catalog."""
    from learning.desk.opening import open_academy
    from learning.places.flows import load_places

    def build() -> Any:
        load_places()
        return open_academy()

    return snapshots.give("academy", build)


@pytest.fixture
def cast(academy: Any, snapshots: Any) -> Any:
    """malee, somchai, wipa and krit, in their organizations."""
    from tests.cast import make_cast

    return snapshots.give("cast", make_cast)


@pytest.fixture
def course(academy: Any, snapshots: Any) -> Any:
    """A published course: two lessons to read and one with a test of four questions."""
    from tests.factories.catalog import make_course

    return snapshots.give("course", make_course)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real, empty Redis: the one of the run, or one of this session's own."""
    if os.environ.get("TEST_REDIS_URL"):
        yield os.environ["TEST_REDIS_URL"]
        return
    with servers.redis() as url:
        yield url


def chromium_path() -> str:
    """The browser named by CHROMIUM, or the one on PATH; without one the test fails and says so."""
    for name in filter(None, (os.environ.get("CHROMIUM"), *BROWSERS)):
        if found := shutil.which(name):
            return found
    pytest.fail("Chromium is not on this machine. Install it: sudo apt-get install chromium fonts-thai-tlwg")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium_path(), "args": BROWSER_OPTIONS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "th-TH", "timezone_id": "Asia/Bangkok"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parent.parent
