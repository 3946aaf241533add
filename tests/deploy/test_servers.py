"""The database of the tests: what a test commits is gone in the next, what migrations made is there."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.models import Locale, Page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_does_not_reach_the_next(turn: int) -> None:
    assert Group.objects.filter(name="committed").count() == 0
    Group.objects.create(name="committed")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_migrations_made_is_there_in_every_test(turn: int) -> None:
    assert Page.objects.filter(depth=1).count() == 1
    assert [locale.language_code for locale in Locale.objects.all()] == ["th"]
    Page.objects.all().delete()


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_postgresql_of_the_run_is_a_real_one() -> None:
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int >= 140000")
        assert cursor.fetchone() == (True,)
