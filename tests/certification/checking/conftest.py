"""A certificate with its real file: rendered, signed twice or once, its badge inside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from certification.models import Certificate, SigningKey, StatusList
from certification.status import sign_anew
from certification.tasks import render_certificate
from tests.certification.conftest import Issue


@dataclass(frozen=True)
class Filed:
    certificate: Certificate
    content: bytes


File = Callable[..., Filed]


@pytest.fixture
def file(issue: Issue) -> File:
    """Issues a certificate and makes its file, as the worker does."""

    def file(**facts: Any) -> Filed:
        certificate = issue(**facts)
        render_certificate(certificate.pk)
        certificate.refresh_from_db()
        assert certificate.has_file, certificate.trouble
        with certificate.file.open("rb") as opened:
            return Filed(certificate, opened.read())

    return file


@pytest.fixture
def real_keys(file: File) -> Callable[..., Filed]:
    """The same, by keys that are not of a test authority, with the status list signed."""

    def filed(**facts: Any) -> Filed:
        made = file(**facts)
        SigningKey.objects.update(is_test=False)
        for status_list in StatusList.objects.all():
            sign_anew(status_list)
        return made

    return filed
