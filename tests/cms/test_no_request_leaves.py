"""No request leaves the site, and no script or style stands in a page that the policy would refuse."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from certification.models import Certificate
from courses.catalog.models import CoursePage
from tests.cast import Cast
from tests.factories.learning import enroll_malee, read_everything, sit_test

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/courses/", "/courses/?q=เงินสด", "/courses/control/", "/about/", "/help/", "/v/", "/account/login/"]
PUBLIC += ["/account/signup/", "/nowhere/", "/v/000000000000"]
OWN = ["/my/", "/courses/control/lesson-1/", "/tests/control/final-test/", "/account/password/change/"]
LOADED = {"src", "srcset", "href", "action", "poster", "data", "formaction", "xlink:href"}
OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//|url\(\s*['\"]?(?:https?:)?//", re.I)


def addresses(html: bytes) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    return [str(value) for tag in soup.find_all(True) for name, value in tag.attrs.items() if name in LOADED]


@pytest.fixture
def everything(client: Client, cast: Cast, course: CoursePage) -> dict[str, Any]:
    """Every kind of page as a learner who has finished sees it, and the public ones as anybody does."""
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    sitting = sit_test(enrollment, by=cast.malee)
    shown = {address: client.get(address) for address in [*PUBLIC, f"/v/{Certificate.objects.get().code}"]}
    client.force_login(cast.malee)
    return shown | {f"own {address}": client.get(address) for address in [*OWN, f"/sittings/{sitting.pk}/result/"]}


def test_no_page_loads_or_sends_anything_elsewhere(everything: dict[str, Any]) -> None:
    assert {name: found for name, page in everything.items() if (found := _outside(page))} == {}
    assert {name for name, page in everything.items() if page.status_code == 200} >= {
        "/",
        "own /my/",
        "/courses/control/",
    }


def _outside(page: Any) -> list[str]:
    return [address for address in addresses(page.content) if OUTSIDE.search(address)]


def test_every_page_carries_a_policy_without_unsafe_inline(everything: dict[str, Any]) -> None:
    policies = {name: page["Content-Security-Policy"] for name, page in everything.items()}
    for name, policy in policies.items():
        rules = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
        assert rules["default-src"] == "'self'", name
        assert [rule for rule in rules.values() if "unsafe" in rule or "http" in rule or "*" in rule] == [], name
        for kind in ("script-src", "style-src"):
            assert re.fullmatch(r"'self'( 'nonce-[\w+/=-]+')?", rules[kind]), name
        assert (rules["object-src"], rules["base-uri"], rules["form-action"]) == ("'none'", "'self'", "'self'"), name


def test_nothing_stands_in_a_page_that_the_policy_refuses(everything: dict[str, Any]) -> None:
    for name, page in everything.items():
        soup = BeautifulSoup(page.content, "html.parser")
        assert [tag.name for tag in soup.find_all(True) if "style" in tag.attrs] == [], name
        assert [key for tag in soup.find_all(True) for key in tag.attrs if key.startswith("on")] == [], name
        inline = [tag for tag in soup.find_all(["script", "style"]) if not tag.get("src")]
        bare = [tag for tag in inline if not tag.get("nonce") and tag.get("type") != "application/json"]
        assert bare == [], name
        for tag in inline:
            if tag.get("nonce"):
                assert f"'nonce-{tag['nonce']}'" in page["Content-Security-Policy"], name


def test_a_nonce_is_given_once(client: Client, db: None) -> None:
    from csp.middleware import CSPMiddleware
    from django.http import HttpRequest, HttpResponse

    given = []

    def view(request: HttpRequest) -> HttpResponse:
        given.append(str(request.csp_nonce))  # type: ignore[attr-defined]
        return HttpResponse()

    policies = [CSPMiddleware(view)(_request())["Content-Security-Policy"] for _ in range(2)]
    assert len(set(given)) == 2
    assert [f"script-src 'self' 'nonce-{nonce}'" in policy for nonce, policy in zip(given, policies, strict=True)] == [
        True,
        True,
    ]


def _request() -> Any:
    from django.test import RequestFactory

    return RequestFactory().get("/")


def test_every_script_style_font_and_picture_of_a_page_is_there(everything: dict[str, Any], client: Client) -> None:
    named = {
        address for page in everything.values() for address in addresses(page.content) if address.startswith("/static/")
    }
    assert len(named) >= 4
    assert [address for address in sorted(named) if finders.find(address.removeprefix("/static/")) is None] == []


def test_no_style_sheet_asks_for_anything_elsewhere() -> None:
    root = Path(settings.BASE_DIR)
    sheets = [*root.glob("cms/frontend/*.css"), *root.glob("cms/static*/**/*.css"), *root.glob("cms/root/*.css")]
    assert len(sheets) >= 8
    asked = {
        sheet.relative_to(root).as_posix(): found
        for sheet in sheets
        if (found := re.findall(r"url\(\s*['\"]?(?:https?:)?//[^)]*|@import\s+['\"]?https?:[^;]*", sheet.read_text()))
    }
    assert asked == {}


def test_no_script_of_ours_asks_for_anything_elsewhere() -> None:
    root = Path(settings.BASE_DIR)
    scripts = [path for app in ("cms", "courses", "learning") for path in (root / app).rglob("static/**/*.js")]
    assert len(scripts) >= 4
    asked = {
        path.relative_to(root).as_posix(): found
        for path in scripts
        if (found := re.findall(r"['\"`](?:https?:)?//\w[^'\"`]*", path.read_text()))
    }
    assert asked == {}


def test_the_files_at_the_root_of_the_site_are_served(client: Client) -> None:
    kinds = {"/robots.txt": "text/plain", "/favicon.ico": "image/", "/error.css": "text/css"}
    for address, kind in kinds.items():
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"].startswith(kind)
        assert len(b"".join(response.streaming_content)) > 20
        response.close()


def test_the_site_says_that_it_lives_without_asking_the_database(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_the_admin_has_a_policy_of_its_own_that_lets_nothing_in_from_outside(client: Client, cast: Cast) -> None:
    client.force_login(cast.wipa)
    policy = client.get("/admin/")["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert rules["default-src"] == "'self'"
    assert re.findall(r"https?:|\*", policy) == []
