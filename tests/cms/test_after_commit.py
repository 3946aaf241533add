"""What is queued after commit, and a broker that does not answer."""

import logging
from typing import Any

import pytest
from django.db import transaction

from cms.after_commit import queue_after_commit


class Task:
    def __init__(self, *, is_down: bool = False) -> None:
        self.is_down = is_down
        self.asked: list[tuple[object, ...]] = []

    def delay(self, *arguments: object) -> None:
        if self.is_down:
            raise ConnectionError("no broker")
        self.asked.append(arguments)


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_does_not_answer_stops_nobody_and_is_said_in_the_log(caplog: Any) -> None:
    with caplog.at_level(logging.ERROR, logger="django.db.backends.base"), transaction.atomic():
        queue_after_commit(Task(is_down=True), 7)
    assert [record.message.endswith("(no broker).") for record in caplog.records] == [True]


@pytest.mark.django_db(transaction=True)
def test_a_task_is_queued_once_and_only_when_the_transaction_came_true() -> None:
    task = Task()
    with transaction.atomic():
        queue_after_commit(task, 7, "again")
        assert task.asked == []
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        queue_after_commit(task, 8)
        raise ZeroDivisionError
    assert task.asked == [(7, "again")]
