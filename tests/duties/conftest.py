import pytest
from django.test import Client

from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.places.models import PromotionGroup
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """Nobody holds a duty until the test gives one."""
    Duty.objects.all().delete()
    PromotionGroup.objects.all().delete()
    return cast


@pytest.fixture
def head(cast: Cast) -> Duty:
    """Somchai is the provincial cooperative officer of Chai Nat."""
    return make_duty(cast.somchai, Role.PROVINCIAL_HEAD, office_of())


@pytest.fixture
def somchai(client: Client, cast: Cast) -> Client:
    """Somchai's browser, signed in."""
    client.force_login(cast.somchai)
    return client


@pytest.fixture
def malee(client: Client, cast: Cast) -> Client:
    """Malee's browser, signed in."""
    client.force_login(cast.malee)
    return client
