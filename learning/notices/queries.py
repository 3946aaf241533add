"""Reads of notices."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from learning.notices.models import Notice


def visible_to(user: AbstractBaseUser) -> QuerySet[Notice]:
    """One's own."""
    return Notice.objects.filter(user=user.pk)


def unread_count(user: AbstractBaseUser) -> int:
    return visible_to(user).filter(read_at__isnull=True).count()


def waiting_for_mail() -> QuerySet[Notice]:
    """Notices whose mail has not gone out, oldest first."""
    return Notice.objects.filter(is_mail_wanted=True, mailed_at__isnull=True).select_related("user").order_by("pk")
