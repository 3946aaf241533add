"""Reads of the register's own rows."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from learning.register.choices import WORKING, Decision, ImportState, RowAction
from learning.register.lifelines import ABANDONED_AFTER
from learning.register.models import Import, ImportRow

OPEN = Q(action__in=[RowAction.PROBLEM, RowAction.ASK]) & ~Q(decision=Decision.LEAVE_OUT)


def imports_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Import]:
    """An import is seen by its maker and by nobody else: it holds what is not in the register yet."""
    return Import.objects.filter(created_by=user.pk) if user.pk else Import.objects.none()


def rows_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[ImportRow]:
    """Rows of one's own imports."""
    return ImportRow.objects.filter(batch__in=imports_of(user)).select_related("batch")


def earlier_answers(batch: Import) -> set[tuple[int, str]]:
    """(person, phone number) where the maker of an import has said of another that this is the same person."""
    rows = ImportRow.objects.filter(
        batch__created_by=batch.created_by_id, decision=Decision.SAME_ONE, decided_id__gt=0, values__has_key="phone"
    ).exclude(batch__state__in=[ImportState.UNDOING, ImportState.UNDONE])
    answers = rows.exclude(batch=batch).order_by().values_list("decided_id", "values__phone")
    return {(person, phone) for person, phone in answers if person}


def abandoned_imports() -> QuerySet[Import]:
    """Somebody should be at work on these, and nobody has given a sign of life."""
    return Import.objects.filter(state__in=WORKING, seen_at__lte=timezone.now() - ABANDONED_AFTER).order_by("pk")


def with_files_left() -> QuerySet[Import]:
    """Imports that have been read and whose file a crash has left behind."""
    return Import.objects.exclude(file="").exclude(state=ImportState.WAITING)


def counts_of_rows(batch: Import) -> dict[str, int]:
    """How many rows add, change, need a correction or a decision, are left out, or change nothing."""
    out = Q(decision=Decision.LEAVE_OUT)
    counts = {str(action): Count("pk", filter=Q(action=action) & ~out) for action in RowAction}
    return ImportRow.objects.filter(batch=batch).aggregate(
        **counts,
        left_out=Count("pk", filter=out),
        applied=Count("pk", filter=Q(is_applied=True)),
        kept=Count("pk", filter=~Q(kept_because="")),
    )


def open_rows(batch: Import) -> QuerySet[ImportRow]:
    """Rows that wait for a person."""
    return ImportRow.objects.filter(OPEN, batch=batch)


# What a person is shown of an import, in the order of what waits.
SHOWN = ("problem", "ask", "add", "change", "left_out", "same", "kept")


def rows_shown(batch: Import, name: str) -> QuerySet[ImportRow]:
    """The rows behind one of the counts."""
    rows = ImportRow.objects.filter(batch=batch)
    if name == "left_out":
        return rows.filter(decision=Decision.LEAVE_OUT)
    if name == "kept":
        return rows.exclude(kept_because="")
    return rows.filter(action=name).exclude(decision=Decision.LEAVE_OUT)
