"""The story of people learning; also the project package."""

from learning.celery import app as celery_app

__all__ = ["celery_app"]
