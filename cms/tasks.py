"""Wagtail's own periodic work, run by our worker."""

from celery import shared_task
from django.core.management import call_command


@shared_task(ignore_result=True)
def publish_scheduled() -> None:
    """Publish and expire the pages whose moment has come."""
    call_command("publish_scheduled")
