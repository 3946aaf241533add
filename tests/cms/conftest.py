"""The opened academy without places and people."""

import pytest

from courses.catalog.models import CourseIndexPage
from learning.desk.opening import open_academy


@pytest.fixture
def pages(db: None) -> CourseIndexPage:
    """Home, catalog and standard pages; gives the catalog."""
    return open_academy()
