"""A Celery worker of its own for a throw-away database: BENCHMARK_DATABASE, and its queue in BENCHMARK_QUEUE."""

import logging
import os
from pathlib import Path

from celery import Celery


def use_folder(app: Celery, folder: Path) -> None:
    """Have the tasks of this process go through files in a folder, whatever broker the site has."""
    for name in ("messages", "control", "processed"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    app.conf.update(
        broker_url="filesystem://",
        broker_transport_options={
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
            "processed_folder": str(folder / "processed"),
            "store_processed": False,
            "polling_interval": 0.1,
        },
        worker_enable_remote_control=False,
        task_always_eager=False,
    )


def work() -> None:
    """Until it is killed."""
    import django

    django.setup()
    from django.db import connections

    from learning.celery import app

    connections.settings["default"]["NAME"] = os.environ["BENCHMARK_DATABASE"]
    use_folder(app, Path(os.environ["BENCHMARK_QUEUE"]))
    logging.disable(logging.WARNING)
    app.worker_main(["worker", "--pool=solo", "--loglevel=ERROR", "--without-gossip", "--without-mingle"])


if __name__ == "__main__":
    work()
