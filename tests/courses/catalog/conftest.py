"""A catalog with its pages; places and people only where a test asks for the cast."""

import pytest

from courses.catalog.models import CourseIndexPage
from learning.desk.opening import open_academy


@pytest.fixture
def shelf(db: None) -> CourseIndexPage:
    return open_academy()
