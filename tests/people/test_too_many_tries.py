"""Guessing a password is stopped; a class behind one address is not."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpResponse

from learning.people.models import User
from tests.people.conftest import PASSWORD

Fill = Callable[..., HttpResponse]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "learning.settings.production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "academy.example",
    "SITE_URL": "https://academy.example",
    "DATABASE_URL": "postgres://academy@localhost/academy",
    "REDIS_URL": "redis://localhost",
    "DEFAULT_FROM_EMAIL": "academy@academy.example",
}


def said(response: HttpResponse) -> list[str]:
    return list(response.context["form"].non_field_errors())


def test_the_sixth_guess_at_one_account_is_refused_even_when_it_is_right(sign_up: Fill, sign_in: Fill) -> None:
    sign_up(phone="081-234-5678")
    wrong = [said(sign_in("081-234-5678", f"guess-{number}")) for number in range(5)]
    refused = sign_in("0812345678")
    too_many = [str(get_adapter().error_messages["too_many_login_attempts"])]
    assert too_many not in wrong
    assert (refused.status_code, said(refused)) == (200, too_many)


def test_guesses_at_one_account_do_not_keep_another_person_out(sign_up: Fill, sign_in: Fill) -> None:
    sign_up(username="malee")
    sign_up(username="somchai", first_name="สมชาย")
    for number in range(6):
        sign_in("malee", f"guess-{number}")
    assert sign_in("somchai").status_code == 302


def test_forty_people_of_a_class_sign_in_within_a_minute_from_one_address(sign_in: Fill) -> None:
    for number in range(40):
        User.objects.create_user(f"learner-{number}", password=PASSWORD, first_name="ผู้เรียน")
    assert {sign_in(f"learner-{number}").status_code for number in range(40)} == {302}


def test_past_the_limit_of_an_address_a_page_in_ones_own_language_says_to_wait(
    sign_in: Fill, settings: pytest.FixtureRequest
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}  # type: ignore[attr-defined]
    first, second = sign_in("malee"), sign_in("malee")
    assert (first.status_code, second.status_code) == (200, 429)
    assert second.templates[0].name == "429.html"


def test_behind_nginx_each_person_has_their_own_address(sign_up: Fill, sign_in: Fill, settings: object) -> None:
    """On a unix socket REMOTE_ADDR is empty; the address stands in the header that nginx sets."""
    sign_up(username="malee")
    assert sign_in("malee", REMOTE_ADDR="").status_code == 403
    settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP"  # type: ignore[attr-defined]
    assert sign_in("malee", REMOTE_ADDR="", HTTP_X_REAL_IP="203.0.113.7").status_code == 302


def test_production_trusts_the_header_of_its_nginx(root: Path) -> None:
    say = "from django.conf import settings; print(settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER)"
    done = subprocess.run(
        [sys.executable, "-c", say], cwd=root, env={**os.environ, **PRODUCTION}, capture_output=True, text=True
    )
    assert (done.stdout.strip(), done.stderr) == ("X-Real-IP", "")
    assert "proxy_set_header X-Real-IP $remote_addr;" in (root / "deploy/nginx/academy.conf").read_text()
    assert not hasattr(settings, "ALLAUTH_TRUSTED_CLIENT_IP_HEADER"), "without nginx anybody could write the header"
