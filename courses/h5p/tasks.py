"""Slow work on packages, after commit. Takes ids; a second worker on the same package does nothing."""

from celery import shared_task

from courses.h5p import importing


@shared_task
def read_package(package_id: int) -> bool:
    """Check a package and take its questions into the bank."""
    return importing.read_package(package_id)
