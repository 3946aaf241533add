"""The served academy and people who visit it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext

from courses import packs
from courses.catalog.models import CourseIndexPage, CoursePage
from courses.packs.flows import load_pack
from courses.packs.reading import read_pack
from learning.people.models import User
from tests.browser.visitor import WINDOWS, Visitor

# Wagtail opens one for every rendition it makes and leaves closing it to the collector.
WAGTAILS_OPEN_FILES = "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.filterwarnings(WAGTAILS_OPEN_FILES))


@pytest.fixture(scope="session")
def base_url() -> str:
    """pytest-playwright asks for one; addresses are whole here, because each test has a server of its own."""
    return ""


@pytest.fixture
def site(live_server: Any, settings: Any, academy: Any) -> str:
    """The address of the opened academy; certificates carry it, so a QR code leads back here."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def shipped_course(academy: CourseIndexPage) -> CoursePage:
    """A course as we ship it: lessons with pictures and tables, one to practise, and a test of fifteen questions."""
    load_pack(read_pack(Path(packs.__file__).parent / "library" / "internal-control"), academy)
    return CoursePage.objects.get(slug="internal-control")


@pytest.fixture
def visit(site: str, new_context: Callable[..., BrowserContext], settings: Any) -> Iterator[Callable[..., Visitor]]:
    """Give a window, `phone` or `desktop`, signed in when a person is named; what goes wrong in it fails the test."""
    visitors: list[Visitor] = []

    def opened(window: str = "phone", *, by: User | None = None, **options: Any) -> Visitor:
        context = new_context(**{**WINDOWS[window], **options})
        if by is not None:
            client = Client()
            client.force_login(by)
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": site}
            context.add_cookies([cookie])
        scripts = bool(options.get("java_script_enabled", True))
        visitors.append(Visitor(context, site, has_touch=window == "phone", has_script=scripts))
        return visitors[-1]

    yield opened
    assert [fault for visitor in visitors for fault in visitor.faults] == []
