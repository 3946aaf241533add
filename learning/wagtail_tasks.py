"""Wagtail's own jobs (search index, references) go to the same Celery worker as ours."""

from functools import partial
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id, normalize_json


@shared_task(name="django_tasks.run", ignore_result=True)
def run_django_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Call the function that a Wagtail task names."""
    target = import_string(path)
    function = target.func if isinstance(target, Task) else target
    function(*args, **kwargs)


class CeleryTaskBackend(BaseTaskBackend):
    """Hand a job to Celery once the transaction it belongs to is committed."""

    supports_priority = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        args, kwargs = normalize_json(list(args)), normalize_json(dict(kwargs))
        job = get_random_id()
        transaction.on_commit(
            partial(run_django_task.apply_async, (task.module_path, args, kwargs), task_id=job), robust=True
        )
        return TaskResult(
            task=task,
            id=job,
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def work_at_once() -> None:
    """Do Wagtail's jobs in this process from here on: for commands that run while no worker does."""
    task_backends["default"] = ImmediateBackend("default", {"QUEUES": []})
