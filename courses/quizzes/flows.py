"""What authors do with the bank beyond writing: take a question out of use, and back; bring in a file of them."""

from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from wagtail.log_actions import log

from courses.quizzes import importing, tasks
from courses.quizzes.choices import ImportState
from courses.quizzes.models import BankImport, Category, Question
from courses.quizzes.reading.files import format_of

AT_ONCE_BYTES = 256 * 1024
AT_ONCE_DRAFTS = 50


@transaction.atomic
def retire_question(question: Question, *, by: AbstractBaseUser) -> Question:
    """Draw it no more. Who is sitting it, and what was answered, stays as it is."""
    return _set_retired(question, True, by)


@transaction.atomic
def restore_question(question: Question, *, by: AbstractBaseUser) -> Question:
    """Take it into use again."""
    return _set_retired(question, False, by)


def _set_retired(question: Question, is_retired: bool, by: AbstractBaseUser) -> Question:
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.is_retired != is_retired:
        question.retired_at = timezone.now() if is_retired else None
        Question.objects.filter(pk=question.pk).update(retired_at=question.retired_at)
        log(question, "wagtail.edit", user=by, data={"retired": is_retired})
    return question


# --- files of questions --------------------------------------------------------------------------
def upload_questions(name: str, content: bytes, *, format: str, category: Category, by: AbstractBaseUser) -> BankImport:
    """Take a file in. A small one is read at once, a large one by a worker. Raises Unreadable for an unknown ending."""
    format = format or format_of(name, content)
    batch = BankImport(file_name=name[-200:], format=format, category=category, created_by_id=by.pk)
    # The name on the disk says nothing of what is inside.
    batch.file.save(f"{get_random_string(16)}.bin", ContentFile(content), save=False)
    batch.save()
    if len(content) <= AT_ONCE_BYTES:
        importing.read_file(batch.pk)
        batch.refresh_from_db()
    else:
        transaction.on_commit(partial(tasks.read_file.delay, batch.pk))
    return batch


def save_import(batch: BankImport, *, keep_twins: bool, by: AbstractBaseUser) -> BankImport:
    """Write what was read, all of it or nothing; twice is once. Many questions are written by a worker."""
    moved = BankImport.objects.filter(pk=batch.pk, state=ImportState.READ).update(state=ImportState.SAVING)
    if moved:
        log(batch, "wagtail.create", user=by, data={"drafts": len(batch.drafts)})
        if len(batch.drafts) <= AT_ONCE_DRAFTS:
            importing.save_drafts(batch.pk, keep_twins=keep_twins)
        else:
            transaction.on_commit(partial(tasks.save_drafts.delay, batch.pk, keep_twins))
    batch.refresh_from_db()
    return batch


@transaction.atomic
def discard_import(batch: BankImport) -> None:
    """Leave a file that was not saved: it and its drafts go."""
    batch = BankImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state in {ImportState.WAITING, ImportState.READ, ImportState.REFUSED}:
        if batch.file:
            batch.file.delete(save=False)
        batch.delete()
