"""The command that proves the counts."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.catalog.models import CoursePage
from learning.reports.counting import differences
from learning.reports.counting.tallies import renew_changed_areas
from learning.reports.models import Tally
from tests.cast import Cast
from tests.factories.learning import enroll_malee

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(cast: Cast, course: CoursePage) -> Tally:
    """Malee's enrollment as it counts for the country."""
    enroll_malee(cast, course)
    call_command("reconcile", stdout=StringIO())
    renew_changed_areas()
    return Tally.objects.get(area="n", axis="all", course=0, value="")


def test_counts_that_equal_the_facts_are_told_so(counted: Tally) -> None:
    said = StringIO()
    call_command("reconcile", stdout=said)
    assert "The counts equal the facts." in said.getvalue()
    assert counted.people == 1


def test_an_edited_count_is_found(counted: Tally) -> None:
    Tally.objects.filter(pk=counted.pk).update(people=7)
    said = StringIO()
    with pytest.raises(CommandError, match=r"1 lines differ"):
        call_command("reconcile", stdout=said)
    assert "people=7" in said.getvalue()
    assert Tally.objects.get(pk=counted.pk).people == 7


def test_a_lost_count_is_found(counted: Tally) -> None:
    counted.delete()
    with pytest.raises(CommandError):
        call_command("reconcile", stdout=StringIO())


def test_repairing_mends_what_differs(counted: Tally) -> None:
    Tally.objects.filter(pk=counted.pk).update(people=7)
    call_command("reconcile", "--repair", stdout=StringIO())
    assert Tally.objects.get(area="n", axis="all", course=0, value="").people == 1
    assert differences() == {}
