import pytest
from django.test import Client

from tests.cast import Cast


@pytest.fixture
def malee(client: Client, cast: Cast) -> Client:
    """Malee's browser, signed in."""
    client.force_login(cast.malee)
    return client
