"""Pages with pictures: Wagtail leaves the temporary file of a rendition to the garbage collector."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
LEFT_OPEN = r"ignore:Unclosed file <tempfile\.SpooledTemporaryFile:ResourceWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.filterwarnings(LEFT_OPEN))
