"""A catalog to load packs into; places and people are not needed for that."""

import pytest

from courses.catalog.models import CourseIndexPage
from learning.desk.opening import open_academy


@pytest.fixture
def shelf(db: None) -> CourseIndexPage:
    return open_academy()
