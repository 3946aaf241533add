"""A package into the bank: all of it in one transaction, or nothing. Done twice it is done once."""

import logging
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.h5p.checking import Checked, check_package
from courses.h5p.choices import PackageState
from courses.h5p.cleaning import cleaned
from courses.h5p.frames import quiz_fields, source_of
from courses.h5p.mapping import Mapped, Mapping, map_content
from courses.h5p.models import H5PPackage, ImportedQuestion, KeptContent
from courses.h5p.pictures import Pictures
from courses.h5p.refusals import PackageRefused
from courses.h5p.walking import Node, replaced, written
from courses.h5p.walking import read as path_in
from courses.quizzes.choices import Format
from courses.quizzes.models import Category, Question, Quiz

logger = logging.getLogger(__name__)

ABANDONED_AFTER = timedelta(minutes=11)  # longer than a task may take
MOST_ATTEMPTS = 3


def read_package(package_id: int) -> bool:
    """Read a package that waits. False when it is not ours to do."""
    now = timezone.now()
    mine = H5PPackage.objects.filter(pk=package_id, state=PackageState.WAITING)
    if not mine.update(state=PackageState.READING, seen_at=now, attempts=F("attempts") + 1):
        return False
    package = H5PPackage.objects.get(pk=package_id)
    try:
        with package.file.open("rb") as file:
            checked = check_package(file, package.file_name)
            _take_in(package, checked, file)
    except PackageRefused as refusal:
        refuse(package, refusal.code, refusal.told)
    except DatabaseError:
        raise  # the sweep gives it to another worker
    except Exception:
        logger.exception("Package %s cannot be read.", package.uid)
        refuse(
            package,
            "unreadable",
            _("This package cannot be read. Open it in an H5P editor, save it again, and upload that."),
        )
    return True


def refuse(package: H5PPackage, code: str, sentence: str) -> None:
    """End it with a reason. Its file is not kept: nobody needs what may be harmful."""
    found = H5PPackage.objects.filter(pk=package.pk, state__in=[PackageState.WAITING, PackageState.READING])
    ended = found.update(
        state=PackageState.REFUSED, refusal_code=code, refusal=sentence, finished_at=timezone.now(), file=""
    )
    if ended:
        package.file.storage.delete(package.file.name)
    package.refresh_from_db()


def _take_in(package: H5PPackage, checked: Checked, file: Any) -> None:
    content, unsafe = cleaned(checked.content)
    manifest, _unsafe = cleaned(checked.manifest)
    root = Node(checked.library, content, (), {"title": manifest["title"]})
    pictures = Pictures(package, checked, file)
    found = map_content(root, pictures.showable)
    package.manifest, package.content, package.title = manifest, content, str(manifest["title"])[:255]
    package.question_count, package.kept_count = len(found.questions), len(found.kept)
    package.report = _report(found, checked, unsafe)
    try:
        with transaction.atomic():
            still_mine = H5PPackage.objects.select_for_update().filter(pk=package.pk, state=PackageState.READING)
            if not still_mine.exists():
                return
            questions = [_question(package, number, item, pictures) for number, item in enumerate(found.questions, 1)]
            ImportedQuestion.objects.bulk_create(
                ImportedQuestion(package=package, question=question, path=written(item.path))
                for question, item in zip(questions, found.questions, strict=True)
            )
            KeptContent.objects.bulk_create(
                KeptContent(
                    package=package,
                    path=written(one.path)[:500],
                    library=one.library[:270],
                    title=one.title,
                    reason=one.reason,
                    params=one.params,
                )
                for one in found.kept
            )
            if questions:
                package.quiz = make_quiz(package, root, questions, [written(item.path) for item in found.questions])
            package.report["known"] = _known(questions)
            package.state, package.finished_at = PackageState.READ, timezone.now()
            package.save()
    except BaseException:
        pictures.forget()  # the rows are rolled back, the files would stay
        raise


def _question(package: H5PPackage, number: int, item: Mapped, pictures: Pictures) -> Question:
    category, _created = Category.objects.get_or_create(category=package.category or _("Read in from H5P"))
    question = Question(
        uid=f"h5p-{package.uid}-{number}",
        kind=item.kind,
        category=category,
        format=Format.HTML,
        content=item.content,
        explanation=item.explanation,
        source=source_of(package.manifest),
        body=item.body,
        figure=pictures.image(item.figure, item.alt) if item.figure else None,
    )
    try:
        question.clean()
        question.save()
    except ValidationError as error:
        raise PackageRefused("question-refused", " ".join(error.messages), where=written(item.path)) from None
    return question


def make_quiz(package: H5PPackage, root: Node, questions: list[Question], paths: list[str]) -> Quiz:
    """The quiz of these questions; what is around them is kept with it."""
    frame: Any = root.params
    for path in sorted((item for item in paths if item), reverse=True):
        frame = _without(frame, path)
    quiz = Quiz.objects.create(
        uid=f"h5p-{package.uid}",
        **quiz_fields(root, package.title, len(questions)),
        category=questions[0].category,
        h5p={
            "package": package.uid,
            "library": root.library,
            "manifest": package.manifest,
            "content": frame if any(paths) else None,
            "questions": [[path, question.uid] for path, question in zip(paths, questions, strict=True)],
        },
    )
    quiz.questions.set(questions)
    return quiz


def _without(frame: Any, path: str) -> Any:
    return replaced(frame, path_in(path, frame), lambda _question: None)


def _known(questions: list[Question]) -> list[list[str]]:
    """Which of them the bank has already, by what they say."""
    prints = {question.fingerprint: question.uid for question in questions}
    others = Question.objects.filter(fingerprint__in=prints).exclude(pk__in=[question.pk for question in questions])
    return [[prints[print_], uid] for print_, uid in others.values_list("fingerprint", "uid")[:200]]


def _report(found: Mapping, checked: Checked, unsafe: list[Any]) -> dict[str, Any]:
    """What people are shown: plain words and lists, nothing that tells a right answer."""
    return {
        "library": checked.library,
        "questions": [
            {
                "path": written(item.path),
                "library": item.library,
                "title": item.title,
                "kind": item.kind,
                "remarks": item.remarks,
            }
            for item in found.questions
        ],
        "kept": [
            {"path": written(one.path), "library": one.library, "title": one.title, "reason": one.reason}
            for one in found.kept
        ],
        "containers": [[written(path), library] for path, library in found.containers],
        "cleaned": [written(path) for path in unsafe[:500]],
        "libraries": checked.libraries,
        "missing": checked.missing[:500],
        "media": len(checked.media),
    }
