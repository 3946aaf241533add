"""What people do with packages: bring one in, try the reading again, write one of a quiz."""

import hashlib
from functools import partial
from pathlib import PurePath
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.h5p import limits, tasks
from courses.h5p.checking.package import ENDING
from courses.h5p.choices import PackageState
from courses.h5p.importing import MOST_ATTEMPTS, make_quiz, refuse
from courses.h5p.models import H5PPackage
from courses.h5p.queries import abandoned_packages, imported_questions, same_file
from courses.h5p.refusals import PackageRefused
from courses.h5p.walking import Node


def upload_package(
    file: File[bytes], *, name: str, by: AbstractBaseUser | None, category: str = "", read_here: bool = False
) -> tuple[H5PPackage, bool]:
    """Take a package in; a worker reads it. Gives it, and whether it is new: the same file comes in once.

    `read_here`: the caller reads it itself, and no worker is called.
    Raises PackageRefused for what is too large, empty or called otherwise.
    """
    name = PurePath(name.replace("\\", "/")).name
    if not name.lower().endswith(ENDING):
        raise PackageRefused("missing-h5p-extension", _("The name of an H5P package ends in .h5p. Choose such a file."))
    if file.size > limits.LARGEST_PACKAGE:
        raise PackageRefused(
            "file-size-too-large",
            _("This package is larger than %(size)d MB. Make its videos and pictures smaller, and export it again.")
            % {"size": limits.LARGEST_PACKAGE // limits.MB},
        )
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    sha256 = digest.hexdigest()
    if known := same_file(sha256):
        return _as_it_was(known), False
    package = H5PPackage(
        file_name=name[-200:],
        sha256=sha256,
        byte_count=file.size,
        category=category.strip()[:250],
        by=by,  # type: ignore[misc]
    )
    try:
        with transaction.atomic():
            # The name on the disk says nothing of what is inside.
            package.file.save(f"{package.uid}{ENDING}", file, save=False)
            package.save()
            if not read_here:
                transaction.on_commit(partial(tasks.read_package.delay, package.pk))
    except IntegrityError:
        package.file.storage.delete(str(package.file.name))
        known = same_file(sha256)
        if known is None:
            raise
        return known, False
    package.refresh_from_db()
    return package, True


@transaction.atomic
def _as_it_was(package: H5PPackage) -> H5PPackage:
    """The package that is in already; a quiz that somebody has deleted since is made again of its questions."""
    package = H5PPackage.objects.select_for_update().get(pk=package.pk)
    if package.state == PackageState.READ and package.quiz is None:
        imported = list(imported_questions(package))
        if imported:
            library = str(package.report.get("library", ""))
            root = Node(library, package.content, (), {"title": package.title})
            questions = [one.question for one in imported]
            package.quiz = make_quiz(package, root, questions, [one.path for one in imported])
            package.save(update_fields=["quiz"])
    return package


def resume_abandoned() -> int:
    """Give packages whose worker is gone to another, or end them when several have failed. Gives how many."""
    found = list(abandoned_packages())
    for package in found:
        if package.attempts >= MOST_ATTEMPTS:
            sentence = _("The reading stopped several times. Export the package in several parts, and upload those.")
            refuse(package, "reading-stopped", sentence)
            continue
        facts: dict[str, Any] = {"state": PackageState.WAITING, "seen_at": timezone.now()}
        if H5PPackage.objects.filter(pk=package.pk, state=package.state, seen_at=package.seen_at).update(**facts):
            tasks.read_package.delay(package.pk)
    return len(found)
