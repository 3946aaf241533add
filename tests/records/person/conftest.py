"""Malee's browser, and a training record of hers."""

from datetime import date

import pytest
from django.test import Client

from certification.models import Certificate
from learning.records.flows.showing import ask_for_training_record
from learning.records.models import TrainingRecord
from learning.records.printing.making import make_record
from tests.cast import Cast
from tests.factories.learned import recorded_paper


@pytest.fixture
def malee(client: Client, cast: Cast) -> Client:
    """Malee's browser, signed in."""
    client.force_login(cast.malee)
    return client


@pytest.fixture
def papers(cast: Cast) -> list[Certificate]:
    """Two trainings in two fiscal years: 12 and 6 hours."""
    return [
        recorded_paper(cast.malee, "เลขานุการสหกรณ์", date(2024, 7, 15), hours="12"),
        recorded_paper(cast.malee, "การตรวจนับเงินสด", date(2026, 10, 5), hours="6"),
    ]


@pytest.fixture
def record(cast: Cast, papers: list[Certificate]) -> TrainingRecord:
    """Asked for, and not made yet."""
    return ask_for_training_record(cast.malee, by=cast.malee)


@pytest.fixture
def made(record: TrainingRecord) -> TrainingRecord:
    assert make_record(record.pk)
    record.refresh_from_db()
    return record
