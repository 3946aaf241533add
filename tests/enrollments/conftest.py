from collections.abc import Callable

import pytest
from django.test import Client

from courses.catalog.models import CoursePage
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.organizations.models import Organization
from learning.people.models import User
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of

MakeUser = Callable[..., User]


@pytest.fixture
def malee(client: Client, cast: Cast) -> Client:
    """Malee's browser, signed in."""
    client.force_login(cast.malee)
    return client


@pytest.fixture
def cooperative(cast: Cast) -> Organization:
    """Malee's."""
    return cast.board_seat.organization


@pytest.fixture
def officer(cast: Cast) -> Duty:
    """Somchai is the provincial cooperative officer of Chai Nat, and holds no other duty."""
    Duty.objects.all().delete()
    return make_duty(cast.somchai, Role.PROVINCIAL_HEAD, office_of())


@pytest.fixture
def somchai(cast: Cast, officer: Duty) -> Client:
    """Somchai's browser, signed in, with his duty."""
    browser = Client()
    browser.force_login(cast.somchai)
    return browser


@pytest.fixture
def krit(cast: Cast) -> Client:
    """The browser of krit, who holds no duty."""
    browser = Client()
    browser.force_login(cast.krit)
    return browser


@pytest.fixture
def ledger(course: CoursePage) -> CoursePage:
    """A second course."""
    from tests.factories.catalog import make_course

    return make_course("ledger", title="บัญชีสหกรณ์")
