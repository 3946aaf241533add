"""Packages on their way in and out."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from courses.h5p.checking import check_package
from courses.h5p.flows import upload_package
from courses.h5p.importing import read_package
from courses.h5p.models import H5PPackage
from courses.h5p.refusals import PackageRefused
from courses.h5p.writing import write_package
from courses.quizzes.models import Quiz


@pytest.fixture(autouse=True)
def files_of_its_own(tmp_path: Path, settings: Any) -> None:
    """Each test has a folder of its own for pictures."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def read_in(db: None) -> Callable[..., H5PPackage]:
    """Read the bytes of a package into the bank, as a worker does it."""

    def taken(content: bytes, name: str = "course.h5p", **options: Any) -> H5PPackage:
        file = ContentFile(content, name=name)
        package, _is_new = upload_package(file, name=name, by=None, read_here=True, **options)
        read_package(package.pk)
        package.refresh_from_db()
        return package

    return taken


def written(quiz: Quiz) -> bytes:
    """The package of a quiz."""
    out = io.BytesIO()
    write_package(quiz, out)
    return out.getvalue()


def parts_of(content: bytes) -> tuple[dict[str, Any], Any, dict[str, bytes]]:
    """h5p.json, content.json and the other files of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files.pop("h5p.json")), json.loads(files.pop("content/content.json")), files


def told(name: str, *args: Any, **options: Any) -> Any:
    """What a command prints as JSON."""
    out = io.StringIO()
    call_command(name, *args, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def code_of(content: bytes, name: str = "a.h5p") -> str:
    """The code of the refusal, or "no sentence" for one that says nothing; empty when it is taken."""
    try:
        check_package(io.BytesIO(content), name)
    except PackageRefused as refusal:
        return refusal.code if len(refusal.sentence) > 20 else "no sentence"
    return ""
